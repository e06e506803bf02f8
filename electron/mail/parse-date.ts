/**
 * The Date header (RFC 5322 section 3.3, with the obsolete forms of section 4.3) → milliseconds since 1970, or null. Nothing
 * is guessed: `new Date` takes "hello 1" for 2001, and mailparser a bad date for now.
 */
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** RFC 5322 section 4.3; every other name of a zone means "unknown", that is UTC. Hours. */
const zones: Readonly<Record<string, number>> = { EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7 }

const dateTime =
  /^(?:[a-z]{3,9}\s*,?\s+)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*[\s-]+(\d{2,4})\s+(\d{1,2})\s*:\s*(\d{2})(?:\s*:\s*(\d{2})(?:\.\d+)?)?(?:\s*([+-]\d{4}|[a-z]{1,5}))?$/i
const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/

export function parseDate(text: string): number | null {
  const plain = withoutComments(text.slice(0, 200)).trim().replace(/\s+/g, ' ')
  // Not in any mail standard, but programs write it and it can mean one thing only.
  if (isoDate.test(plain)) return finite(Date.parse(plain))
  const match = dateTime.exec(plain)
  if (match === null) return null
  const [, day = '', month = '', year = '', hour = '', minute = '', second = '0', zone = ''] = match
  const monthIndex = months.indexOf(month.toLowerCase())
  const fields = [fullYear(year), monthIndex, Number(day), Number(hour), Number(minute), Math.min(Number(second), 59)] as const
  if (monthIndex < 0 || fields[3] > 23 || fields[4] > 59 || Number(second) > 60) return null
  const wallClock = Date.UTC(...fields)
  // Date.UTC rolls over where the calendar has no such day.
  if (new Date(wallClock).getUTCDate() !== fields[2]) return null
  return finite(wallClock - zoneMinutes(zone) * 60_000)
}

/** RFC 5322 section 4.3: two digits below 50 are 20xx; two digits from 50, and three digits, count from 1900. */
function fullYear(text: string): number {
  const year = Number(text)
  if (text.length >= 4) return year
  return text.length === 2 && year < 50 ? 2000 + year : 1900 + year
}

function zoneMinutes(zone: string): number {
  if (!/^[+-]/.test(zone)) return (zones[zone.toUpperCase()] ?? 0) * 60
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3))
  return zone.startsWith('-') ? -minutes : minutes
}

function withoutComments(text: string): string {
  return text.replace(/\([^()]*\)/g, ' ')
}

function finite(time: number): number | null {
  return Number.isFinite(time) ? time : null
}
