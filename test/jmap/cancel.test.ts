/** A run over HTTP ends by being cancelled, whatever it waits for: with a clock that stands still, as in test/protocol/cancel-run.test.ts. */
import { afterEach, expect, test } from 'vitest'
import { fetchMail } from '../../electron/jobs/kinds/fetch-mail.ts'
import type { Timers } from '../../electron/jobs/timers.ts'
import { httpFront, passOn, type Heard } from '../fakes/http-front.ts'
import { digests } from '../protocol/lab-mail.ts'
import { accountsOf, openParts } from '../protocol/running-parts.ts'
import { accountSchema } from '../../shared/model/account.ts'
import { lab } from '../servers/lab.ts'
import { importIntoCyrus, jmapDraft } from './cyrus.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

const noTime: Timers = { after: () => () => {} }
const everything = { leaveCopy: false, removeAfterDays: null, removeWhenDeleted: false }
const calls = (method: string) => ({ body }: Heard) => body.includes(`"${method}"`)

test.each([
  ['the session', ({ path }: Heard) => path === '/jmap', false],
  ['the folders', calls('Mailbox/get'), false],
  ['the list', calls('Email/query'), false],
  ['where the files are', calls('blobId'), false],
  ['a file', ({ path }: Heard) => path.includes('/download/'), false],
  ['the middle of a file', ({ path }: Heard) => path.includes('/download/'), true],
  ['the answer to a removal', calls('Email/set'), true],
] as const)('a server that falls silent before %s keeps nobody waiting who cancels, and the next run brings the rest', async (_, isSilent, afterwards) => {
  const user = lab.freshUser('jcancel')
  const taken = await importIntoCyrus(user, ['one', 'two', 'three'].map((subject) => Buffer.from(`Subject: ${subject}\r\n\r\n${'text '.repeat(1000)}\r\n`)))
  const silent = Promise.withResolvers<void>()
  const front = await httpFront(async (heard, answer, ask) => {
    if (!isSilent(heard)) return passOn(heard, answer, ask)
    if (afterwards) {
      const { status, type, body } = await ask()
      answer.writeHead(status, { 'content-type': type, 'content-length': String(body.length) }).write(body.subarray(0, 100))
    }
    silent.resolve()
  })
  closing.push(() => front.close())
  const incoming = { protocol: 'jmap', sessionUrl: front.sessionUrl, trustedCertificate: front.fingerprint, signIn: { userName: user } } as const
  const parts = openParts({ ...jmapDraft(user), incoming, delivery: everything }, () => lab.password, { timers: noTime })
  closing.push(() => parts.close())
  parts.mail.agreeToRemovals('office', everything)

  const id = parts.jobs.start(fetchMail(parts, 'office'), 'person')
  await silent.promise
  expect(await parts.jobs.cancel(id)).toMatchObject({ ok: true, value: { state: 'cancelled', failure: null } })
  expect(parts.bugs).toEqual([])

  const direct = { ...parts, accounts: accountsOf(accountSchema.parse({ id: 'office', ...jmapDraft(user) })) }
  expect(await parts.jobs.finished(parts.jobs.start(fetchMail(direct, 'office'), 'person'))).toMatchObject({ state: 'done' })
  expect(digests(parts.storedFiles())).toEqual(digests(taken))
})
