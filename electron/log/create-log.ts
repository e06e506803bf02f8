/**
 * What happened, for support and for the curious: one JSON object a line in `log/mailroom.log`, no secret among them, never
 * more than a few files of bounded size. A log that cannot be written never stops the program.
 */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Redaction } from './redaction.ts'

export interface Log {
  /** `event` is a fixed, short name, as in `job.failed`; what varies goes into `facts`. */
  info(event: string, facts?: Readonly<Record<string, unknown>>): void
  warn(event: string, facts?: Readonly<Record<string, unknown>>): void
  error(event: string, facts?: Readonly<Record<string, unknown>>): void
  /** From now on this text appears nowhere in the log, in any of the forms protocols give it. */
  redact(secret: string): void
}

export interface LogOptions {
  readonly now?: () => Date
  /** Default 1 MiB; a file that would grow beyond it is put aside as `mailroom.1.log`, and so on. */
  readonly maxBytes?: number
  /** Files kept beside the current one. Default 4. */
  readonly keep?: number
}

type Level = 'info' | 'warn' | 'error'

/** `folder` null = nothing is written. It is the folder of the log files, `DataFolder.log`. */
export function createLog(folder: string | null, options: LogOptions = {}): Log {
  const { now = () => new Date(), maxBytes = 1024 * 1024, keep = 4 } = options
  const redaction = new Redaction()
  const file = folder === null ? null : new RotatingFile(folder, maxBytes, keep)
  const write = (level: Level, event: string, facts: Readonly<Record<string, unknown>>) => {
    file?.append(`${JSON.stringify({ at: now().toISOString(), level, event: redaction.text(event), facts: redaction.plain(facts) })}\n`)
  }
  return {
    info: (event, facts = {}) => write('info', event, facts),
    warn: (event, facts = {}) => write('warn', event, facts),
    error: (event, facts = {}) => write('error', event, facts),
    redact: (secret) => redaction.add(secret),
  }
}

class RotatingFile {
  readonly #folder: string
  readonly #maxBytes: number
  readonly #keep: number
  #bytes: number | null = null

  constructor(folder: string, maxBytes: number, keep: number) {
    this.#folder = folder
    this.#maxBytes = maxBytes
    this.#keep = keep
  }

  append(line: string): void {
    try {
      const length = Buffer.byteLength(line)
      this.#bytes ??= this.#sizeNow()
      if (this.#bytes > 0 && this.#bytes + length > this.#maxBytes) this.#rotate()
      appendFileSync(this.#path(0), line, { mode: 0o600 })
      this.#bytes += length
    } catch {
      this.#bytes = null
    }
  }

  #sizeNow(): number {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    return statSync(this.#path(0), { throwIfNoEntry: false })?.size ?? 0
  }

  #rotate(): void {
    for (let age = this.#keep - 1; age >= 0; age--) {
      if (statSync(this.#path(age), { throwIfNoEntry: false }) !== undefined) renameSync(this.#path(age), this.#path(age + 1))
    }
    this.#bytes = 0
  }

  #path(age: number): string {
    return join(this.#folder, age === 0 ? 'mailroom.log' : `mailroom.${age}.log`)
  }
}
