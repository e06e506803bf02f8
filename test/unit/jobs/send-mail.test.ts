import { beforeEach, describe, expect, test } from 'vitest'
import { graceWhileSubmitting } from '../../../electron/jobs/kinds/connect-submission.ts'
import { sendMail } from '../../../electron/jobs/kinds/send-mail.ts'
import { giveUpAfter } from '../../../electron/jobs/retry-after.ts'
import { failure, type Failure } from '../../../shared/failures/failure.ts'
import type { JobDetail } from '../../../shared/model/job.ts'
import { FakeOutbox, FakeSubmission } from '../../fakes/fake-submission.ts'
import { draftOf, oneAccount } from '../../fakes/one-account.ts'
import { createTurnedClock, settle, type TurnedClock } from '../../fakes/turned-clock.ts'

let clock: TurnedClock
let outbox: FakeOutbox
let server: FakeSubmission
let accounts: ReturnType<typeof oneAccount>
let notes: (Failure | null)[]
let pace: { gap: number; slowed: string[] }
const minute = 60_000

beforeEach(() => {
  clock = createTurnedClock()
  outbox = new FakeOutbox(clock.now)
  server = new FakeSubmission()
  accounts = oneAccount()
  notes = []
  pace = { gap: 0, slowed: [] }
})

async function send(abort = new AbortController(), connections = 1) {
  let detail: Extract<JobDetail, { kind: 'send-mail' }> | null = null
  const pauses = { note: (_id: string, _direction: string, outcome: Failure | null) => void notes.push(outcome) }
  const paces = {
    of: () => ({ gap: pace.gap, connections: null, rest: null }),
    taken: () => {},
    slowed: (_account: string, _server: string, reason: Failure, now: Date) => {
      pace.slowed.push(reason.code)
      return new Date(now.getTime() + 10 * minute)
    },
  }
  const parts = { accounts, outbox: outbox.port, openSubmission: server.open, pauses, paces, connections, now: clock.now, random: () => 0.5, timers: clock.timers }
  const outcome = await sendMail(parts, 'office').run({ id: 'job', signal: abort.signal, report: (_progress, next) => (detail = next) })
  return { outcome, detail }
}

const temporary = failure('send.temporary', { replyCode: 451, serverWords: 'try later' })

describe('sending', () => {
  test('takes everything that is ready, oldest first, over one connection', async () => {
    outbox.add('a', 'b', 'c')
    expect(await send()).toMatchObject({ outcome: { ok: true }, detail: { sent: 3, failed: 0, unknown: 0 } })
    expect(server.requests.map(({ file }) => file)).toEqual(['a.eml', 'b.eml', 'c.eml'])
    expect(server.opened).toBe(1)
    expect(server.closed).toBe(1)
  })

  test('connects nowhere when nothing is ready', async () => {
    expect((await send()).outcome.ok).toBe(true)
    expect(server.opened).toBe(0)
  })

  test('has every mail marked as submitting before the server gets it', async () => {
    outbox.add('a')
    let state = ''
    server.onSubmit = () => { state = outbox.mail('a').state }
    await send()
    expect(state).toBe('submitting')
  })

  test('keeps what the server said about each recipient', async () => {
    outbox.add('a')
    await send()
    expect(outbox.mail('a').recipients).toEqual([{ address: 'a@bakery.example', accepted: true, replyCode: 250, words: 'ok' }])
  })
})

describe('a refusal of one mail', () => {
  test('for good is an error, and the next mail has its turn on the same connection', async () => {
    outbox.add('a', 'b')
    server.replies = [{ kind: 'refused', failure: failure('send.refused', { replyCode: 554 }) }]
    expect((await send()).detail).toMatchObject({ sent: 1, failed: 1 })
    expect(outbox.states()).toEqual({ a: 'error', b: 'sent' })
    expect(server.opened).toBe(1)
  })

  test('for now puts it back for later, with longer and longer waits', async () => {
    outbox.add('a')
    const waits: number[] = []
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      server.replies = [{ kind: 'refused-after-data', failure: temporary }]
      await send()
      expect(outbox.mail('a').state).toBe('ready')
      waits.push((outbox.mail('a').notBefore.getTime() - clock.now().getTime()) / minute)
      await clock.pass(outbox.mail('a').notBefore.getTime() - clock.now().getTime())
    }
    expect(waits).toEqual([1, 5, 15, 60, 240, 240])
  })

  test('for now is an error after five days, but a week in which nothing was tried is no try', async () => {
    outbox.add('a')
    const states: string[] = []
    for (const days of [0, 5, 0.2, 0.2, 0.2, 0.2]) {
      await clock.pass(days * (giveUpAfter / 5))
      server.replies = [{ kind: 'refused', failure: temporary }]
      await send()
      states.push(outbox.mail('a').state)
    }
    expect(states).toEqual(['ready', 'ready', 'ready', 'ready', 'ready', 'error'])
    expect(outbox.mail('a').failure).toMatchObject({ code: 'send.temporary' })
  })

  test('the reply code decides over the failure code', async () => {
    outbox.add('a')
    server.replies = [{ kind: 'refused', failure: failure('send.temporary', { replyCode: 550 }) }]
    await send()
    expect(outbox.mail('a').state).toBe('error')
  })

  test('of all recipients is for now when one of them was refused for now only', async () => {
    outbox.add('a', 'b')
    const answer = (replyCode: number) => ({ address: `${replyCode}@x.example`, accepted: false, replyCode, words: 'no' })
    const all = failure('send.all-recipients-refused')
    server.replies = [
      { kind: 'refused', failure: all, recipients: [answer(550), answer(450)] },
      { kind: 'refused', failure: all, recipients: [answer(550)] },
    ]
    await send()
    expect(outbox.states()).toEqual({ a: 'ready', b: 'error' })
  })

  test('with 421 goes on over a new connection', async () => {
    outbox.add('a', 'b')
    server.replies = [{ kind: 'refused', failure: failure('send.temporary', { replyCode: 421 }) }]
    await send()
    expect(outbox.states()).toEqual({ a: 'ready', b: 'sent' })
    expect(server.opened).toBe(2)
  })
})

