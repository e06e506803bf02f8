/**
 * Queues mails and moves them as runs do; says what the outbox has acknowledged, and what a server may have been told.
 * Mails are numbered in the order they are queued: ids are the numbers.
 */
import { acknowledge, startCounting, stepsMade } from './die-at-step.ts'

const { createOutbox } = await import('../../electron/outbox/create-outbox.ts')
const { dataFolderAt } = await import('../../electron/storage/data-folder.ts')
const { openDatabase } = await import('../../electron/storage/open-database.ts')
const { failure } = await import('../../shared/failures/failure.ts')
const { composedMailSchema } = await import('../../shared/model/outgoing-mail.ts')
const { draftOf } = await import('../fakes/one-account.ts')
// Loaded by the first mail that needs it: its own files are no steps.
await import('mailparser')
const { writeFileSync } = await import('node:fs')
const { join } = await import('node:path')

const folder = dataFolderAt(process.argv[2]!)
const opened = openDatabase(folder)
if (!opened.ok) throw new Error(opened.failure.code)
let number = 0
const outbox = createOutbox({ database: opened.value, folder, newId: () => String((number += 1)) })
const account = { id: 'office', ...draftOf() }
const attachment = join(folder.root, 'invoice')
writeFileSync(attachment, Buffer.alloc(100_000, 'i'))

function must<T>(outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: { readonly code: string } }): T {
  if (!outcome.ok) throw new Error(outcome.failure.code)
  return outcome.value
}
async function queue(): Promise<void> {
  const mail = composedMailSchema.parse({ accountId: 'office', to: [{ address: 'jan@customer.example' }], subject: 'Invoice', text: 'Hello' })
  acknowledge(`queued ${must(await outbox.queue(account, mail, [{ name: 'invoice.pdf', path: attachment }])).id}`)
}
function submit(): string {
  const { id } = outbox.take('office', new Date())!
  outbox.markSubmitting(id)
  acknowledge(`data ${id}`)
  return id
}

startCounting()
await queue()
await queue()
await queue()
const first = submit()
outbox.markSent(first, '250 ok', [])
acknowledge(`sent ${first}`)
const second = submit()
acknowledge(`answered ${second}`)
outbox.markFailed(second, failure('send.temporary'), [], new Date(0))
acknowledge(`again ${second}`)
await queue()
submit()
submit()
acknowledge(`steps ${stepsMade()}`)
