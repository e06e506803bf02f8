/** Numbers, sizes, dates and durations as people of one locale read them. Built once per locale; no words of our own. */
export interface Formats {
  /** BCP 47. */
  readonly locale: string
  number(value: number): string
  /** 1,536 bytes = "1.5 kB", in powers of 1,000 as file managers show them. */
  bytes(value: number): string
  /** Today: the time; this year: day and month; else the full date. For lists. `at` is ISO 8601. */
  shortDate(at: string, now?: Date): string
  /** Today: the time; this year: day, month and time; else the full date. For what happens several times a day. */
  shortTime(at: string, now?: Date): string
  /** Date and time in full. For readers, tooltips and logs. */
  fullDate(at: string): string
  /** "November 2026". */
  month(at: string): string
  /** Only the date. */
  day(at: string): string
  /** "3 minutes ago", "in 2 hours", "yesterday". */
  relative(at: string, now?: Date): string
  /** "0.4 sec", "12 sec", "2 min". */
  duration(milliseconds: number): string
  list(items: readonly string[]): string
}

const minute = 60_000
const hour = 60 * minute
const dayLength = 24 * hour
const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

export function formatsOf(locale: string): Formats {
  const plain = new Intl.NumberFormat(locale)
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  const thisYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
  const thisYearAt = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: 'numeric', minute: 'numeric' })
  const dateOnly = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const monthOf = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' })
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' })
  const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const conjunction = new Intl.ListFormat(locale, { type: 'conjunction' })
  const unit = (value: number, name: string, digits = 0, unitDisplay: 'short' | 'narrow' = 'short') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay, maximumFractionDigits: digits }).format(value)

  return {
    locale,
    number: (value) => plain.format(value),
    bytes(value) {
      const power = value < 1 ? 0 : Math.min(Math.floor(Math.log10(value) / 3), byteUnits.length - 1)
      const amount = value / 1000 ** power
      return unit(amount, byteUnits[power] ?? 'byte', power > 0 && amount < 10 ? 1 : 0)
    },
    shortDate(at, now = new Date()) {
      const date = new Date(at)
      if (date.toDateString() === now.toDateString()) return time.format(date)
      return (date.getFullYear() === now.getFullYear() ? thisYear : dateOnly).format(date)
    },
    shortTime(at, now = new Date()) {
      const date = new Date(at)
      if (date.toDateString() === now.toDateString()) return time.format(date)
      return (date.getFullYear() === now.getFullYear() ? thisYearAt : dateOnly).format(date)
    },
    fullDate: (at) => full.format(new Date(at)),
    month: (at) => monthOf.format(new Date(at)),
    day: (at) => dateOnly.format(new Date(at)),
    relative(at, now = new Date()) {
      const difference = new Date(at).getTime() - now.getTime()
      const size = Math.abs(difference)
      if (size < minute) return ago.format(Math.round(difference / 1000), 'second')
      if (size < hour) return ago.format(Math.round(difference / minute), 'minute')
      if (size < dayLength) return ago.format(Math.round(difference / hour), 'hour')
      return ago.format(Math.round(difference / dayLength), 'day')
    },
    duration(milliseconds) {
      if (milliseconds < 10_000) return unit(milliseconds / 1000, 'second', milliseconds < 1000 ? 2 : 1)
      if (milliseconds < minute) return unit(Math.round(milliseconds / 1000), 'second')
      const whole = Math.round(milliseconds / 1000)
      const minutes = Math.floor(whole / 60)
      const seconds = whole % 60
      return seconds === 0 ? unit(minutes, 'minute') : `${unit(minutes, 'minute')} ${unit(seconds, 'second')}`
    },
    list: (items) => conjunction.format(items),
  }
}
