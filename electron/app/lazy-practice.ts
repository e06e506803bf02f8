/**
 * The practice server, loaded and started when somebody first asks for it, and stopped with the program. A practice account
 * that was saved finds it again, at the same ports, when the program starts the next time.
 */
import { done, type Outcome } from '../../shared/failures/failure.ts'
import type { AccountBook } from '../accounts/account-book.ts'
import type { Parts } from '../ipc/parts.ts'
import type { PracticeServer } from '../practice/start-practice.ts'
import type { SecretKeeper } from '../secrets/secret-keeper.ts'

export interface LazyPractice {
  start: Parts['practice']['start']
  /** Starts it only where a saved account uses it, and gives those accounts this start's passwords, in memory. */
  resume(accounts: Pick<AccountBook, 'list'>, secrets: Pick<SecretKeeper, 'write'>): Promise<void>
  stop(): Promise<void>
}

/** Sooner than loading the server's code: only an account at an address nobody else can have (RFC 2606) is looked at. */
const practiceDomain = '@mailroom.example'

export function createLazyPractice(): LazyPractice {
  let running: Promise<Outcome<PracticeServer>> | null = null
  const load = async (port?: PracticeServer['port']) => (await import('../practice/start-practice.ts')).startPractice(port === undefined ? {} : { port })
  return {
    async start() {
      running ??= load()
      const server = await running
      if (server.ok) return done(server.value.accounts[0])
      running = null
      return server
    },
    async resume(accounts, secrets) {
      const candidates = accounts.list().filter(({ user }) => user.address.endsWith(practiceDomain))
      if (candidates.length === 0) return
      const { practicePorts } = await import('../practice/start-practice.ts')
      const port = candidates.map(practicePorts).find((ports) => ports !== null)
      if (port === undefined || port === null) return
      running ??= load(port)
      const server = await running
      if (!server.ok) {
        running = null
        return
      }
      for (const account of candidates) {
        const own = server.value.accounts.find(({ draft }) => draft.user.address === account.user.address)
        if (own?.secrets.incoming !== undefined && practicePorts(account) !== null) await secrets.write(account.id, 'incoming', own.secrets.incoming, false)
      }
    },
    async stop() {
      const server = await running
      if (server?.ok) await server.value.stop()
    },
  }
}
