import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTemplates } from '../../../../electron/outbox/templates/create-templates.ts'
import type { TemplateDraft } from '../../../../shared/model/template.ts'
import { starterTemplates } from '../../../../shared/words/starter-templates.ts'
import { freshDataFolder } from '../../../fakes/fresh-data-folder.ts'

let place: ReturnType<typeof freshDataFolder>
beforeEach(() => void (place = freshDataFolder()))
afterEach(() => place.remove())

const open = () => createTemplates({ ...place, starters: starterTemplates })
const draft = (change: Partial<TemplateDraft> = {}): TemplateDraft => ({ name: 'Mine', documentType: 'invoice', language: 'en', subject: 'Invoice {{ document.number }}', text: 'Hello', html: null, ...change })

test('a new folder begins with templates in both languages; those that were removed do not come back', () => {
  const templates = open()
  expect(templates.list().map(({ name }) => name)).toEqual(starterTemplates.map(({ name }) => name).toSorted())
  for (const { id } of templates.list()) expect(templates.remove(id).ok).toBe(true)
  expect(open().list()).toEqual([])
})

test('a template is kept as it was written, and found by its name in any case', async () => {
  const saved = await open().save(null, draft({ html: '<p>{{ document.number }}</p>' }))
  expect(saved).toMatchObject({ ok: true, value: { name: 'Mine', html: '<p>{{ document.number }}</p>', changedAt: '2026-11-22T09:00:00.000Z' } })
  expect(open().find('mine')).toEqual(saved)
})

test('a wrong one is not saved, and the places are named; nor is one whose name is taken', async () => {
  const templates = open()
  expect(await templates.save(null, draft({ text: 'a\n{{ document.x | nonsense }}' }))).toMatchObject({ ok: false, failure: { code: 'template.wrong', evidence: { faults: [{ part: 'text', line: 2, column: 1 }] } } })
  expect(await templates.save(null, draft({ name: 'INVOICE' }))).toMatchObject({ ok: false, failure: { code: 'input.invalid', evidence: { fields: [{ path: 'name', problem: 'name-taken' }] } } })
  expect(templates.list()).toHaveLength(starterTemplates.length)
})

test('one that a watched folder needs is not removed', () => {
  const templates = open()
  const [first] = templates.list()
  place.database.prepare("INSERT INTO watched_folder (path, template_id, polling, enabled) VALUES ('/invoices', ?, 0, 1)").run(first?.id ?? 0)
  expect(templates.remove(first?.id ?? 0)).toMatchObject({ ok: false, failure: { code: 'template.in-use', evidence: { name: '/invoices' } } })
})
