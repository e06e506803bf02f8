/** IDLE against real Dovecot, and a server that does not offer it. */
import { afterEach, expect, test } from 'vitest'
import { usualPace, watchImap } from '../../electron/protocols/imap/watch-imap.ts'
import { inFolder, inOtherProgram } from '../fakes/other-program.ts'
import { scriptedServer, type ScriptedServer } from '../fakes/scripted-server.ts'
import { lab } from '../servers/lab.ts'
import { labCredentials, labTarget } from './lab-mail.ts'

const open: ScriptedServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

/** How often it was told so far, and a wait for the next time. */
function ears() {
  let wake = Promise.withResolvers<void>()
  return {
    told: () => {
      wake.resolve()
      wake = Promise.withResolvers<void>()
    },
    next: () => wake.promise,
  }
}

test('a message that arrives, is read or is removed elsewhere is told at once', async () => {
  const user = lab.freshUser('watch')
  const stop = new AbortController()
  const { told, next } = ears()
  const began = next()
  const over = watchImap(labTarget('IMAPS', 'tls', { signal: stop.signal }), labCredentials(user), told)
  await began
  const arrived = next()
  await inOtherProgram(user, (client) => client.append('INBOX', Buffer.from('Subject: one\r\n\r\n')))
  await arrived
  const read = next()
  await inFolder(user, 'INBOX', (client) => client.messageFlagsAdd('1', ['\\Seen']))
  await read
  const removed = next()
  await inFolder(user, 'INBOX', (client) => client.messageDelete('1'))
  await removed
  stop.abort()
  expect(await over).toMatchObject({ ok: false, failure: { code: 'job.cancelled' } })
})

async function server(capabilities: string, answers: (command: string, tag: string) => string, heard: string[] = []): Promise<ScriptedServer> {
  const scripted = await scriptedServer(async ({ says, hears }) => {
    await says(`* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR ${capabilities}] hi\r\n`)
    for (let line = await hears(); line !== null; line = await hears()) {
      const [tag = '', ...words] = line.split(' ')
      const command = words.length === 0 ? tag : words.join(' ')
      heard.push(command)
      await says(command === 'CAPABILITY' ? `* CAPABILITY IMAP4rev1 ${capabilities}\r\n${tag} OK done\r\n` : answers(command, tag))
    }
  })
  open.push(scripted)
  return scripted
}
const targetOf = (port: number, signal: AbortSignal) => ({ host: '127.0.0.1', port, security: 'none' as const, trustedCertificate: null, timeoutSeconds: 5, signal })

test('IDLE is begun anew before the server may end it', async () => {
  const heard: string[] = []
  let idle = ''
  const stop = new AbortController()
  const { port } = await server('IDLE', (command, tag) => {
    if (command === 'IDLE') idle = tag
    if (command === 'IDLE' && heard.filter((one) => one === 'IDLE').length === 3) stop.abort()
    return command === 'IDLE' ? '+ idling\r\n' : command === 'DONE' ? `${idle} OK done\r\n` : `${tag} OK done\r\n`
  }, heard)
  await watchImap(targetOf(port, stop.signal), labCredentials('anna', { secret: 'x' }), () => {}, { ...usualPace, renewEvery: 5 })
  expect(heard.slice(-5)).toEqual(['IDLE', 'DONE', 'IDLE', 'DONE', 'IDLE'])
})

test('a server that does not offer IDLE is asked again and again', async () => {
  const stop = new AbortController()
  const { told, next } = ears()
  const { port } = await server('', (command, tag) => (command === 'NOOP' ? `* 1 EXISTS\r\n${tag} OK done\r\n` : `${tag} OK done\r\n`))
  const began = next()
  const over = watchImap(targetOf(port, stop.signal), labCredentials('anna', { secret: 'x' }), told, { ...usualPace, askEvery: 5 })
  await began
  await next()
  stop.abort()
  expect(await over).toMatchObject({ ok: false, failure: { code: 'job.cancelled' } })
})
