/** A data folder and an inbox in the lab, between them runs that are killed, and what may be relied on after each of them. */
import { expect } from 'vitest'
import { FetchingFolder } from '../fakes/fetching-folder.ts'
import { removes } from '../protocol/cut-everywhere.ts'
import { deliver, digests, filesOf, labCredentials } from '../protocol/lab-mail.ts'
import { lab } from '../servers/lab.ts'
import { runForAWhile, runUntilKilled, type Ended } from './run-until-killed.ts'

const script = 'fetch-and-remove.ts'

export class KilledFetches {
  readonly #protocol: 'pop3' | 'imap'
  readonly #user = lab.freshUser('killed')
  readonly #folder = new FetchingFolder()
  readonly #messages: Buffer[] = []

  constructor(protocol: 'pop3' | 'imap') {
    this.#protocol = protocol
  }

  arrive(count: number): void {
    const arriving = Array.from({ length: count }, (_, index) => {
      const id = this.#messages.length + index
      return Buffer.from(`Message-ID: <${id}@shop.example>\r\nSubject: ${id}\r\n\r\n${`.text ${id}\r\n`.repeat(1 + (id % 40) * 8)}`)
    })
    this.#messages.push(...arriving)
    deliver(this.#user, arriving)
  }

  /** null = not killed, but told of every step it makes. */
  untilStep(step: number | null): Promise<Ended> {
    return runUntilKilled(script, this.#folder.root, step, this.#way())
  }

  forAWhile(milliseconds: number): Promise<Ended> {
    return runForAWhile(script, this.#folder.root, milliseconds, this.#way())
  }

  /** Of a run that nobody kills, milliseconds. */
  async duration(): Promise<number> {
    const { acknowledged } = await this.forAWhile(60_000)
    return Number(acknowledged.find((line) => line.startsWith('took '))?.slice('took '.length))
  }

  /** Whatever happened: every message is here or there, and what is here is here once, and whole. */
  expectNothingLost(when: string): void {
    const stored = digests(this.#folder.stored('some may be on their way'))
    const left = new Set(digests(filesOf(this.#user)))
    const all = digests(this.#messages)
    expect(all.filter((one) => !left.has(one) && !stored.includes(one)), `lost ${when}`).toEqual([])
    expect(stored.filter((one, index) => !all.includes(one) || stored[index - 1] === one), `damaged or doubled ${when}`).toEqual([])
  }

  /** The next run that nobody kills brings the rest, and the server is told of all of them. */
  async expectAllAfterwards(when: string): Promise<void> {
    const server = { host: lab.host, port: this.#port(), security: 'none', trustedCertificate: null, timeoutSeconds: 20 } as const
    const run = () => this.#folder.run({ protocol: this.#protocol, server, credentials: labCredentials(this.#user) }, removes)
    expect((await run()).outcome, when).toEqual({ ok: true, value: undefined })
    expect(digests(this.#folder.stored()), `stored ${when}`).toEqual(digests(this.#messages))
    expect(filesOf(this.#user), `left on the server ${when}`).toEqual([])
  }

  end(): void {
    this.#folder.remove()
  }

  #port(): number {
    return lab.port(this.#protocol === 'pop3' ? 'CLEAR_POP3' : 'CLEAR_IMAP')
  }

  #way(): readonly string[] {
    return [this.#protocol, String(this.#port()), this.#user, lab.password]
  }
}

export async function killedBefore(protocol: 'pop3' | 'imap', step: number): Promise<boolean> {
  const fetches = new KilledFetches(protocol)
  try {
    fetches.arrive(4)
    const { killed } = await fetches.untilStep(step)
    fetches.expectNothingLost(`killed before step ${step}`)
    await fetches.expectAllAfterwards(`after step ${step}`)
    return killed
  } finally {
    fetches.end()
  }
}

/** Every step of a run that nobody kills. */
export async function stepsOf(protocol: 'pop3' | 'imap'): Promise<readonly string[]> {
  const fetches = new KilledFetches(protocol)
  try {
    fetches.arrive(4)
    return (await fetches.untilStep(null)).steps.filter((step) => !step.startsWith('= '))
  } finally {
    fetches.end()
  }
}

/** Mail keeps coming, and every run is killed at a moment that nobody chose. */
export async function killedAtRandom(protocol: 'pop3' | 'imap', times: number): Promise<number> {
  const fetches = new KilledFetches(protocol)
  let killed = 0
  try {
    fetches.arrive(12)
    const usual = await fetches.duration()
    for (let round = 0; round < times; round += 1) {
      fetches.arrive(12)
      // A little longer than a run takes at most: some are over by then.
      const wait = Math.random() * usual * 1.1
      killed += (await fetches.forAWhile(wait)).killed ? 1 : 0
      fetches.expectNothingLost(`in round ${round}, killed after ${Math.round(wait)} ms`)
    }
    await fetches.expectAllAfterwards(`after ${times} rounds`)
    return killed
  } finally {
    fetches.end()
  }
}
