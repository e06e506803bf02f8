import { expect, test } from 'vitest'
import { afterBatch, type BatchAction, correctedTo, mayGoOn, newBatch, orderOf } from '../../../../renderer/batches/batch-state.ts'
import { columnsConcerned } from '../../../../renderer/batches/columns-concerned.ts'
import { differs, draftOf, inserted, newTemplate } from '../../../../renderer/templates/template-form.ts'
import type { OpenedTable } from '../../../../shared/model/batch.ts'
import { mailProblem } from '../../../../shared/model/template.ts'

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
  const state = after(opened, chosen, { do: 'rows', change: { without: [2] } }, { do: 'choose', change: { later: '2027-02-01T08:00' } })
  expect(orderOf(state, [])).toMatchObject({ without: [2], notBefore: new Date('2027-02-01T08:00').toISOString() })
  expect(orderOf(after(opened, chosen, { do: 'choose', change: { later: '2027-02-' } }), [])).toMatchObject({ without: [], notBefore: null })
  expect(afterBatch(state, opened).without).toEqual([])
})

test('a cell that is written as the file has it needs no correction any more, and other rows keep theirs', () => {
  const first = correctedTo([{ index: 5, column: 'email', value: 'e@x.example' }], 2, [{ column: 'email', value: ' a@x.example ', inFile: 'a' }, { column: 'invoice', value: '7', inFile: '7' }])
  expect(first).toEqual([{ index: 5, column: 'email', value: 'e@x.example' }, { index: 2, column: 'email', value: 'a@x.example' }])
  expect(correctedTo(first, 2, [{ column: 'email', value: 'a', inFile: 'a' }])).toEqual([{ index: 5, column: 'email', value: 'e@x.example' }])
  expect(orderOf(after(opened, chosen, { do: 'rows', change: { corrections: first } }), [])?.corrections).toEqual(first)
  expect(after(opened, { do: 'rows', change: { corrections: first } }, opened).corrections).toEqual([])
})

test('of a row to be corrected, the cells that have to do with its problem are known', () => {
  const mapped = { columns: ['E-mail', 'Cc', 'Invoice no.', 'Amount due'], mapping: { 'recipient.address': 'E-mail', 'recipient.cc': 'Cc', 'document.number': 'Invoice no.' }, rule: '{Invoice no.}-{amount_due}.pdf' }
  const concerned = (...about: Parameters<typeof mailProblem>) => [...columnsConcerned([mailProblem(...about)], mapped)]
  expect(concerned('no-address', { field: 'recipient.address' })).toEqual(['E-mail'])
  expect(concerned('not-an-address', { value: 'x' })).toEqual(['E-mail', 'Cc'])
  expect(concerned('field-missing', { field: 'document.amount_due' })).toEqual(['Amount due'])
  expect(concerned('file-missing', { value: '7.pdf' })).toEqual(['Invoice no.', 'Amount due'])
  expect(concerned('queued-before', { value: '7' })).toEqual(['Invoice no.'])
  expect(concerned('template-wrong')).toEqual([])
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
