/** A line that never ends, in answer to each command of our IMAP client. */
import { afterEach, expect, test } from 'vitest'
import { openInbox } from '../../electron/protocols/open-inbox.ts'
import { answeringImap } from '../fakes/imap-answers.ts'
import { able, commands, credentials, endlessLine } from '../fakes/imap-misdeeds.ts'
import { scriptedServer, type ScriptedServer } from '../fakes/scripted-server.ts'

const open: ScriptedServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

const [, misdeed, code] = endlessLine

test.each(commands)('a line without end in answer to %s ends the call, and it is said why', async (command, capabilities, asks) => {
  const server = await scriptedServer(answeringImap({ ...able(capabilities), [command]: misdeed }))
  open.push(server)
  const inbox = await openInbox('imap', { host: '127.0.0.1', port: server.port, security: 'none', trustedCertificate: null, timeoutSeconds: 20, signal: new AbortController().signal }, credentials)
  if (!inbox.ok || inbox.value.folders === null) throw new Error('no folders')
  expect(await asks(inbox.value.folders)).toMatchObject({ ok: false, failure: { code } })
  expect(inbox.value.folders.usable()).toBe(false)
})
