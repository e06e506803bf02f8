import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { MailProblem } from '../../../../shared/model/template.ts'
import { batchFolder, pdf, valueOf } from '../../../fakes/batch-folder.ts'

let place: ReturnType<typeof batchFolder>
beforeEach(() => void (place = batchFolder({ user: { displayName: 'Office', address: 'office@shop.example', organization: 'Shop' } })))
afterEach(() => place.remove())

const heading = 'email;naam;factuur;bedrag;datum\n'
const rowOf = (number: string, address = 'jan@customer.example', amount = '12,50') => `${address};Jan;${number};${amount};2027-01-03\n`
const files = () => (existsSync(place.folder.outbox) ? readdirSync(place.folder.outbox, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()) : [])
const notes = () => place.database.prepare('SELECT count(*) AS n FROM unsettled_file').get()?.['n']

async function problemsOf(table: Awaited<ReturnType<typeof place.open>>) {
  valueOf(await place.batches.check(table.id, table.order, place.quiet))
  const { rows } = valueOf(place.batches.rows(table.id, { only: 'problems', offset: 0, limit: 200 }))
  return rows.map(({ row, problems }) => [row, ...problems.map(({ code }) => code)] as [number, ...MailProblem['code'][]])
}
const queueAll = async (table: Awaited<ReturnType<typeof place.open>>) => place.batches.queue(table.id, table.order, place.quiet)

describe('a batch', () => {
  test('becomes one mail for each row, with its file, in one go', async () => {
    place.put('1.pdf', pdf('one'))
    place.put('2.pdf', pdf('two'))
    const table = await place.open(heading + rowOf('1') + rowOf('2', 'Fatima <fatima@customer.example>'))
    const batch = valueOf(await queueAll(table))
    expect(place.mails().map(({ subject, recipients, attachmentNames, state, batchId }) => [subject, recipients[0]?.address, attachmentNames[0], state, batchId])).toEqual([
      ['Invoice 2 from Shop', 'fatima@customer.example', '2.pdf', 'ready', batch.id],
      ['Invoice 1 from Shop', 'jan@customer.example', '1.pdf', 'ready', batch.id],
    ].toSorted((one, other) => place.mails().findIndex(({ subject }) => subject === one[0]) - place.mails().findIndex(({ subject }) => subject === other[0])))
    const message = readFileSync(join(place.folder.outbox, readdirSync(place.folder.outbox)[0] ?? '', files()[0]?.name ?? ''), 'utf8')
    expect(message).toContain('filename=')
    expect(place.batches.list(10)).toEqual([batch])
    expect(notes()).toBe(0)
  })

  test('has every mail to be looked at as it will be, before anything is queued', async () => {
    place.put('1.pdf', pdf())
    const table = await place.open(heading + rowOf('1'))
    expect(valueOf(await place.batches.check(table.id, table.order, place.quiet))).toEqual({ problems: 0 })
    const seen = valueOf(place.batches.preview(table.id, 0))
    expect(seen).toMatchObject({ row: 2, to: 'Jan <jan@customer.example>', file: '1.pdf', number: '1', from: { address: 'office@shop.example' }, mail: { subject: 'Invoice 1 from Shop' } })
    expect(seen.mail?.text).toContain('invoice 1 of 3 January 2027 for 12.50')
    valueOf(await queueAll(table))
    expect(valueOf(place.outbox.get(place.mails()[0]?.id ?? '')).text.trim()).toBe(seen.mail?.text.trim())
  })

  test('says of every row what is wrong with it, and queues none while one is', async () => {
    place.put('ok.pdf', pdf('ok'))
    place.put('text.pdf', 'Dear sir')
    place.put('empty.pdf', '')
    symlinkSync(join(place.invoices, 'ok.pdf'), join(place.invoices, 'link.pdf'))
    const table = await place.open(heading + [
      rowOf('ok'), rowOf('none'), rowOf('text'), rowOf('empty'), rowOf('link'), rowOf('../ok'), rowOf(''), rowOf('ok', ''), rowOf('ok', 'nobody at home'), rowOf('ok', 'jan@customer.example', 'free'),
      rowOf('OK ', 'JAN@customer.example'),
    ].join(''))
    expect(await problemsOf(table)).toEqual([
      [3, 'file-missing'], [4, 'file-not-pdf'], [5, 'file-not-pdf'], [6, 'file-not-regular'], [7, 'file-name'], [8, 'field-missing', 'file-unnamed'],
      [9, 'no-address'], [10, 'not-an-address'], [11, 'not-an-amount'], [12, 'file-missing', 'twice-in-table'],
    ])
    expect(await queueAll(table)).toMatchObject({ ok: false, failure: { code: 'batch.problems' } })
    expect([place.mails(), files(), notes(), place.batches.list(10)]).toEqual([[], [], 0, []])
  })

  test('names the field and the row of a mail that cannot be made', async () => {
    const table = await place.open('email;invoice\njan@customer.example;1\njan@customer.example;\n', { files: null })
    expect(await problemsOf(table)).toEqual([[3, 'field-missing']])
    expect(valueOf(place.batches.rows(table.id, { only: 'problems', offset: 0, limit: 1 })).rows[0]?.problems[0]?.field).toBe('document.number')
  })

  test('leaves nothing behind when it is cancelled', async () => {
    place.put('x.pdf', pdf())
    const table = await place.open(heading + Array.from({ length: 60 }, (_, index) => rowOf(String(index), `jan${index}@customer.example`)).join(''), { files: null })
    const stop = new AbortController()
    const queued = await place.batches.queue(table.id, table.order, { signal: stop.signal, progress: (made) => made > 20 && stop.abort() })
    expect(queued).toMatchObject({ ok: false, failure: { code: 'job.cancelled' } })
    expect([place.mails(), files(), notes(), place.batches.list(10)]).toEqual([[], [], 0, []])
  })
})