describe('never twice', () => {
  test('a lost reply makes the outcome unknown, and stops the run before more become unknown', async () => {
    outbox.add('a', 'b')
    server.replies = [{ kind: 'refused-after-data', failure: failure('send.outcome-unknown') }]
    expect(await send()).toMatchObject({ outcome: { failure: { code: 'send.outcome-unknown' } }, detail: { unknown: 1, sent: 0 } })
    expect(outbox.states()).toEqual({ a: 'unknown', b: 'ready' })
  })

  test('a bug after the mail went out leaves it unknown, before that as an error', async () => {
    outbox.add('a')
    server.replies = [{ kind: 'throws', afterSubmitting: true }]
    await expect(send()).rejects.toThrow('bug')
    outbox.add('b')
    server.replies = [{ kind: 'throws', afterSubmitting: false }]
    await expect(send()).rejects.toThrow('bug')
    expect(outbox.states()).toEqual({ a: 'unknown', b: 'error' })
  })

  test('a mail somebody reset while it was on its way is not submitted by the old run', async () => {
    outbox.add('a')
    let times = 0
    server.onEnvelope = () => {
      times += 1
      if (times === 1) outbox.mail('a').state = 'ready'
    }
    expect((await send()).detail).toMatchObject({ sent: 1 })
    expect(outbox.mail('a').history.filter(({ state }) => state === 'submitting')).toHaveLength(1)
    expect(server.opened).toBe(2)
  })

  test('a refusal of a mail that was reset meanwhile changes nothing', async () => {
    outbox.add('a')
    server.replies = [{ kind: 'refused', failure: failure('send.refused', { replyCode: 550 }) }]
    server.onEnvelope = () => {
      outbox.mail('a').state = 'ready'
      outbox.mail('a').notBefore = new Date('2030-01-01')
    }
    await send()
    expect(outbox.mail('a').state).toBe('ready')
  })

  test('cancelling waits a moment for the answer to what is going out, and takes no further mail', async () => {
    outbox.add('a', 'b')
    const abort = new AbortController()
    server.onSubmit = () => abort.abort()
    expect((await send(abort)).outcome.ok).toBe(false)
    expect(outbox.states()).toEqual({ a: 'sent', b: 'ready' })
  })

  test('cancelling cuts a server off that does not answer, and the outcome is unknown', async () => {
    outbox.add('a')
    const abort = new AbortController()
    server.replies = [{ kind: 'hangs' }]
    const sending = send(abort)
    await settle()
    abort.abort()
    await clock.pass(graceWhileSubmitting - 1)
    expect(outbox.mail('a').state).toBe('submitting')
    await clock.pass(1)
    await sending
    expect(outbox.mail('a').state).toBe('unknown')
  })
})

describe('a failure of the account', () => {
  test('with its sign-in leaves the queue untouched and is told to the pauses once', async () => {
    outbox.add('a', 'b')
    server.openFailure = failure('signin.rejected')
    expect((await send()).outcome).toMatchObject({ failure: { code: 'signin.rejected' } })
    expect(outbox.states()).toEqual({ a: 'ready', b: 'ready' })
    expect(outbox.mail('a').notBefore).toEqual(clock.now())
    expect(notes).toEqual([failure('signin.rejected')])
  })

  test('with the network puts the mail back as it was: a week offline costs it nothing', async () => {
    outbox.add('a')
    server.openFailure = failure('dns.unavailable')
    await send()
    await clock.pass(7 * 24 * 60 * minute)
    server.openFailure = null
    server.replies = [{ kind: 'refused', failure: temporary }]
    await send()
    expect(outbox.mail('a').state).toBe('ready')
    expect(outbox.mail('a').notBefore.getTime() - clock.now().getTime()).toBe(minute)
  })

  test('with its settings says so', async () => {
    outbox.add('a')
    accounts.routeFailure = failure('send.no-server')
    expect((await send()).outcome).toMatchObject({ failure: { code: 'send.no-server' } })
    expect(outbox.mail('a').state).toBe('ready')
  })

  test('connections that break one after the other end the run', async () => {
    outbox.add('a', 'b', 'c')
    const lost = { kind: 'refused', failure: failure('connect.lost') } as const
    server.replies = [lost, lost]
    expect((await send()).outcome).toMatchObject({ failure: { code: 'connect.lost' } })
    expect(outbox.mail('c').state).toBe('ready')
    expect(server.requests).toHaveLength(2)
  })
})

