/** What is fetched, and how far away the server is. */

export interface MailSet {
  readonly name: string
  readonly messages: number
  /** Mean size in bytes; sizes are spread as in real mailboxes. A single message has exactly this size. */
  readonly bytes: number
}

export interface Round {
  readonly set: MailSet
  readonly rttMs: number
  readonly tls: boolean
  /** Fetches when nothing is new, then with ten new messages, after the first fetch of all. */
  readonly followUps: boolean
}

const large = { name: '2000x40k', messages: 2000, bytes: 40 * 1024 }
const many = { name: '10000x4k', messages: 10_000, bytes: 4 * 1024 }
const far = { name: '2000x4k', messages: 2000, bytes: 4 * 1024 }
const single = { name: '1x50m', messages: 1, bytes: 50 * 1024 * 1024 }

const rounds: readonly Omit<Round, 'tls'>[] = [
  { set: large, rttMs: 0, followUps: false },
  { set: many, rttMs: 0, followUps: true },
  { set: far, rttMs: 40, followUps: false },
  { set: single, rttMs: 0, followUps: false },
]

/** Over JMAP, and over IMAP from the same server. */
export const overJmap: readonly Round[] = [
  { set: large, rttMs: 0, tls: true, followUps: false },
  { set: many, rttMs: 0, tls: true, followUps: true },
  { set: far, rttMs: 40, tls: true, followUps: false },
]

export interface Pace {
  readonly runs: number
  /** A contender gets no further run of a kind after so many seconds of them, but always its first. */
  readonly secondsEach: number
  /** A run that takes longer has failed. */
  readonly limitSeconds: number
  /** Leave out who would take long. */
  readonly sparesSlowOnes: boolean
}

export const paces: Readonly<Record<'full' | 'quick', Pace>> = {
  full: { runs: 5, secondsEach: 40, limitSeconds: 400, sparesSlowOnes: false },
  quick: { runs: 3, secondsEach: 5, limitSeconds: 120, sparesSlowOnes: true },
}

/** Over plain connections, then the same over TLS; quickly, only over plain ones. */
export function roundsAt(pace: Pace): readonly Round[] {
  const security = pace.sparesSlowOnes ? [false] : [false, true]
  return security.flatMap((tls) => rounds.map((round) => ({ ...round, tls })))
}

/** More than half a minute, by what it takes for each message. */
export function takesLong({ set, rttMs }: Round, millisecondsEach: number | null): boolean {
  return millisecondsEach !== null && set.messages * (rttMs + millisecondsEach) > 30_000
}
