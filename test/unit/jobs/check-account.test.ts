import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkAccount } from '../../../electron/jobs/kinds/check-account.ts'
import type { CheckSubject } from '../../../electron/jobs/kinds/check-sides.ts'
import { failure, failed, type Failure } from '../../../shared/failures/failure.ts'
import type { CheckStep } from '../../../shared/model/job.ts'
import { FakeInbox } from '../../fakes/fake-inbox.ts'
import { FakeSubmission } from '../../fakes/fake-submission.ts'
import { draftOf, oneAccount } from '../../fakes/one-account.ts'
import { createTurnedClock, type TurnedClock } from '../../fakes/turned-clock.ts'

let clock: TurnedClock
let inbox: FakeInbox
let server: FakeSubmission
let accounts: ReturnType<typeof oneAccount>
let spool: string
let notes: [string, Failure | null][]

beforeEach(() => {
  clock = createTurnedClock()
  inbox = new FakeInbox()
  server = new FakeSubmission()
  accounts = oneAccount()
  spool = mkdtempSync(join(tmpdir(), 'mailroom-check-'))
  notes = []
})
afterEach(() => rmSync(spool, { recursive: true }))

function begin(testMessage = false, subject: CheckSubject = { is: 'account', id: 'office' }, abort = new AbortController()) {
  const parts = {
    accounts, openInbox: inbox.open, openSubmission: server.open, spool, now: clock.now, timers: clock.timers,
    pauses: { note: (_id: string, direction: string, outcome: Failure | null) => void notes.push([direction, outcome]) },
    testMessageWords: () => ({ subject: 'Proef – één', text: 'Gelukt.' }),
  }
  const work = checkAccount(parts, subject, { testMessage, sendAs: null })
  let { steps, userName = null }: { steps: readonly CheckStep[]; userName?: string | null | undefined } = work.begin
  const outcome = work.run({ id: 'job', signal: abort.signal, report: (_progress, detail) => void ({ steps, userName = null } = detail) })
  return { work, outcome, userName: () => userName, shown: () => steps.map(({ side, step, state }) => `${side} ${step} ${state}`), steps: () => steps }
}

/** Turns the clock until the outcome is there. */
async function whilePassing<T>(outcome: Promise<T>): Promise<T> {
  let over = false
  void outcome.finally(() => (over = true))
  while (!over) await clock.pass(100)
  return outcome
}

const opening = ['name', 'connect', 'secure', 'sign-in']

