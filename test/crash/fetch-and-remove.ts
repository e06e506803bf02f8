/**
 * One run over an inbox in the lab whose copies may go:   node fetch-and-remove.ts DATA_FOLDER PROTOCOL PORT USER PASSWORD
 *
 * The password is one of the lab's, and no secret.
 */
import { acknowledge, startCounting, stepsMade } from './die-at-step.ts'

const { FetchingFolder } = await import('../fakes/fetching-folder.ts')
const { placeOf } = await import('./places.ts')
// As the program has loaded it by then: what is loaded late is no step of a run.
await import('imapflow')
await import('../../electron/protocols/jmap/open-jmap.ts')

const [root = '', protocol = '', port = '', userName = '', secret = ''] = process.argv.slice(2)
const mailbox = { ...placeOf(protocol, Number(port)), credentials: { userName, secret, method: 'password' } } as const
startCounting()
acknowledge('begun')
const began = performance.now()
const { outcome } = await new FetchingFolder(root, { thread: new URL('./filing-thread-that-dies.ts', import.meta.url) }).run(mailbox, { leaveCopy: false, removeAfterDays: null, removeWhenDeleted: false })
if (!outcome.ok) throw new Error(outcome.failure.code)
acknowledge(`took ${performance.now() - began}`)
acknowledge(`steps ${stepsMade()}`)
