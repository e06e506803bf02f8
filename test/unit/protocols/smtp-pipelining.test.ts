import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { SubmissionSession, SubmitRequest } from '../../../electron/protocols/mail-session.ts'
import { openSubmission } from '../../../electron/protocols/open-submission.ts'
import { stuff } from '../../../electron/protocols/smtp/message-stream.ts'
import { recordingSink, type RecordingSink, type SinkMoment, type Misbehaviour } from '../../fakes/recording-sink.ts'
import { scriptedServer, type ScriptedServer } from '../../fakes/scripted-server.ts'

let folder = ''
const open: (RecordingSink | ScriptedServer)[] = []
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mailroom-pipelining-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

function mail(name: string, change: Partial<SubmitRequest> = {}): SubmitRequest {
  const file = join(folder, name)
  const text = `Message-ID: <${name}@x.example>\r\n\r\nHello\r\n`
  writeFileSync(file, text)
  return { mailFrom: 'a@x.example', recipients: ['b@x.example'], file, size: text.length, envelopeId: null, submitting: () => true, ...change }
}
async function connected(port: number): Promise<SubmissionSession> {
  const session = await openSubmission({ host: '127.0.0.1', port, security: 'none', trustedCertificate: null, timeoutSeconds: 5, signal: new AbortController().signal }, null)
  if (!session.ok) throw new Error(session.failure.code)
  return session.value
}
async function toSink(misbehave: (moment: SinkMoment) => Misbehaviour = () => null) {
  const sink = await recordingSink(misbehave)
  open.push(sink)
  return { sink, session: await connected(sink.port) }
}

test('the next mail is announced before the answer to the one before, and its message waits for that answer', async () => {
  const heard: string[] = []
  const server = await scriptedServer(async ({ says, hears }) => {
    await says('220 hi\r\n')
    for (let line = await hears(); line !== null; line = await hears()) {
      heard.push(line)
      if (line.startsWith('EHLO')) await says('250-me\r\n250 PIPELINING\r\n')
      // Everything up to the second DATA is answered only once that has been heard.
      const datas = heard.filter((one) => one === 'DATA').length
      if (line === 'DATA' && datas === 1) await says('250 ok\r\n250 ok\r\n354 go\r\n')
      if (line === 'DATA' && datas === 2) await says('250 first taken\r\n250 reset\r\n250 ok\r\n250 ok\r\n354 go\r\n')
      if (line === '.' && datas === 2) await says('250 second taken\r\n')
      if (line === 'QUIT') break
    }
  })
  open.push(server)
  const session = await connected(server.port)
  expect(session.ahead).toBe(3)
  const answers = await Promise.all([session.submit(mail('one')), session.submit(mail('two'))])
  expect(answers).toMatchObject([{ ok: true, value: { words: '250 first taken' } }, { ok: true, value: { words: '250 second taken' } }])
  expect(heard.filter((line) => /^(?:MAIL|RSET|DATA|Message-ID|\.$)/.test(line)).map((line) => line.split(/[: ]/, 1)[0])).toEqual(['MAIL', 'DATA', 'Message-ID', '.', 'RSET', 'MAIL', 'DATA', 'Message-ID', '.'])
  await session.close()
})

test('a connection that breaks with one mail in doubt says nothing about the next', async () => {
  const { sink, session } = await toSink(({ command }) => (command === '.' ? 'take-and-cut' : null))
  const [first, second] = await Promise.all([session.submit(mail('one')), session.submit(mail('two'))])
  expect(first).toMatchObject({ ok: false, failure: { code: 'send.outcome-unknown' }, tried: true })
  expect(second).toMatchObject({ ok: false, tried: false })
  expect([...sink.taken]).toEqual([['<one@x.example>', 1]])
})

test('a server that has enough after some mails is about none of them; one that greets like that is', async () => {
  const { session } = await toSink(({ command, before }) => (command === 'MAIL' && before === 1 ? '421 4.3.2 enough for today' : null))
  const answers = [await session.submit(mail('one')), await session.submit(mail('two')), await session.submit(mail('three'))]
  expect(answers.map(({ ok, tried }) => [ok, tried])).toEqual([[true, true], [false, false], [false, false]])
  const other = await toSink(({ command }) => (command === 'MAIL' ? '421 4.3.2 not today' : null))
  expect(await other.session.submit(mail('one'))).toMatchObject({ ok: false, failure: { code: 'server.unavailable' }, tried: true })
})

test('a refused mail does not hold up the next, whatever was refused of it', async () => {
  for (const command of ['MAIL', 'RCPT', 'DATA', '.'] as const) {
    const { sink, session } = await toSink((moment) => (moment.command === command && moment.before === 0 ? '554 5.6.0 no' : null))
    const [first, second] = await Promise.all([session.submit(mail('one')), session.submit(mail('two'))])
    expect(first, command).toMatchObject({ ok: false, failure: { evidence: { replyCode: 554 } } })
    expect(second, command).toMatchObject({ ok: true })
    expect([...sink.taken.keys()], command).toEqual(['<two@x.example>'])
    await session.close()
  }
})

test('a mail that may not go out any more does not, and its connection ends before the end of the message', async () => {
  const { sink, session } = await toSink()
  expect(await session.submit(mail('one', { submitting: async () => false }))).toMatchObject({ ok: false })
  expect(await session.submit(mail('two'))).toMatchObject({ ok: false, tried: false })
  expect(sink.taken.size).toBe(0)
})

test('a server that answers one thing twice is not believed any more: no later answer is taken for another mail\'s', async () => {
  for (const command of ['MAIL', 'RCPT', 'DATA', '.', 'RSET'] as const) {
    const { sink, session } = await toSink((moment) => (moment.command === command && moment.before === 0 ? 'twice' : null))
    const names = ['one', 'two', 'three', 'four']
    const answers = await Promise.all(names.map((name) => session.submit(mail(name))))
    // What it says was sent arrived; what it says was not did not; nothing arrived that is none of them.
    for (const [index, answer] of answers.entries()) {
      const isSettled = answer.ok || answer.failure.code !== 'send.outcome-unknown'
      expect(isSettled && answer.ok !== sink.taken.has(`<${names[index]}@x.example>`), `${command} twice, mail ${names[index]}`).toBe(false)
    }
    expect([...sink.taken].filter(([id, times]) => times !== 1 || !names.includes(id.slice(1, id.indexOf('@')))), command).toEqual([])
    expect((await session.submit(mail('five'))).tried, command).toBe(false)
  }
})

test('a message whose file is not what was queued any more does not go out', async () => {
  for (const change of [-5, 7]) {
    const { sink, session } = await toSink()
    const whole = mail('one')
    expect(await session.submit({ ...whole, size: whole.size + change })).toMatchObject({ ok: false, failure: { code: 'outbox.changed-file' } })
    expect(sink.taken.size).toBe(0)
  }
})

test('dots that begin a line are doubled wherever a piece of the message ends', () => {
  const text = '.a\r\n..\r\n.\r\nb.c\r\n.end\r\n'
  const expected = text.replaceAll(/^\./gm, '..')
  for (let cut = 0; cut <= text.length; cut += 1) {
    const [first, second] = [Buffer.from(text.slice(0, cut)), Buffer.from(text.slice(cut))]
    const before = [...Buffer.from(`\r\n${text.slice(0, cut)}`).subarray(-2)] as [number, number]
    expect(stuff(first, [13, 10]).toString() + stuff(second, before).toString(), `cut at ${cut}`).toBe(expected)
  }
})
