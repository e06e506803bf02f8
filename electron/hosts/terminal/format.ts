/** Numbers, sizes and dates in the user's locale, and tables that line up. */
export interface Format {
  number(value: number): string
  size(bytes: number): string
  date(iso: string | null): string
  /** "0.4 s" */
  seconds(milliseconds: number): string
}

/** Each is made when it is first used: it costs 5 to 20 ms, and most commands need few or none. */
export function createFormat(locale: string): Format {
  const number = once(() => new Intl.NumberFormat(locale))
  const short = once(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }))
  const seconds = once(() => new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', unitDisplay: 'narrow', maximumFractionDigits: 1 }))
  const date = once(() => new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' }))
  return {
    number: (value) => number().format(value),
    size(bytes) {
      if (bytes < 1000) return `${number().format(bytes)} B`
      return bytes < 1_000_000 ? `${short().format(bytes / 1000)} kB` : `${short().format(bytes / 1_000_000)} MB`
    },
    seconds: (milliseconds) => seconds().format(milliseconds / 1000),
    date: (iso) => (iso === null ? '' : date().format(new Date(iso))),
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}

/** What servers and mails say must not move the cursor or colour the terminal. */
export function printable(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is taken out
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd')
}

const longestCell = 48

/** Columns as wide as their widest cell, at most 48 characters; the last column is not cut. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [headings, ...rows].map((row) => row.map((cell, index) => fit(printable(cell).replaceAll(/\s+/g, ' '), index === row.length - 1)))
  const widths = headings.map((_, index) => Math.max(...cells.map((row) => row[index]?.length ?? 0)))
  return cells.map((row) => row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))).join('  ').trimEnd()).join('\n')
}

function fit(text: string, isLast: boolean): string {
  return isLast || text.length <= longestCell ? text : `${text.slice(0, longestCell - 1)}…`
}
