/** The command line signs an account in over the web, from nothing to mail: provider, keychain, Dovecot and Postfix are real. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Io } from '../../electron/hosts/terminal/io.ts'
import { runTerminal } from '../../electron/hosts/terminal/run-terminal.ts'
import { lab } from '../servers/lab.ts'
import { approve, labIssuer } from './lab-provider.ts'

it('an account is added with a code, proven, fetched, signed out, and asks to sign in again from then on', async () => {
  const root = mkdtempSync(join(tmpdir(), 'mailroom-sign-in-'))
  const user = lab.freshUser('cli')
  const data = join(root, 'data')
  const file = join(root, 'account.json')
  const server = { host: lab.host, security: 'tls' }
  writeFileSync(file, JSON.stringify({
    name: 'Web', user: { displayName: 'Web', address: `${user}@${lab.domain}` },
    incoming: { protocol: 'imap', ...server, port: lab.port('IMAPS'), signIn: { userName: user } },
    outgoing: { server: { use: 'own', ...server, port: lab.port('SUBMISSIONS') }, signIn: { use: 'own', signIn: { userName: user } } },
  }))
  const approved: Promise<number>[] = []
  const run = async (...words: string[]) => {
    const written = { out: '', errors: '' }
    const io: Io = {
      input: Object.assign((async function* () {})(), { isTTY: false }),
      output: { write: (text) => { written.out += String(text) } },
      errors: {
        write: (text) => {
          written.errors += String(text)
          const code = /type this code: (\S+)/.exec(String(text))?.[1]
          if (code !== undefined) approved.push(approve(code, user))
        },
      },
      environment: {}, locale: 'en-GB', onInterrupt: () => () => undefined,
    }
    const status = await runTerminal([...words, '--data', data], io, 'test')
    return { status, ...written }
  }
  try {
    const unregistered = await run('accounts', 'add', file, '--oauth')
    expect(unregistered).toMatchObject({ status: 78, errors: expect.stringContaining('mailroom providers') })
    expect(await run('providers', 'set', labIssuer(), 'mailroom', '--name', 'Lab', '--server', lab.domain)).toMatchObject({ status: 0, out: expect.stringContaining('Lab') })
    const listed = await run('providers', 'list', '--json')
    expect(JSON.parse(listed.out)).toMatchObject({ providers: expect.arrayContaining([expect.objectContaining({ name: 'Lab', clientId: 'mailroom', clientIdFrom: 'settings' }), expect.objectContaining({ name: 'Google', clientIdFrom: null })]) })

    const added = await run('accounts', 'add', file, '--oauth')
    expect(added).toMatchObject({ status: 0, out: expect.stringContaining(`Signed in as ${user}@${lab.domain} with Lab.`) })
    expect(await Promise.all(approved)).toEqual([204])
    expect(await run('check', 'Web')).toMatchObject({ status: 0 })
    expect(await run('fetch', 'Web')).toMatchObject({ status: 0 })

    expect(await run('sign-in', 'Web', '--out')).toMatchObject({ status: 0 })
    const again = await run('fetch', 'Web')
    expect(again).toMatchObject({ status: 77, errors: expect.stringContaining('mailroom sign-in') })
  } finally {
    await run('accounts', 'remove', 'Web', '--delete-mail')
    rmSync(root, { recursive: true })
  }
})
