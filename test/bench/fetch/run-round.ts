/**
 * One set, one protocol, one kind of connection: everybody's first fetch, then the follow-ups. Runs alternate between the
 * contenders, every second time in the opposite order; before each, everything earlier is on disk, so that nobody pays for
 * somebody else's writing, and nothing is deleted before the end. A run counts when all messages are there; the first that fails
 * ends that contender's part.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import type { Contender, Fetcher, Inbox, Protocol } from './contender.ts'
import type { Mailboxes } from './mailboxes.ts'
import { rowsOf, type ResultRow, type Tally } from './result-row.ts'
import { takesLong, type Pace, type Round } from './sets.ts'

export interface RoundParts {
  readonly mailboxes: Mailboxes
  /** Where contenders get their places, on a real disk. */
  readonly folder: string
  readonly pace: Pace
  readonly say: (text: string) => void
}

interface Entrant {
  readonly contender: Contender
  /** With everything fetched, for the follow-ups. */
  fetcher: Fetcher | null
}

const newMessages = 10

export async function runRound(parts: RoundParts, round: Round, protocol: Protocol, all: readonly Contender[], inboxOf: (user: string, protocol: Protocol) => Inbox): Promise<readonly ResultRow[]> {
  const { mailboxes, pace, say } = parts
  const user = await mailboxes.fresh(round.set)
  const kind = (set: string) => ({ set, protocol, rttMs: round.rttMs, tls: round.tls, load: loadavg()[0] ?? 0 })
  const spared = all.filter(({ millisecondsEach }) => pace.sparesSlowOnes && takesLong(round, millisecondsEach))
  for (const { name } of spared) say(`left out of ${round.set.name} at ${round.rttMs} ms, because it takes long there (run without --quick): ${name}`)
  const contenders = all.filter((contender) => !spared.includes(contender))
  async function begin(contender: Contender): Promise<Fetcher> {
    const folder = mkdtempSync(join(parts.folder, `${contender.name.replaceAll(/\W/g, '')}-`))
    return contender.begin(inboxOf(user, contender.protocol), folder)
  }

  async function once(fetcher: Fetcher, tally: Tally, expected: number): Promise<boolean> {
    execFileSync('sync')
    const measured = await fetcher.fetch(pace.limitSeconds)
    const stored = fetcher.stored()
    if (!measured.ok) tally.failure = measured.words
    else if (stored !== expected) tally.failure = `${stored} of ${expected} messages are there`
    else {
      tally.costs.push(measured.cost)
      const marks = fetcher.marks?.(measured.output)
      if (marks !== undefined) tally.marks.push(marks)
    }
    say(`${round.set.name} ${protocol} ${round.tls ? 'TLS ' : ''}${tally.contender}: ${measured.ok ? `${measured.cost.wallSeconds.toFixed(2)} s` : measured.words}`)
    return tally.failure === null
  }

  async function firstFetches(entrants: readonly Entrant[], expected: number): Promise<readonly Tally[]> {
    const tallies = new Map(entrants.map((entrant) => [entrant, tallyOf(entrant.contender)]))
    for (let turn = 0; turn < pace.runs; turn++) {
      for (const entrant of inTurn(entrants, turn)) {
        const tally = tallies.get(entrant)
        if (tally === undefined || !mayGoOn(tally, pace)) continue
        await entrant.fetcher?.end()
        entrant.fetcher = null
        try {
          entrant.fetcher = await begin(entrant.contender)
          if (await once(entrant.fetcher, tally, expected)) continue
          await entrant.fetcher.end()
          entrant.fetcher = null
        } catch (error) {
          tally.failure = error instanceof Error ? error.message : String(error)
        }
      }
    }
    return [...tallies.values()]
  }

  async function followUps(entrants: readonly Entrant[], stored: number, arriving: number): Promise<readonly Tally[]> {
    const ready = entrants.filter(({ fetcher }) => fetcher !== null)
    const tallies = new Map(ready.map((entrant) => [entrant, tallyOf(entrant.contender)]))
    for (let turn = 0; turn < pace.runs; turn++) {
      if (arriving > 0) await mailboxes.deliver(user, arriving)
      const expected = stored + arriving * (turn + 1)
      for (const entrant of inTurn(ready, turn)) {
        const tally = tallies.get(entrant)
        if (tally === undefined || tally.failure !== null || entrant.fetcher === null) continue
        await once(entrant.fetcher, tally, expected)
      }
    }
    return [...tallies.values()]
  }

  const entrants = contenders.map((contender): Entrant => ({ contender, fetcher: null }))
  try {
    await warmUp()
    const { messages, name } = round.set
    const rows = [...rowsOf(kind(name), await firstFetches(entrants, messages))]
    if (round.followUps) {
      rows.push(...rowsOf(kind(`${name}, nothing new`), await followUps(entrants, messages, 0)))
      rows.push(...rowsOf(kind(`${name}, ten new`), await followUps(entrants, messages, newMessages)))
    }
    return rows
  } finally {
    for (const { fetcher } of entrants) await fetcher?.end()
    mailboxes.remove(user)
  }

  /** The server reads a mailbox slowly the first time: nobody's figure. */
  async function warmUp(): Promise<void> {
    const quickest = contenders.find(({ millisecondsEach }) => millisecondsEach === null)
    if (quickest === undefined) return
    const fetcher = await begin(quickest)
    await fetcher.fetch(pace.limitSeconds)
    await fetcher.end()
  }
}

const tallyOf = (contender: Contender): Tally => ({ contender: contender.name, costs: [], marks: [], failure: null })

const inTurn = (entrants: readonly Entrant[], turn: number): readonly Entrant[] => (turn % 2 === 0 ? entrants : entrants.toReversed())

function mayGoOn({ costs, failure }: Tally, pace: Pace): boolean {
  return failure === null && costs.reduce((sum, { wallSeconds }) => sum + wallSeconds, 0) < pace.secondsEach
}
