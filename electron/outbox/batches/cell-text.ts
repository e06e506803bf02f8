/** The value of a cell, of a spreadsheet or in JSON, as text. A number with three decimals gets a fourth: nobody then takes its point for one between thousands. */
export function cellText(value: unknown): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10)
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'string' || typeof value === 'boolean') return String(value)
  return ''
}

function numberText(value: number): string {
  const short = String(value)
  // 1e+21 and 1e-7 are how programs write numbers, not people.
  const text = short.includes('e') ? value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 }) : short
  return /^-?\d+\.\d{3}$/.test(text) ? `${text}0` : text
}
