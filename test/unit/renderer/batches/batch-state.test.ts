import { expect, test } from 'vitest'
import { afterBatch, type BatchAction, mayGoOn, newBatch, orderOf } from '../../../../renderer/batches/batch-state.ts'
import { differs, draftOf, inserted, newTemplate } from '../../../../renderer/templates/template-form.ts'
import type { OpenedTable } from '../../../../shared/model/batch.ts'

const table: OpenedTable = { id: 'table-1', name: 'table.csv', columns: ['email', 'invoice'], rows: 3, firstRow: 2, sample: [], mapping: { 'recipient.address': 'email', 'document.number': 'invoice' }, fileRule: '{invoice}.pdf' }
const after = (...actions: readonly BatchAction[]) => actions.reduce(afterBatch, newBatch(7))
const opened = { do: 'opened', table } as const
const chosen = { do: 'choose', change: { accountId: 'office' } } as const

test('a batch goes on only with a table, a template, an account and a column of addresses', () => {
  expect(mayGoOn(after())).toBe(false)
  expect(mayGoOn(after(opened))).toBe(true)
  expect(mayGoOn(after(opened, { do: 'go', step: 'letter' }))).toBe(false)
  expect(mayGoOn(after(opened, chosen, { do: 'go', step: 'letter' }))).toBe(true)
  expect(mayGoOn(after(opened, chosen, { do: 'go', step: 'letter' }, { do: 'map', field: 'recipient.address', column: null }))).toBe(false)
})

test('what is asked for is what was chosen: files only where some were chosen, again only what was named', () => {
  expect(orderOf(after(opened), [])).toBeNull()
  expect(orderOf(after(opened, chosen), [])).toMatchObject({ accountId: 'office', templateId: 7, mapping: table.mapping, files: null, again: [] })
  const pdfs = { do: 'pdfs', pdfs: [{ name: '1.pdf', size: 3 }] } as const
  expect(orderOf(after(opened, chosen, pdfs, { do: 'again', name: '1' }, { do: 'again', name: '1' }), ['handle'])).toMatchObject({ files: { rule: '{invoice}.pdf', from: { is: 'handed', handles: ['handle'] } }, again: ['1'] })
})

test('rows are left out, and none is sent before a time, as chosen', () => {
  const state = after(opened, chosen, { do: 'without', rows: [2] }, { do: 'choose', change: { later: '2027-02-01T08:00' } })
  expect(orderOf(state, [])).toMatchObject({ without: [2], notBefore: new Date('2027-02-01T08:00').toISOString() })
  expect(orderOf(after(opened, chosen, { do: 'choose', change: { later: '2027-02-' } }), [])).toMatchObject({ without: [], notBefore: null })
  expect(afterBatch(state, opened).without).toEqual([])
})

test('another table forgets what was asked for the one before', () => {
  expect(after(opened, chosen, { do: 'again', name: '1' }, { do: 'started', step: 'check', jobId: 'job' }, opened)).toMatchObject({ again: [], jobId: null, accountId: 'office' })
  expect(after(opened, chosen, { do: 'anew' })).toMatchObject({ table: null, step: 'file', templateId: 7, accountId: 'office' })
})

test('a field comes where the cursor is, in place of what is selected', () => {
  expect(inserted('Dear NAME,', 5, 9, '{{ recipient.name }}')).toBe('Dear {{ recipient.name }},')
})

test('only what differs from what is saved is unsaved', () => {
  const saved = { ...newTemplate('Mine', 'nl'), id: 1, changedAt: '2027-01-01T00:00:00.000Z' }
  expect(differs(draftOf(saved), newTemplate('Mine', 'nl'))).toBe(false)
  expect(differs(draftOf(saved), newTemplate('Other', 'nl'))).toBe(true)
})
