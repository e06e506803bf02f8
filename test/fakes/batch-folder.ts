/** A fresh data folder with an account, templates, batches, and a folder beside it for tables and PDFs. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createBatches } from '../../electron/outbox/batches/create-batches.ts'
import { createOutbox } from '../../electron/outbox/create-outbox.ts'
import { createTemplates } from '../../electron/outbox/templates/create-templates.ts'
import type { Account, AccountDraftInput } from '../../shared/model/account.ts'
import type { BatchOrder } from '../../shared/model/batch.ts'
import { letterheadOf } from '../../shared/model/letterhead.ts'
import { organizationSchema } from '../../shared/model/levels.ts'
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'
import { starterTemplates } from '../../shared/words/starter-templates.ts'
import { freshDataFolder } from './fresh-data-folder.ts'
import { draftOf } from './one-account.ts'

export const pdf = (words = '') => `%PDF-1.7\n${words}\n%%EOF\n`

export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure))
  return outcome.value
}

/** `atComposing` is called for each mail after it was looked at, before it is composed. */
export function batchFolder(change: Partial<AccountDraftInput> = {}, atComposing: () => void = () => undefined) {
  const place = freshDataFolder()
  const account: Account = { id: 'office', ...draftOf(change) }
  const letterhead = (of: Account) => letterheadOf(of, { organization: organizationSchema.parse({}), units: [] })
  const outbox = createOutbox({
    ...place,
    letterhead(of) {
      atComposing()
      return letterhead(of)
    },
  })
  const templates = createTemplates({ ...place, starters: starterTemplates })
  const batches = createBatches({
    ...place, templates, outbox, letterhead,
    accounts: { get: (id) => (id === account.id ? done(account) : failed('account.unknown', { name: id })) },
    handed: () => failed('file.unknown'),
  })
  const folder = join(place.folder.root, 'invoices')
  mkdirSync(folder)
  const put = (name: string, bytes: string | Uint8Array) => {
    writeFileSync(join(folder, name), bytes)
    return join(folder, name)
  }
  const templateId = valueOf(templates.find('Invoice')).id
  const quiet = { signal: new AbortController().signal, progress: () => undefined }
  return {
    ...place, account, outbox, templates, batches, invoices: folder, put, templateId, quiet,
    /** Opens what is a table's text and answers with its id and an order for it. */
    async open(text: string | Uint8Array, more: Partial<BatchOrder> = {}, name = 'table.csv') {
      const opened = valueOf(await batches.open({ name, path: put(name, text) }))
      const order: BatchOrder = { accountId: account.id, templateId, mapping: opened.mapping, files: opened.fileRule === null ? null : { rule: opened.fileRule, from: { is: 'folder', path: folder } }, again: [], without: [], corrections: [], skipQueued: false, hold: false, notBefore: null, ...more }
      return { ...opened, order }
    },
    mails: () => outbox.list({ states: null, accountId: null, offset: 0, limit: 500 }).mails,
  }
}