describe('a document', () => {
  const one = async (text = heading + rowOf('2027-1'), more = {}) => place.open(text, { files: null, ...more })

  test('goes to its recipient once, over batches too, unless it is asked for by name', async () => {
    valueOf(await queueAll(await one()))
    const again = await one(heading + rowOf(' 2027-1', 'Jan@Customer.example', '99,00'))
    expect(await problemsOf(again)).toEqual([[2, 'queued-before']])
    expect(await queueAll(again)).toMatchObject({ ok: false, failure: { code: 'batch.problems' } })
    expect(place.mails()).toHaveLength(1)
    expect((await queueAll(await one(heading + rowOf('2027-1'), { again: ['2027-1'] }))).ok).toBe(true)
    expect(place.mails()).toHaveLength(2)
  })

  test('is known by its bytes where it has another number, and goes to another recipient as it is', async () => {
    place.put('a.pdf', pdf('same'))
    place.put('b.pdf', pdf('same'))
    valueOf(await queueAll(await place.open(heading + rowOf('a'))))
    const table = await place.open(heading + rowOf('b') + rowOf('b', 'other@customer.example'))
    expect(await problemsOf(table)).toEqual([[2, 'queued-before']])
  })

  test('of another type may have the same number', async () => {
    valueOf(await queueAll(await one()))
    const statement = valueOf(place.templates.find('Statement')).id
    expect(await problemsOf(await one(heading + rowOf('2027-1'), { templateId: statement }))).toEqual([])
  })

  test('whose mail was cancelled may be queued again', async () => {
    valueOf(await queueAll(await one()))
    place.outbox.cancel(place.mails().map(({ id }) => id))
    expect(await problemsOf(await one())).toEqual([])
  })
})

describe('a row', () => {
  const three = heading + rowOf('1', 'a@customer.example') + rowOf('2', 'nobody at home') + rowOf('3', 'c@customer.example')

  test('is left out where that is asked for, whatever is wrong with it; the others are queued', async () => {
    const table = await place.open(three, { files: null, without: [1] })
    expect(await problemsOf(table)).toEqual([])
    expect(valueOf(place.batches.rows(table.id, { only: 'all', offset: 0, limit: 9 }))).toMatchObject({ total: 3, problems: 0, leftOut: 1, rows: [{ leftOut: false }, { leftOut: true }, { leftOut: false }] })
    expect(valueOf(await queueAll(table))).toMatchObject({ mails: 2 })
    expect(place.batches.list(1)).toMatchObject([{ mails: 2 }])
    expect(place.mails().map(({ recipients }) => recipients[0]?.address).toSorted()).toEqual(['a@customer.example', 'c@customer.example'])
  })

  test('whose document was queued before can be left out for that, and is no problem then', async () => {
    valueOf(await queueAll(await place.open(heading + rowOf('1'), { files: null })))
    const table = await place.open(heading + rowOf('1') + rowOf('2'), { files: null, skipQueued: true })
    expect(await problemsOf(table)).toEqual([])
    expect(valueOf(await queueAll(table))).toMatchObject({ mails: 1 })
    expect(await queueAll(table)).toMatchObject({ ok: false, failure: { code: 'batch.nothing-left' } })
    expect([place.mails().length, place.batches.list(9).length, notes()]).toEqual([2, 2, 0])
  })

  test('can be corrected without its file: checked, shown, tested and queued as it was corrected, and by that remembered', async () => {
    const corrections = [{ index: 1, column: 'email', value: 'b@customer.example' }, { index: 1, column: 'bedrag', value: '1' }, { index: 1, column: 'bedrag', value: '40,00' }]
    const table = await place.open(three, { files: null, corrections })
    expect(await problemsOf(table)).toEqual([])
    expect(valueOf(place.batches.rows(table.id, { only: 'all', offset: 0, limit: 9 })).rows.map(({ corrected }) => corrected)).toEqual([false, true, false])
    const seen = valueOf(place.batches.preview(table.id, 1))
    expect([seen.to, seen.cells.filter(({ value, inFile }) => value !== inFile)]).toEqual(['Jan <b@customer.example>', [
      { column: 'email', value: 'b@customer.example', inFile: 'nobody at home' }, { column: 'bedrag', value: '40,00', inFile: '12,50' },
    ]])
    expect(valueOf(await place.batches.sendTest(table.id, 1, null)).subject).toContain('Invoice 2')
    expect(valueOf(await queueAll(table))).toMatchObject({ mails: 3 })
    expect(place.mails().flatMap(({ recipients }) => recipients.map(({ address }) => address))).toContain('b@customer.example')
    expect(readFileSync(join(place.invoices, 'table.csv'), 'utf8')).toBe(three)
    expect(await problemsOf(await place.open(heading + rowOf('2', 'b@customer.example'), { files: null }))).toEqual([[2, 'queued-before']])
  })

  test('is corrected only where its table has that cell', async () => {
    for (const correction of [{ index: 1, column: 'Email', value: 'x' }, { index: 3, column: 'email', value: 'x' }]) {
      const table = await place.open(three, { files: null, corrections: [correction] })
      expect(await queueAll(table)).toMatchObject({ ok: false, failure: { code: 'input.invalid' } })
    }
    expect(place.mails()).toEqual([])
  })

  test('can be sent to oneself first: nobody else gets it, and it counts as no document sent', async () => {
    place.put('1.pdf', pdf('one'))
    const table = await place.open(heading + rowOf('1'))
    expect(await place.batches.sendTest(table.id, 0, null)).toMatchObject({ ok: false, failure: { code: 'batch.gone' } })
    expect(await problemsOf(table)).toEqual([])
    const sent = valueOf(await place.batches.sendTest(table.id, 0, null))
    expect(sent).toMatchObject({ subject: '[Test] Invoice 1 from Shop', attachmentNames: ['1.pdf'], batchId: null, recipients: [{ address: 'office@shop.example' }] })
    expect(valueOf(await place.batches.sendTest(table.id, 0, 'boss@shop.example')).recipients).toMatchObject([{ address: 'boss@shop.example' }])
    expect(await place.batches.sendTest(table.id, 0, 'nobody at home')).toMatchObject({ ok: false, failure: { code: 'input.invalid' } })
    expect(valueOf(await queueAll(table))).toMatchObject({ mails: 1 })
  })
})

