import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openInbox } from '../../../electron/protocols/open-inbox.ts'
import { openSubmission } from '../../../electron/protocols/open-submission.ts'
import type { SubmitRequest } from '../../../electron/protocols/mail-session.ts'
import type { ServerTarget } from '../../../electron/protocols/net/server-target.ts'
import { scriptedServer } from '../../fakes/scripted-server.ts'
import type { Conversation, ScriptedServer } from '../../fakes/scripted-server.ts'

const open: ScriptedServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

async function targetOf(converse: (conversation: Conversation) => Promise<void>, changes: Partial<ServerTarget> = {}): Promise<ServerTarget> {
  const server = await scriptedServer(converse)
  open.push(server)
  return { host: '127.0.0.1', port: server.port, security: 'none', trustedCertificate: null, timeoutSeconds: 5, signal: new AbortController().signal, ...changes }
}

const credentials = { userName: 'anna', secret: 'geheim-1234', method: 'password' } as const

/** Says the greeting, then answers line by line; `heard` collects what the client said. */
const dialogue = (greeting: string, answer: (line: string, conversation: Conversation) => string | Promise<void>, heard: string[] = []) => async (conversation: Conversation) => {
  await conversation.says(greeting)
  for (let line = await conversation.hears(); line !== null; line = await conversation.hears()) {
    heard.push(line)
    const reply = answer(line, conversation)
    if (typeof reply === 'string') await conversation.says(reply)
    else await reply
  }
}

describe('IMAP', () => {
  const opened = async (converse: (conversation: Conversation) => Promise<void>, changes: Partial<ServerTarget> = {}) => openInbox('imap', await targetOf(converse, changes), credentials)

  it('bytes between the answer to STARTTLS and the handshake are refused', async () => {
    expect(await opened(dialogue('* OK hi\r\n', () => 'M OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n'), { security: 'starttls' })).toMatchObject({ ok: false, failure: { code: 'tls.injected-data' } })
  })

  it('a PREAUTH greeting, after which TLS can not begin, is refused, and nothing is said', async () => {
    const heard: string[] = []
    expect(await opened(dialogue('* PREAUTH welcome\r\n', () => '', heard), { security: 'starttls' })).toMatchObject({ ok: false, failure: { code: 'tls.not-offered' } })
    expect(heard).toEqual([])
  })

  it.each([
    ['NO [AUTHENTICATIONFAILED] wrong', 'signin.rejected'], ['NO [UNAVAILABLE] later', 'signin.unavailable'], ['NO [CONTACTADMIN] locked', 'signin.locked'], ['NO [LIMIT] too many', 'connect.too-many'],
    ['NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)', 'signin.app-password-needed'], ['BAD geheim-1234', 'signin.rejected'],
  ])('%s to a sign-in is %s', async (reply, code) => {
    const outcome = await opened(dialogue('* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] hi\r\n', () => `M ${reply}\r\n`))
    expect(outcome).toMatchObject({ ok: false, failure: { code } })
    expect(JSON.stringify(outcome)).not.toContain('geheim-1234')
  })

  it('LOGIN carries name and password as literals, whatever is in them', async () => {
    const heard: string[] = []
    const outcome = await openInbox('imap', await targetOf(dialogue('* OK [CAPABILITY IMAP4rev1] hi\r\n', (line) => (line.endsWith('}') ? '+ go\r\n' : 'M NO [AUTHENTICATIONFAILED] no\r\n'), heard)), { ...credentials, userName: 'a"b\\c', secret: 'p w{3}x' })
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'signin.rejected' } })
    expect(heard).toEqual(['M LOGIN {5}', 'a"b\\c {7}', 'p w{3}x'])
  })

  it('a server that says BYE is not available', async () => {
    expect(await opened(dialogue('* BYE going down\r\n', () => ''))).toMatchObject({ ok: false, failure: { code: 'server.unavailable', evidence: { serverWords: 'going down' } } })
  })

  it('a server that goes on and on before its answer is left', async () => {
    expect(await opened(dialogue('* OK hi\r\n', () => '* OK still here\r\n'.repeat(500)))).toMatchObject({ ok: false, failure: { code: 'server.answer-too-long' } })
  })

  const listed = async (converse: (conversation: Conversation) => Promise<void>, changes: Partial<ServerTarget> = {}) => {
    const inbox = await opened(converse, changes)
    return inbox.ok ? inbox.value.list() : inbox
  }

  it('a connection that dies after sign-in is a failure, not the end of the program', async () => {
    const converse = dialogue('* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] hi\r\n', (line, { hangUp }) => (line.startsWith('M AUTHENTICATE') ? 'M OK in\r\n' : (hangUp(), '')))
    expect(await listed(converse)).toMatchObject({ ok: false, failure: { code: 'connect.lost' } })
  })

  it('a server that falls silent after sign-in is left after the time limit', async () => {
    const converse = dialogue('* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] hi\r\n', (line) => (line.startsWith('M AUTHENTICATE') ? 'M OK in\r\n' : ''))
    expect(await listed(converse, { timeoutSeconds: 0.3 })).toMatchObject({ ok: false, failure: { code: 'connect.timeout' } })
  })
})

