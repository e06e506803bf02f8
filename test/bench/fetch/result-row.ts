/** One line of a fetch bench's result: a contender's medians in one set, and how they relate to the others' there. */
import { median, rounded } from '../statistics.ts'
import type { Cost } from '../measure.ts'
import type { Protocol } from './contender.ts'

export interface ResultRow {
  readonly bench: 'fetch'
  /** `2000x40k`: the first fetch of all. `10000x4k, nothing new` and `10000x4k, ten new`: the fetches after that. */
  readonly set: string
  readonly protocol: Protocol
  readonly rttMs: number
  readonly tls: boolean
  readonly contender: string
  readonly runs: number
  /** Medians; null when no run succeeded, and also when one failed: a contender that fails is not fast. */
  readonly wallSeconds: number | null
  readonly cpuSeconds: number | null
  readonly peakRssMb: number | null
  /** This one's wall time over the other's. */
  readonly ratioTo: Readonly<Record<string, number>>
  /** The machine's load average of a minute when this began: our own work counts, too. */
  readonly load: number
  readonly marks?: Readonly<Record<string, number>>
  readonly failure?: string
}

/** What one contender's runs of one kind came to. */
export interface Tally {
  readonly contender: string
  readonly costs: Cost[]
  readonly marks: Readonly<Record<string, number>>[]
  failure: string | null
}

export type Kind = Pick<ResultRow, 'set' | 'protocol' | 'rttMs' | 'tls' | 'load'>

export function rowsOf(kind: Kind, tallies: readonly Tally[]): readonly ResultRow[] {
  const wallOf = ({ costs, failure }: Tally) => (costs.length === 0 || failure !== null ? null : median(costs.map(({ wallSeconds }) => wallSeconds)))
  return tallies.map((tally) => {
    const wall = wallOf(tally)
    const of = (figure: keyof Cost) => (wall === null ? null : rounded(median(tally.costs.map((cost) => cost[figure]))))
    const ratios = tallies.flatMap((other) => {
      const peer = wallOf(other)
      return other === tally || wall === null || peer === null ? [] : [[other.contender, rounded(wall / peer)] as const]
    })
    const names = Object.keys(tally.marks[0] ?? {})
    return {
      bench: 'fetch', ...kind, contender: tally.contender, runs: tally.costs.length,
      wallSeconds: of('wallSeconds'), cpuSeconds: of('cpuSeconds'), peakRssMb: of('peakRssMb'),
      ratioTo: Object.fromEntries(ratios),
      ...(names.length === 0 ? {} : { marks: Object.fromEntries(names.map((name) => [name, rounded(median(tally.marks.map((marks) => marks[name] ?? Number.NaN)))])) }),
      ...(tally.failure === null ? {} : { failure: tally.failure }),
    }
  })
}

/** A table for a person; ratios are Mailroom's to each of the others. */
export function tableOf(rows: readonly ResultRow[]): string {
  const first = rows[0]
  if (first === undefined) return ''
  const { set, protocol, rttMs, tls, load } = first
  const own = rows.find(({ contender }) => contender === 'mailroom')
  const cell = (value: number | null, unit: string) => (value === null ? '–' : `${value}${unit}`).padStart(10)
  const lines = rows.map((row) => {
    const ratio = own?.ratioTo[row.contender]
    const words = row.failure === undefined ? (ratio === undefined ? '' : `mailroom takes ${ratio} of this`) : `FAILED: ${row.failure}`
    const marks = Object.entries(row.marks ?? {}).map(([name, seconds]) => `${name} over after ${seconds} s`).join(', ')
    return `  ${row.contender.padEnd(26)}${String(row.runs).padStart(3)} ${cell(row.wallSeconds, ' s')}${cell(row.cpuSeconds, ' s')}${cell(row.peakRssMb, ' MB')}  ${[words, marks].filter(Boolean).join('; ')}`
  })
  return [
    `${set}, ${protocol.toUpperCase()} ${tls ? 'inside TLS' : 'in clear'}, ${rttMs} ms round trip (load ${load.toFixed(1)})`,
    `  ${'contender'.padEnd(26)}runs       wall       CPU    memory`, ...lines, '',
  ].join('\n')
}
