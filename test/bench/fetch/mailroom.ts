/**
 * Mailroom in two ways: the whole command, from the start of its process to its end with everything durable; and a fetch inside
 * a program that runs already, asked for through the contract.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { AccountDraftInput } from '../../../shared/model/account.ts'
import type { Cost, Measured } from '../measure.ts'
import { startedEachTime, type Contender, type Inbox, type Protocol } from './contender.ts'
import { countBelow } from './count-files.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const terminal = join(root, 'dist', 'app', 'terminal.js')
const insideProgram = join(import.meta.dirname, 'fetch-inside-program.ts')
const accountName = 'Bench'

export const mailroom = (protocol: Protocol): Contender => ({
  name: 'mailroom',
  protocol,
  millisecondsEach: null,
  async begin(inbox, folder) {
    const data = addAccount(protocol, inbox, folder)
    const command = { program: process.execPath, args: [terminal, 'fetch', accountName, '--data', data, '--json'] }
    return startedEachTime(command, () => countBelow(join(data, 'mail'), '.eml'), jobMarks)
  },
})

export const runningMailroom = (protocol: Protocol): Contender => ({
  name: 'mailroom, already running',
  protocol,
  millisecondsEach: null,
  async begin(inbox, folder) {
    const data = addAccount(protocol, inbox, folder)
    const child = spawn(process.execPath, [insideProgram, data], { stdio: ['pipe', 'pipe', 'inherit'] })
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const answer = async (): Promise<unknown> => {
      const line = await lines.next()
      if (line.done === true) throw new Error('the program ended')
      return JSON.parse(line.value)
    }
    await answer() // it is up
    return {
      async fetch(): Promise<Measured> {
        child.stdin.write('fetch\n')
        const { failure, ...cost } = (await answer()) as Cost & { readonly failure: string | null }
        return failure === null ? { ok: true, cost, output: '' } : { ok: false, words: failure }
      },
      stored: () => countBelow(join(data, 'mail'), '.eml'),
      async end() {
        const ended = once(child, 'exit')
        child.stdin.end()
        await ended
      },
    }
  },
})

function addAccount(protocol: Protocol, { host, port, tls, user, password }: Inbox, folder: string): string {
  const data = join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  const draft: AccountDraftInput = {
    name: accountName,
    user: { displayName: 'Bench', address: `${user}@lab.test` },
    incoming: protocol === 'jmap' ? { protocol, sessionUrl: `https://${host}:${port}/.well-known/jmap`, signIn: { userName: user } } : { protocol, host, port, security: tls ? 'tls' : 'none', clearTextConfirmed: !tls, signIn: { userName: user } },
    outgoing: null,
    timeoutSeconds: 60,
  }
  const file = join(folder, 'account.json')
  writeFileSync(file, JSON.stringify(draft))
  const added = spawnSync(process.execPath, [terminal, 'accounts', 'add', file, '--secrets-stdin', '--data', data, '--json'], { input: JSON.stringify({ incoming: password }), encoding: 'utf8' })
  if (added.status !== 0) throw new Error(`accounts add ended with ${added.status}: ${added.stderr}`)
  return data
}

/** When each kind of job was over, in seconds after the first one began: `fetch-mail`, and whatever goes on after it, such as an index. */
function jobMarks(output: string): Readonly<Record<string, number>> {
  const jobs = output.split('\n').flatMap((line) => {
    const { event, data } = line.startsWith('{') ? (JSON.parse(line) as { event: string; data: { kind: string; startedAt: string | null; endedAt: string | null } }) : { event: '', data: null }
    return event === 'job.changed' && data !== null ? [data] : []
  })
  const began = Math.min(...jobs.flatMap(({ startedAt }) => (startedAt === null ? [] : Date.parse(startedAt))))
  return Object.fromEntries(jobs.flatMap(({ kind, endedAt }) => (endedAt === null ? [] : [[kind, (Date.parse(endedAt) - began) / 1000]])))
}