describe('checking', () => {
  test('proves both servers step by step, each with its time and words, without sending mail', async () => {
    inbox.messages.set('1', Buffer.from('x'))
    const check = begin()
    expect((await check.outcome).ok).toBe(true)
    expect(check.shown()).toEqual([
      ...[...opening, 'mailbox'].map((step) => `incoming ${step} done`),
      ...[...opening, 'sender'].map((step) => `outgoing ${step} done`),
    ])
    expect(check.steps().every(({ milliseconds }) => milliseconds !== null)).toBe(true)
    expect(check.steps().find(({ step }) => step === 'mailbox')?.words).toBe('1')
    expect(server.requests).toEqual([])
    expect([inbox.closed, server.closed]).toEqual([1, 1])
  })

  test('shows where one side failed, skips the rest of it, and runs the other side all the same', async () => {
    inbox.openFailure = failure('connect.refused', { host: 'imap.shop.example' })
    const check = begin()
    expect(await check.outcome).toMatchObject({ failure: { code: 'connect.refused' } })
    expect(check.shown().slice(0, 5)).toEqual(['incoming name done', 'incoming connect failed', 'incoming secure skipped', 'incoming sign-in skipped', 'incoming mailbox skipped'])
    expect(check.shown().slice(5).every((line) => line.endsWith(' done'))).toBe(true)
  })

  test('a sender the server does not take fails at the sender', async () => {
    server.rehearsal = failed('policy.sender-refused')
    const check = begin()
    expect(await check.outcome).toMatchObject({ failure: { code: 'policy.sender-refused' } })
    expect(check.shown().at(-1)).toBe('outgoing sender failed')
  })

  test('a password that is not there fails at the sign-in, without connecting', async () => {
    accounts.routeFailure = failure('signin.no-password')
    const check = begin()
    await check.outcome
    expect(check.shown()[3]).toBe('incoming sign-in failed')
    expect(inbox.opened).toBe(0)
  })

  test('what a saved account answered ends or begins its pause; a draft pauses nobody', async () => {
    server.openFailure = failure('signin.rejected')
    await begin().outcome
    expect(notes).toEqual([['incoming', null], ['outgoing', failure('signin.rejected')]])
    await begin(false, { is: 'draft', draft: draftOf(), secrets: {}, id: null }).outcome
    expect(notes).toHaveLength(2)
  })

  test('an account that only sends is asked for nothing else', async () => {
    const draft = draftOf({ incoming: null, outgoing: { server: { use: 'own', host: 'smtp.shop.example' }, signIn: { use: 'none' } } })
    const check = begin(true, { is: 'draft', draft, secrets: {}, id: null })
    await check.outcome
    expect(check.shown().map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([...[...opening, 'sender'].map((step) => `outgoing ${step}`), 'test-message submit'])
  })

  test('an account that is not there fails as unknown', async () => {
    expect(await begin(false, { is: 'account', id: 'nobody' }).outcome).toMatchObject({ failure: { code: 'account.unknown' } })
  })
})

describe('the test message', () => {
  /** The server puts what it takes into the inbox, as mail for oneself should go. */
  const delivers = () => {
    server.onSubmit = ({ file }) => {
      inbox.messages.set('new', readFileSync(file))
    }
  }

  test('is sent to oneself and seen arriving', async () => {
    inbox.messages.set('old', Buffer.from('an older message'))
    delivers()
    const check = begin(true)
    expect((await whilePassing(check.outcome)).ok).toBe(true)
    expect(check.shown().at(-1)).toBe('test-message arrive done')
    expect(server.requests[0]).toMatchObject({ mailFrom: 'office@shop.example', recipients: ['office@shop.example'] })
    const text = inbox.messages.get('new')?.toString('latin1') ?? ''
    expect(text).toMatch(/^Subject: =\?utf-8\?B\?/m)
    expect(text).not.toMatch(/[^\r]\n|[^\r\n\x20-\x7e]/)
    expect(readdirSync(spool)).toEqual([])
  })

  test('that never arrives is said to be so after the timeout', async () => {
    const check = begin(true)
    expect(await whilePassing(check.outcome)).toMatchObject({ failure: { code: 'send.test-not-arrived', evidence: { seconds: 10 } } })
    expect(check.shown().slice(-2)).toEqual(['test-message submit done', 'test-message arrive failed'])
  })

  test('is not sent when the outgoing server did not pass', async () => {
    server.rehearsal = failed('policy.sender-refused')
    const check = begin(true)
    await check.outcome
    expect(server.requests).toEqual([])
    expect(check.shown().slice(-2)).toEqual(['test-message submit skipped', 'test-message arrive skipped'])
  })

  test('is not waited for where the inbox could not be opened', async () => {
    inbox.openFailure = failure('connect.refused')
    const check = begin(true)
    await check.outcome
    expect(check.shown().slice(-2)).toEqual(['test-message submit done', 'test-message arrive skipped'])
  })

  test('cancelling ends the wait', async () => {
    const abort = new AbortController()
    const check = begin(true, undefined, abort)
    server.onSubmit = () => abort.abort()
    expect(await check.outcome).toMatchObject({ failure: { code: 'job.cancelled' } })
  })
})

test('checks that differ are never taken for one', () => {
  expect(begin(true).work.begin).not.toEqual(begin(false).work.begin)
})

describe('a user name that a look-up could only suppose', () => {
  const subject = (): CheckSubject => ({ is: 'draft', draft: draftOf(), secrets: { incoming: 'secret' }, id: null, otherUserName: 'jan' })

  test('is followed by the other one when it is refused, at both servers, and the one that was taken is told', async () => {
    inbox.takes = 'jan'
    const check = begin(false, subject())
    expect((await check.outcome).ok).toBe(true)
    expect(inbox.signIns).toEqual([expect.not.stringMatching(/^jan$/), 'jan'])
    expect(server.signIns).toEqual(['jan'])
    expect(check.userName()).toBe('jan')
    expect(new Set(check.steps().map(({ state }) => state))).toEqual(new Set(['done']))
  })

  test('is left alone when it is taken', async () => {
    const check = begin(false, subject())
    expect((await check.outcome).ok).toBe(true)
    expect([inbox.signIns.length, server.signIns.length, check.userName()]).toEqual([1, 1, null])
  })

  test('costs two sign-ins and no more where neither is taken: the other server is not asked', async () => {
    inbox.takes = 'nobody'
    const check = begin(false, subject())
    expect(await check.outcome).toMatchObject({ ok: false, failure: { code: 'signin.rejected' } })
    expect([inbox.signIns.length, server.signIns.length]).toEqual([2, 0])
    expect(check.shown()).toContain('outgoing sign-in skipped')
  })

  test('is not followed by another when the refusal is about something else', async () => {
    inbox.openFailure = failure('signin.app-password-needed')
    await begin(false, subject()).outcome
    expect(server.signIns.length).toBe(1)
    expect(inbox.signIns).toEqual([])
  })
})
