/**
 * Queues mails and moves them as runs do; says what the outbox has acknowledged, and what a server may have been told.
 * Mails are numbered in the order they are queued: ids are the numbers.
 */
import type { TakenMail } from '../../electron/outbox/outbox.ts'
import { acknowledge, startCounting, stepsMade } from './die-at-step.ts'

const { createOutbox } = await import('../../electron/outbox/create-outbox.ts')
const { dataFolderAt } = await import('../../electron/storage/data-folder.ts')
const { openDatabase } = await import('../../electron/storage/open-database.ts')
const { failure } = await import('../../shared/failures/failure.ts')
const { composedMailSchema } = await import('../../shared/model/outgoing-mail.ts')
const { mailsInHand } = await import('../fakes/mails-in-hand.ts')
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
const run = mailsInHand(outbox)
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
async function submit(): Promise<TakenMail> {
  const mail = run.take(new Date())!
  await run.submitting(mail)
  acknowledge(`data ${mail.id}`)
  return mail
}

startCounting()
await queue()
await queue()
await queue()
const first = await submit()
await run.sent(first)
acknowledge(`sent ${first.id}`)
const second = await submit()
acknowledge(`answered ${second.id}`)
await run.refused(second, failure('send.temporary'), new Date(0))
acknowledge(`again ${second.id}`)
await queue()
await submit()
await submit()
acknowledge(`steps ${stepsMade()}`)
