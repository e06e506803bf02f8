/** Whoever takes part: a mail program with a place of its own, fetching an inbox into it, again and again. */
import { measure, type Command, type Measured } from '../measure.ts'

export type Protocol = 'pop3' | 'imap' | 'jmap'

export interface Inbox {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  /** A PEM file; needed where `tls`. */
  readonly ca: string
  readonly user: string
  readonly password: string
}

export interface Contender {
  readonly name: string
  readonly protocol: Protocol
  /** What it takes for a message, besides a round trip each, because it asks for one after the other; null = it pipelines. */
  readonly millisecondsEach: number | null
  /** Gets ready in an empty folder, all that is not fetching: accounts, configuration. Not measured. Rejects with why it can't. */
  begin(inbox: Inbox, folder: string): Promise<Fetcher>
}

export interface Fetcher {
  /** Brings what is new. Everything fetched must be on disk as durably as this program makes it. */
  fetch(limitSeconds: number): Promise<Measured>
  /** Messages that are there now, counted on disk. */
  stored(): number
  /** Seconds after the start of its work until something else was done, by name; read from what a run printed. */
  marks?(output: string): Readonly<Record<string, number>>
  end(): Promise<void>
}

/** A program that is started for every fetch. */
export function startedEachTime(command: Command, stored: () => number, marks?: Fetcher['marks']): Fetcher {
  return {
    fetch: (limitSeconds) => measure(command, limitSeconds),
    stored,
    ...(marks === undefined ? {} : { marks }),
    end: () => Promise.resolve(),
  }
}