describe('several connections', () => {
  const many = Array.from({ length: 60 }, (_, index) => `mail-${String(index).padStart(2, '0')}`)

  test('share a long queue: each mail goes out once, and never more connections than allowed', async () => {
    outbox.add(...many)
    expect(await send(undefined, 3)).toMatchObject({ outcome: { ok: true }, detail: { sent: 60 } })
    expect(server.requests.map(({ file }) => file).toSorted()).toEqual(many.map((id) => `${id}.eml`))
    expect([server.opened, server.closed]).toEqual([3, 3])
  })

  test('are not worth it for a few mails, nor for a server that asked for less', async () => {
    outbox.add('a', 'b', 'c')
    await send(undefined, 5)
    expect(server.opened).toBe(1)
  })

  test('all stop when one outcome is unknown, and what they had taken is ready again', async () => {
    outbox.add(...many)
    server.replies = [{ kind: 'taken' }, { kind: 'refused-after-data', failure: failure('send.outcome-unknown') }]
    expect((await send(undefined, 3)).outcome).toMatchObject({ failure: { code: 'send.outcome-unknown' } })
    const states = Object.values(outbox.states())
    expect(states.filter((state) => state === 'unknown')).toHaveLength(1)
    expect(states.filter((state) => state === 'sending' || state === 'submitting')).toEqual([])
  })
})

describe('a server that wants less', () => {
  test('is given a rest: the mail waits as long as the account, and the others stay as they are', async () => {
    outbox.add('a', 'b')
    server.replies = [{ kind: 'refused', failure: failure('policy.too-fast', { replyCode: 421 }) }]
    expect((await send()).outcome).toMatchObject({ failure: { code: 'policy.too-fast' } })
    expect(pace.slowed).toEqual(['policy.too-fast'])
    expect(outbox.mail('a').notBefore.getTime() - clock.now().getTime()).toBe(10 * minute)
    expect(outbox.mail('b')).toMatchObject({ state: 'ready', history: [] })
  })

  test('gets one mail after the other, each in its time', async () => {
    outbox.add('a', 'b', 'c')
    pace.gap = 2000
    const times: number[] = []
    const began = clock.now().getTime()
    server.onSubmit = () => times.push(clock.now().getTime() - began)
    const sending = send()
    await clock.pass(4000)
    await sending
    expect(times).toEqual([0, 2000, 4000])
  })
})

describe('a disk that is full', () => {
  test('lets no mail go out that could not be marked, and ends the run', async () => {
    outbox.add('a', 'b')
    outbox.port.submitting = async () => ({ ok: false, failure: failure('storage.full') })
    expect((await send()).outcome).toMatchObject({ failure: { code: 'storage.full' } })
    expect(server.taken).toEqual([])
    expect(outbox.states()).toEqual({ a: 'ready', b: 'ready' })
  })
})

describe('what a person changes while a run goes on', () => {
  test('a sender that is switched off sends nothing more: what was not submitted yet is ready again', async () => {
    outbox.add('one', 'two', 'three')
    server.onSubmit = () => {
      accounts.routeFailure = failure('send.switched-off', { name: 'Office' })
    }
    const { outcome } = await send()
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'send.switched-off' } })
    expect(server.taken).toHaveLength(1)
    expect(outbox.states()).toEqual({ one: 'sent', two: 'ready', three: 'ready' })
  })

  test('in the last moment counts, too: after the envelope, before the end of the message', async () => {
    outbox.add('one', 'two')
    server.onEnvelope = () => {
      accounts.routeFailure = failure('account.unknown')
    }
    expect((await send()).outcome).toMatchObject({ ok: false, failure: { code: 'account.unknown' } })
    expect([server.taken, outbox.states()]).toEqual([[], { one: 'ready', two: 'ready' }])
  })

  test('another server is taken from the next mail on, by all connections', async () => {
    outbox.add(...Array.from({ length: 40 }, (_, index) => `mail-${index}`))
    let submitted = 0
    server.onSubmit = () => {
      submitted += 1
      if (submitted === 3) accounts.account = { ...accounts.account, outgoing: draftOf({ outgoing: { server: { use: 'own', host: 'other.shop.example' } } }).outgoing }
    }
    expect((await send(new AbortController(), 2)).outcome.ok).toBe(true)
    expect([server.opened, new Set(server.taken).size, server.taken.length]).toEqual([4, 40, 40])
  })
})
