/** The command line signs an account in over the web, from nothing to mail: provider, keychain, Dovecot and Postfix are real. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import type { Io } from '../../electron/hosts/terminal/io.ts'
import { runTerminal } from '../../electron/hosts/terminal/run-terminal.ts'
import { lab } from '../servers/lab.ts'
import { approve, labIssuer } from './lab-provider.ts'

const roots: string[] = []
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true })
})

/** A data folder of its own, and a person who approves each code that is shown, as `user`. */
function atTerminal(user: string) {
  const root = mkdtempSync(join(tmpdir(), 'mailroom-sign-in-'))
  roots.push(root)
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
    const status = await runTerminal([...words, '--data', join(root, 'data')], io, 'test')
    return { status, ...written }
  }
  const written = (name: string, value: unknown) => {
    const file = join(root, name)
    writeFileSync(file, JSON.stringify(value))
    return file
  }
  const registered = () => run('providers', 'set', labIssuer(), 'mailroom', '--name', 'Lab', '--server', lab.domain)
  return { root, run, approved, written, registered }
}

const server = () => ({ host: lab.host, security: 'tls' })

it('an account is added with a code, proven, fetched, signed out, and asks to sign in again from then on', async () => {
  const user = lab.freshUser('cli')
  const { run, approved, written, registered } = atTerminal(user)
  const file = written('account.json', {
    name: 'Web', user: { displayName: 'Web', address: `${user}@${lab.domain}` },
    incoming: { protocol: 'imap', ...server(), port: lab.port('IMAPS'), signIn: { userName: user } },
    outgoing: { server: { use: 'own', ...server(), port: lab.port('SUBMISSIONS') }, signIn: { use: 'own', signIn: { userName: user } } },
  })
  try {
    const unregistered = await run('accounts', 'add', file, '--oauth')
    expect(unregistered).toMatchObject({ status: 78, errors: expect.stringContaining('mailroom providers') })
    expect(await registered()).toMatchObject({ status: 0, out: expect.stringContaining('Lab') })
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
  }
})

it('the organization’s server is signed in once for all who send through it; withdrawn, each of them asks once, and nobody asks the provider again', async () => {
  const house = lab.freshUser('house')
  const { root, run, approved, written, registered } = atTerminal(house)
  try {
    await registered()
    const outgoing = { host: lab.host, port: lab.port('SUBMISSIONS'), security: 'tls', signIn: { userName: `${house}@${lab.domain}`, method: 'oauth2' } }
    expect(await run('organization', 'set', written('organization.json', { name: 'Acme', server: outgoing }))).toMatchObject({ status: 0 })
    for (const name of ['Anna', 'Ben']) {
      const account = { name, user: { displayName: name, address: `${house}@${lab.domain}` }, outgoing: { server: { use: 'shared' }, signIn: { use: 'server' } } }
      expect(await run('accounts', 'add', written(`${name}.json`, account))).toMatchObject({ status: 0 })
    }
    expect(await run('organization', 'check')).toMatchObject({ status: 77, errors: expect.stringContaining('mailroom organization sign-in') })

    expect(await run('organization', 'sign-in')).toMatchObject({ status: 0, out: expect.stringContaining(`Signed in as ${house}@${lab.domain} with Lab.`) })
    expect(await Promise.all(approved)).toEqual([204])
    expect(await run('organization', 'check')).toMatchObject({ status: 0 })
    const mail = (from: string) => ['send', '--from', from, '--to', `${house}@${lab.domain}`, '--subject', 'Hello', '--text', 'Hello', '--now']
    expect(await run(...mail('Anna'))).toMatchObject({ status: 0 })
    expect(await run(...mail('Ben'))).toMatchObject({ status: 0 })
    expect(readFileSync(join(root, 'data', 'settings.json'), 'utf8')).not.toMatch(/refreshToken|refresh_token/)

    expect(await run('organization', 'sign-in', '--out')).toMatchObject({ status: 0 })
    for (const name of ['Anna', 'Ben']) expect(await run(...mail(name))).toMatchObject({ status: 77, errors: expect.stringContaining('mailroom organization sign-in') })
    const waiting = await run('outbox', 'list', '--state', 'ready', '--json')
    expect(JSON.parse(waiting.out)).toMatchObject({ mails: [{}, {}] })

    expect(await run('organization', 'sign-in')).toMatchObject({ status: 0 })
    expect(await run('outbox', 'run')).toMatchObject({ status: 0 })
  } finally {
    await run('organization', 'set', written('none.json', { name: 'Acme' }))
  }
})
