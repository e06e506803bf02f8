/**
 * A run of the outbox, and a queueing, on a disk that is too small; then both again after room was made. Told on standard output:
 *
 *   node send-on-small-disk.ts ROOT FREE_BYTES MAILS same|new
 *
 * ROOT is the root of a file system of its own. So much of it is left free for the first run. The second is by the same program, or by one
 * that was started anew, which tried to while the disk was full, too.
 */
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sendMail } from '../../electron/jobs/kinds/send-mail.ts'
import { createPaces } from '../../electron/jobs/paces.ts'
import { createOutbox } from '../../electron/outbox/create-outbox.ts'
import { openSubmission } from '../../electron/protocols/open-submission.ts'
import { dataFolderAt } from '../../electron/storage/data-folder.ts'
import { openDatabase } from '../../electron/storage/open-database.ts'
import { done, type Outcome } from '../../shared/failures/failure.ts'
import { composedMailSchema } from '../../shared/model/outgoing-mail.ts'
import { draftOf } from '../fakes/one-account.ts'
import { recordingSink } from '../fakes/recording-sink.ts'

const [root = '', left = '', mails = '', then = ''] = process.argv.slice(2)
const folder = dataFolderAt(join(root, 'data'))
mkdirSync(folder.root)
const sink = await recordingSink()
const server = { host: '127.0.0.1', port: sink.port, security: 'none', trustedCertificate: null, timeoutSeconds: 10 } as const

function start() {
  const opened = openDatabase(folder)
  if (!opened.ok) return opened
  const database = opened.value
  const outbox = createOutbox({ database, folder })
  const recovered = outbox.recoverAll()
  if (!recovered.ok) {
    database.close()
    return recovered
  }
  const parts = {
    accounts: { wayMark: () => '', route: async () => done({ protocol: 'smtp' as const, server, credentials: null }) },
    outbox, openSubmission, pauses: { note: () => undefined }, paces: createPaces({ database }), connections: 2,
  }
  return done({
    outbox,
    queue: (count: number) => outbox.queueMany(Array.from({ length: count }, (_, index) => mailOf(index)), { signal: new AbortController().signal }),
    send: () => sendMail(parts, 'office').run({ id: 'run', signal: new AbortController().signal, report: () => undefined }),
    end: () => database.close(),
  })
}
type Program = Extract<ReturnType<typeof start>, { ok: true }>['value']
function started(): Program {
  const program = start()
  if (!program.ok) throw new Error(program.failure.code)
  return program.value
}
const account = { id: 'office', ...draftOf() }
const mailOf = (index: number) => ({ account, attachments: [], mail: composedMailSchema.parse({ accountId: 'office', to: [{ address: `customer-${String(index)}@shop.example` }], subject: `Invoice ${String(index)}`, text: 'Hello\n'.repeat(500) }) })
const ended = (outcome: Outcome<unknown>) => (outcome.ok ? 'done' : outcome.failure.code)

const freeBytes = () => {
  const { bavail, bsize } = statfsSync(root)
  return bavail * bsize
}
const ballast = join(root, 'ballast')

const messages = () => readdirSync(folder.outbox, { recursive: true }).filter((name) => String(name).endsWith('.eml')).length
let program = started()
const first = await program.queue(Number(mails))
if (!first.ok) throw new Error(first.failure.code)
writeFileSync(ballast, Buffer.alloc(Math.max(0, freeBytes() - Number(left)), 1))
const sending = ended(await program.send())
const queueing = ended(await program.queue(20))
const rowsThen = program.outbox.list({ offset: 0, limit: 1 }).total
let starting = 'done'
if (then === 'new') {
  program.end()
  const early = start()
  starting = ended(early)
  if (early.ok) early.value.end()
}
rmSync(ballast)
if (then === 'new') program = started()
const queuedAgain = ended(await program.queue(1))
const sentAgain = ended(await program.send())
const { mails: all, counts } = program.outbox.list({ offset: 0, limit: 500 })
const allowed = { sent: [1], unknown: [0, 1] } as const
const untrue = all.filter(({ state, messageId }) => !(allowed[state as keyof typeof allowed] ?? [0]).some((times) => times === (sink.taken.get(messageId) ?? 0))).length
process.stdout.write(JSON.stringify({ sending, queueing, rowsThen, starting, queuedAgain, sentAgain, counts, untrue, messages: messages() }))
await sink.close()
program.end()
