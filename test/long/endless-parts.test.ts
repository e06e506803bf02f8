/** A server that has always one more part of a message. */
import { afterEach, expect, test } from 'vitest'
import { openInbox } from '../../electron/protocols/open-inbox.ts'
import { CollectingReceiver } from '../fakes/collecting-receiver.ts'
import { answeringImap, sourceOf } from '../fakes/imap-answers.ts'
import { scriptedServer, type ScriptedServer } from '../fakes/scripted-server.ts'

const open: ScriptedServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

test('a message whose parts never end is given up, and the others come', async () => {
  const part = Buffer.alloc(2 * 1024 * 1024, 'a line of 16 byt')
  const server = await scriptedServer(answeringImap({
    'UID FETCH 1:* (UID FLAGS': '* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 5000000)\r\n* 2 FETCH (UID 2 FLAGS () RFC822.SIZE 10)\r\nOK',
    'UID FETCH 1 (UID BODY.PEEK[]<': async (tag, command, { says }) => {
      await says(`* 1 FETCH (UID 1 BODY[]<${/<(\d+)\./.exec(command)?.[1]}> {${part.length}}\r\n`)
      await says(part)
      await says(`)\r\n${tag} OK\r\n`)
    },
    'UID FETCH 2 ': `${sourceOf(2, 'two')}OK`,
  }))
  open.push(server)
  const target = { host: '127.0.0.1', port: server.port, security: 'none', trustedCertificate: null, timeoutSeconds: 20, signal: new AbortController().signal } as const
  const inbox = await openInbox('imap', target, { userName: 'anna', secret: 'x', method: 'password' })
  if (!inbox.ok) throw new Error(inbox.failure.code)
  const receiver = new CollectingReceiver()
  expect(await inbox.value.fetch(['7:1', '7:2'], { begin: (id) => (id === '7:2' ? receiver.begin(id) : { write: () => {} }), end: (id, outcome) => receiver.end(id, outcome) })).toMatchObject({ ok: true })
  expect(receiver.failures.get('7:1')?.code).toBe('server.answer-too-long')
  expect(String(receiver.messages.get('7:2'))).toBe('two')
})
