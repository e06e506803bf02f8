/** `templates.…`: what mails that carry documents say. */
import { done } from '../../../shared/failures/failure.ts'
import type { HandlersOf } from '../handlers.ts'
import { nothingOf } from '../nothing-of.ts'
import type { Parts } from '../parts.ts'

export function templatesHandlers({ templates, batches, accounts }: Pick<Parts, 'templates' | 'batches' | 'accounts'>): HandlersOf<'templates'> {
  return {
    'templates.list': () => done({ templates: [...templates.list()] }),
    'templates.get': ({ id }) => templates.get(id),
    'templates.find': ({ key }) => templates.find(key),
    'templates.save': ({ id, draft }) => templates.save(id, draft),
    'templates.remove': ({ id }) => nothingOf(templates.remove(id)),
    async 'templates.preview'({ template, accountId, table }) {
      const account = accountId === null ? null : accounts.get(accountId)
      if (account !== null && !account.ok) return account
      const row = table === null ? null : batches.fieldsOfRow(table.id, table.index)
      if (row !== null && !row.ok) return row
      const { previewTemplate } = await import('../../outbox/templates/preview-template.ts')
      return done(previewTemplate(template, account?.value ?? null, row?.value ?? null, new Date()))
    },
  }
}
