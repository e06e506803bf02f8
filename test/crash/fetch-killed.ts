/** A data folder and an inbox in the lab, between them runs that are killed, and what may be relied on after each of them. */
import { expect } from 'vitest'
import { FetchingFolder } from '../fakes/fetching-folder.ts'
import { removes } from '../protocol/cut-everywhere.ts'
import { deliver, digests, filesOf, labCredentials } from '../protocol/lab-mail.ts'
import { lab } from '../servers/lab.ts'
import { importIntoCyrus, inCyrusInbox } from '../jmap/cyrus.ts'
import { placeOf } from './places.ts'
import { runForAWhile, runUntilKilled, type Ended } from './run-until-killed.ts'

const script = 'fetch-and-remove.ts'

export type KilledProtocol = 'pop3' | 'imap' | 'jmap'
const portOf = { pop3: 'CLEAR_POP3', imap: 'CLEAR_IMAP', jmap: 'JMAP_TLS' } as const

/** How mail gets into the mailbox, and what is in it. */
function mailboxOf(protocol: KilledProtocol, user: string) {
  if (protocol === 'jmap') return { deliver: async (messages: readonly Buffer[]) => void (await importIntoCyrus(user, messages)), left: () => inCyrusInbox(user) }
  return { deliver: async (messages: readonly Buffer[]) => deliver(user, messages), left: async () => filesOf(user) }
}

function killedFetches(protocol: KilledProtocol) {
  const user = lab.freshUser('killed')
  const folder = new FetchingFolder()
  const messages: Buffer[] = []
  const port = lab.port(portOf[protocol])
  const mailbox = mailboxOf(protocol, user)
  const way = [protocol, String(port), user, lab.password]

  async function arrive(count: number): Promise<void> {
    const arriving = Array.from({ length: count }, (_, index) => {
      const id = messages.length + index
      return Buffer.from(`Message-ID: <${id}@shop.example>\r\nSubject: ${id}\r\n\r\n${`.text ${id}\r\n`.repeat(1 + (id % 40) * 8)}`)
    })
    messages.push(...arriving)
    await mailbox.deliver(arriving)
  }

  /** null = not killed, but told of every step it makes. */
  const untilStep = (step: number | null): Promise<Ended> => runUntilKilled(script, folder.root, step, way)

  const forAWhile = (milliseconds: number): Promise<Ended> => runForAWhile(script, folder.root, milliseconds, way)

  /** Of a run that nobody kills, milliseconds. */
  async function duration(): Promise<number> {
    return tookOf(await forAWhile(60_000))
  }

  /** Whatever happened: every message is here or there, and what is here is here once, and whole. */
  async function expectNothingLost(when: string): Promise<void> {
    const stored = digests(folder.stored('some may be on their way'))
    const left = new Set(digests(await mailbox.left()))
    const all = digests(messages)
    expect(all.filter((one) => !left.has(one) && !stored.includes(one)), `lost ${when}`).toEqual([])
    expect(stored.filter((one, index) => !all.includes(one) || stored[index - 1] === one), `damaged or doubled ${when}`).toEqual([])
  }

  /** The next run that nobody kills brings the rest, and the server is told of all of them. */
  async function expectAllAfterwards(when: string): Promise<void> {
    expect((await folder.run({ ...placeOf(protocol, port), credentials: labCredentials(user) }, removes)).outcome, when).toEqual({ ok: true, value: undefined })
    expect(digests(folder.stored()), `stored ${when}`).toEqual(digests(messages))
    expect(await mailbox.left(), `left on the server ${when}`).toEqual([])
  }

  return { arrive, untilStep, forAWhile, duration, expectNothingLost, expectAllAfterwards, end: () => folder.remove() }
}

function tookOf({ acknowledged }: Ended): number {
  return Number(acknowledged.find((line) => line.startsWith('took '))?.slice('took '.length))
}

export async function killedBefore(protocol: KilledProtocol, step: number): Promise<boolean> {
  const fetches = killedFetches(protocol)
  try {
    await fetches.arrive(4)
    const { killed } = await fetches.untilStep(step)
    await fetches.expectNothingLost(`killed before step ${step}`)
    await fetches.expectAllAfterwards(`after step ${step}`)
    return killed
  } finally {
    fetches.end()
  }
}

/** Every step of a run that nobody kills. */
export async function stepsOf(protocol: KilledProtocol): Promise<readonly string[]> {
  const fetches = killedFetches(protocol)
  try {
    await fetches.arrive(4)
    return (await fetches.untilStep(null)).steps.filter((step) => !step.startsWith('= '))
  } finally {
    fetches.end()
  }
}

/** Mail keeps coming, and every run is killed at a moment that nobody chose. */
export async function killedAtRandom(protocol: KilledProtocol, times: number): Promise<void> {
  const fetches = killedFetches(protocol)
  try {
    await fetches.arrive(12)
    let usual = await fetches.duration()
    for (let killed = 0; killed < times; ) {
      await fetches.arrive(12)
      const wait = Math.random() * usual
      const run = await fetches.forAWhile(wait)
      if (run.killed) killed += 1
      // It was over before: runs have become shorter, the machine having less else to do.
      else usual = Math.min(usual, tookOf(run))
      await fetches.expectNothingLost(`after ${killed} kills, the last one after ${Math.round(wait)} ms`)
    }
    await fetches.expectAllAfterwards(`after ${times} kills`)
  } finally {
    fetches.end()
  }
}