describe('SMTP', () => {
  let file = ''
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mailroom-smtp-'))
    file = join(folder, 'mail.eml')
    writeFileSync(file, text)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const text = `Subject: x\r\n\r\n${'a line of the mail\r\n'.repeat(20_000)}`
  const request = (changes: Partial<SubmitRequest> = {}): SubmitRequest => ({ mailFrom: 'a@example.org', recipients: ['b@example.org'], file, size: text.length, envelopeId: null, submitting: () => true, ...changes })

  /** A server that takes mail; `atData` and `atEnd` are where the tests misbehave. */
  function taking(atEnd: (conversation: Conversation) => Promise<void>, atData: (conversation: Conversation) => Promise<void> = ({ says }) => says('354 go\r\n'), heard: string[] = []) {
    let inData = false
    return dialogue('220 hi\r\n', async (line, conversation) => {
      if (inData && line !== '.') return
      if (inData) {
        inData = false
        return atEnd(conversation)
      }
      if (line === 'DATA') {
        inData = true
        return atData(conversation)
      }
      await conversation.says(line.startsWith('EHLO') ? '250-me\r\n250-PIPELINING\r\n250 AUTH PLAIN\r\n' : '250 ok\r\n')
    }, heard)
  }

  async function submitted(converse: (conversation: Conversation) => Promise<void>, changes: Partial<ServerTarget> = {}, asked: Partial<SubmitRequest> = {}) {
    const session = await openSubmission(await targetOf(converse, changes), null)
    if (!session.ok) throw new Error(session.failure.code)
    const answer = await session.value.submit(request(asked))
    await session.value.close()
    return answer
  }

  it('bytes between the answer to STARTTLS and the handshake are refused', async () => {
    const converse = dialogue('220 hi\r\n', (line) => (line.startsWith('EHLO') ? '250-me\r\n250 STARTTLS\r\n' : '220 go\r\n250 injected\r\n'))
    expect(await openSubmission(await targetOf(converse, { security: 'starttls' }), credentials)).toMatchObject({ ok: false, failure: { code: 'tls.injected-data' } })
  })

  it('a server that does not offer STARTTLS hears nothing more', async () => {
    const heard: string[] = []
    const converse = dialogue('220 hi\r\n', () => '250-me\r\n250 AUTH PLAIN\r\n', heard)
    expect(await openSubmission(await targetOf(converse, { security: 'starttls' }), credentials)).toMatchObject({ ok: false, failure: { code: 'tls.not-offered' } })
    expect(heard).toEqual(['EHLO [127.0.0.1]'])
  })

  it.each([
    ['535 5.7.139 Authentication unsuccessful, basic authentication is disabled.', 'policy.basic-auth-off'], ['534 5.7.9 Application-specific password required.', 'signin.app-password-needed'],
    ['534-5.7.9 Application-specific password required. For more information, go to\r\n534 5.7.9 https://support.google.com/mail/?p=InvalidSecondFactor', 'signin.app-password-needed'],
    ['534 5.7.14 <https://accounts.google.com/ContinueSignIn> Please log in via your web browser', 'signin.second-factor'], ['454 4.7.0 Temporary authentication failure', 'signin.unavailable'],
    ['535 5.7.8 no geheim-1234', 'signin.rejected'], ['421 4.7.0 Too many login attempts', 'policy.too-fast'], ['421 closing', 'server.unavailable'], ['538 encryption needed', 'signin.clear-text-refused'],
  ])('%s to AUTH is %s', async (reply, code) => {
    const converse = dialogue('220 hi\r\n', (line) => (line.startsWith('EHLO') ? '250-me\r\n250 AUTH PLAIN\r\n' : `${reply}\r\n`))
    const outcome = await openSubmission(await targetOf(converse), credentials)
    expect(outcome).toMatchObject({ ok: false, failure: { code, evidence: { replyCode: Number(reply.slice(0, 3)) } } })
    expect(JSON.stringify(outcome)).not.toContain('geheim-1234')
  })

  it('a connection lost within the message means that the server does not have it', async () => {
    // More than the buffers between here and there hold, so that its end can't have left.
    const large = join(folder, 'large.eml')
    writeFileSync(large, Buffer.alloc(30_000_000, 'a line of the mail\r\n'))
    const answer = await submitted(taking(async () => {}, async ({ says, socket }) => {
      socket.pause()
      await says('354 go\r\n')
      socket.resetAndDestroy()
    }), {}, { file: large, size: 30_000_000 })
    expect(answer).toMatchObject({ ok: false, failure: { code: 'connect.lost' }, recipients: [{ accepted: false }] })
  })

  it('a connection lost before the message was asked for means that the server does not have it', async () => {
    let told = 0
    const answer = await submitted(taking(async () => {}, async ({ hangUp }) => hangUp()), {}, { submitting: () => (told += 1) > 0 })
    expect(answer).toMatchObject({ ok: false, failure: { code: 'connect.lost' }, recipients: [{ accepted: false }] })
    expect(told).toBe(0)
  })

  it('a connection lost after the message went out leaves the outcome unknown', async () => {
    expect(await submitted(taking(async ({ hangUp }) => hangUp()))).toMatchObject({ ok: false, failure: { code: 'send.outcome-unknown' } })
  })

  it('a yes before the message has ended is not believed', async () => {
    const large = join(folder, 'large-early.eml')
    writeFileSync(large, Buffer.alloc(30_000_000, 'a line of the mail\r\n'))
    const answer = await submitted(taking(async () => {}, async ({ says, socket }) => {
      socket.pause()
      await says('354 go\r\n250 taken\r\n')
    }), {}, { file: large, size: 30_000_000 })
    expect(answer).toMatchObject({ ok: false, failure: { code: 'send.outcome-unknown' } })
  })

  it('silence after the message went out leaves the outcome unknown', async () => {
    expect(await submitted(taking(async () => {}), { timeoutSeconds: 0.3 })).toMatchObject({ ok: false, failure: { code: 'send.outcome-unknown' } })
  })

  it('a cancel after the message went out leaves the outcome unknown, one before it is a cancel', async () => {
    const late = new AbortController()
    expect(await submitted(taking(async () => late.abort()), { signal: late.signal })).toMatchObject({ ok: false, failure: { code: 'send.outcome-unknown' } })
    const early = new AbortController()
    expect(await submitted(taking(async () => {}), { signal: early.signal }, { submitting: () => {
      early.abort()
      return true
    } })).toMatchObject({ ok: false, failure: { code: 'job.cancelled' } })
  })

  it('a no to the message means no, even when the server hangs up right after it', async () => {
    const answer = await submitted(taking(async ({ says, hangUp }) => {
      await says('554 5.6.0 not this one\r\n')
      hangUp()
    }))
    expect(answer).toMatchObject({ ok: false, failure: { code: 'send.refused', evidence: { replyCode: 554, serverWords: '554 5.6.0 not this one' } }, recipients: [{ accepted: false, words: '554 5.6.0 not this one' }] })
  })

  it('421 in place of an answer to the message means that it was not taken', async () => {
    expect(await submitted(taking(({ says }) => says('421 4.3.2 shutting down\r\n')))).toMatchObject({ ok: false, failure: { code: 'server.unavailable' } })
  })

  it('a mail whose file is gone is not begun', async () => {
    const heard: string[] = []
    expect(await submitted(taking(async () => {}, undefined, heard), {}, { file: join(folder, 'gone.eml') })).toMatchObject({ ok: false, failure: { code: 'storage.failed' } })
    expect(heard.some((line) => line.startsWith('MAIL'))).toBe(false)
  })

  it('an address with a line break in it is never sent', async () => {
    const heard: string[] = []
    expect(await submitted(taking(async () => {}, undefined, heard), {}, { recipients: ['b@example.org>\r\nRCPT TO:<c@example.org'] })).toMatchObject({ ok: false, failure: { code: 'input.invalid' } })
    expect(heard.some((line) => line.startsWith('MAIL'))).toBe(false)
  })

  it('lines that begin with a dot are stuffed, and a message without a last line end gets one', async () => {
    const heard: string[] = []
    const dotted = join(folder, 'dotted.eml')
    const lines = 'A: b\r\n\r\n.\r\n..x\r\nend'
    writeFileSync(dotted, lines)
    expect(await submitted(taking(({ says }) => says('250 ok\r\n'), undefined, heard), {}, { file: dotted, size: lines.length })).toMatchObject({ ok: true })
    expect(heard.slice(heard.indexOf('DATA') + 1)).toEqual(expect.arrayContaining(['A: b', '', '..', '...x', 'end', '.']))
  })
})