test('a batch for later is queued now and waits for its time', async () => {
  const notBefore = new Date(place.clock.at.getTime() + 86_400_000).toISOString()
  valueOf(await queueAll(await place.open(heading + rowOf('1'), { files: null, notBefore })))
  expect(place.mails()).toMatchObject([{ state: 'scheduled', notBefore }])
  expect(place.outbox.accountsReady(place.clock.at)).toEqual([])
})

test('a sender that is switched off queues nothing, and says so', async () => {
  place.remove()
  place = batchFolder({ outgoing: { enabled: false, server: { use: 'own', host: 'smtp.shop.example' } } })
  const table = await place.open(heading + rowOf('1'), { files: null })
  expect(await queueAll(table)).toMatchObject({ ok: false, failure: { code: 'send.switched-off' } })
})

test('a file that changes between being looked at and being composed stops the batch', async () => {
  place.remove()
  place = batchFolder({}, () => void place.put('2.pdf', pdf('another, while it was composed')))
  for (const number of ['1', '2']) place.put(`${number}.pdf`, pdf(number))
  const table = await place.open(heading + rowOf('1') + rowOf('2'))
  expect(await queueAll(table)).toMatchObject({ ok: false, failure: { code: 'batch.problems' } })
  expect([place.mails(), files(), notes(), place.batches.list(10)]).toEqual([[], [], 0, []])
})

test('a row of any words at all is queued as it is, or named with its problem; never is it a bug', async () => {
  const templateId = valueOf(await place.templates.save(null, {
    name: 'Any words', documentType: 'letter', language: 'en', subject: '{{ document.number }} {{ recipient.name }}', text: '{{ document.note }}', html: '<p>{{ document.note }}</p>',
  })).id
  const words = fc.oneof(fc.string({ maxLength: 30 }), fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom('\r\nBcc: x@y.example', '{{ document.note }}', '<script>', '"', '=1+1', '\u202e', '\ud800', 'x'.repeat(1200)))
  const rows = fc.array(fc.record({ name: words, number: words, note: words, cc: fc.oneof(fc.constant(''), words) }), { minLength: 20, maxLength: 40 })
  let round = 0
  await fc.assert(fc.asyncProperty(rows, async (made) => {
    round += 1
    const clean = made.map((row, index) => ({ email: `c${index}@r${round}.example`, ...Object.fromEntries(Object.entries(row).map(([key, text]) => [key, text.replace(/(?![\t\n\v\r])\p{Cc}/gu, '')])) }))
    const first = await place.open(JSON.stringify(clean), { templateId, files: null }, 'any.json')
    const wrong = new Set((await problemsOf(first)).map(([row]) => row))
    const good = clean.filter((_, index) => !wrong.has(index + 1))
    const table = await place.open(JSON.stringify([...good, { email: `last@r${round}.example`, name: 'x', number: 'x', note: 'x' }]), { templateId, files: null }, 'any.json')
    expect(await queueAll(table)).toMatchObject({ ok: true, value: { mails: good.length + 1 } })
  }), { numRuns: 2 })
})
