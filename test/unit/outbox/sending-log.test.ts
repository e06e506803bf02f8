import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createOutbox } from '../../../electron/outbox/create-outbox.ts'
import type { Outbox } from '../../../electron/outbox/outbox.ts'
import { createSendingLog } from '../../../electron/outbox/sending-log/create-sending-log.ts'
import { logCsv } from '../../../electron/outbox/sending-log/log-csv.ts'
import type { LogLine, SendingLog } from '../../../electron/outbox/sending-log/sending-log.ts'
import { outgoingFilterSchema } from '../../../shared/model/outgoing-filter.ts'
import { composedMailSchema } from '../../../shared/model/outgoing-mail.ts'
import type { Language } from '../../../shared/model/preferences.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'
import { mailsInHand } from '../../fakes/mails-in-hand.ts'
import { draftOf } from '../../fakes/one-account.ts'

let place: ReturnType<typeof freshDataFolder>
let outbox: Outbox
let log: SendingLog

beforeEach(() => {
  place = freshDataFolder()
  outbox = createOutbox(place)
  log = createSendingLog(place)
})
afterEach(() => place.remove())

async function queued(subject: string, to: readonly string[] = ['anna@buyer.example'], { accountId = 'office', hold = false, name = '' } = {}): Promise<string> {
  const mail = await outbox.queue({ id: accountId, ...draftOf() }, composedMailSchema.parse({ accountId, to: to.map((address) => ({ address, name })), subject, hold }), [])
  if (!mail.ok) throw new Error(mail.failure.code)
  return mail.value.id
}

async function sent(subject: string, to?: readonly string[]): Promise<string> {
  await queued(subject, to)
  return (await mailsInHand(outbox).send(place.clock.at)).id
}

function bounce(id: string, address: string): void {
  const mail = outbox.get(id)
  if (!mail.ok) throw new Error(mail.failure.code)
  const recipient = { recipient: address, originalRecipient: null, action: 'failed' as const, status: '5.1.1', replyCode: 550, cause: 'no-such-address' as const, bounce: 'hard' as const, words: '=HYPERLINK("http://x.example")' }
  outbox.noteReturned([{ read: { is: 'delivery-report', about: { envelopeId: null, messageIds: [mail.value.messageId] }, reportingServer: null, recipients: [recipient] }, at: place.clock.at }], 1)
}

const filter = (change: object = {}) => outgoingFilterSchema.parse(change)
const days = (count: number) => void (place.clock.at = new Date(place.clock.at.getTime() + count * 24 * 60 * 60 * 1000))

function allLines(change: object, limit: number): readonly LogLine[] {
  const lines: LogLine[] = []
  for (let after: string | null = null; ; ) {
    const page = log.page(filter(change), after, limit)
    lines.push(...page.lines)
    if (page.next === null) return lines
    after = page.next
  }
}

describe('the figures by day', () => {
  test('count each mail once, by what is known of it now, on the day it was put in the outbox', async () => {
    bounce(await sent('one'), 'anna@buyer.example')
    await sent('two')
    days(1)
    await sent('three')
    await queued('four')
    await queued('five', undefined, { hold: true })
    outbox.cancel([await queued('six')])
    expect(log.days({ days: 14, accountId: null, batchId: null })).toEqual([
      { day: '2026-11-22', sent: 1, bounced: 1, waiting: 0, failed: 0 },
      { day: '2026-11-23', sent: 1, bounced: 0, waiting: 2, failed: 0 },
    ])
    expect(log.days({ days: 1, accountId: null, batchId: null }).map(({ day }) => day)).toEqual(['2026-11-23'])
    expect(log.days({ days: 14, accountId: 'other', batchId: null })).toEqual([])
  })
})

describe('the log', () => {
  test('has a line for each recipient, the oldest first, in pages of any size', async () => {
    const first = await sent('one', ['anna@buyer.example', 'ben@buyer.example', 'carl@buyer.example'])
    await sent('two')
    await queued('three', ['dora@buyer.example', 'emil@buyer.example'])
    bounce(first, 'ben@buyer.example')
    const whole = allLines({}, 500)
    expect(whole.map(({ subject, address, state, returned }) => [subject, address.split('@')[0], state, returned?.outcome ?? null])).toEqual([
      ['one', 'anna', 'bounced', null], ['one', 'ben', 'bounced', 'bounced'], ['one', 'carl', 'bounced', null], ['two', 'anna', 'sent', null], ['three', 'dora', 'ready', null], ['three', 'emil', 'ready', null],
    ])
    expect([1, 2, 3, 4].map((limit) => allLines({}, limit))).toEqual([whole, whole, whole, whole])
    expect([log.count(filter()), log.page(filter(), '1; DROP TABLE outgoing', 10).lines.length]).toEqual([3, 6])
  })

  test.each([
    [{ search: 'BUYER carl' }, ['one']],
    [{ search: 'müller' }, ['100% two_']],
    [{ search: '100% _' }, ['100% two_']],
    [{ search: 'nothing' }, []],
    [{ states: ['ready'] }, ['100% two_', 'three']],
    [{ since: '2026-11-24' }, ['three']],
    [{ until: '2026-11-22' }, ['one']],
    [{ since: '2026-11-23', until: '2026-11-23' }, ['100% two_']],
    [{ accountId: 'other' }, ['three']],
    [{ batchId: 'none' }, []],
  ])('and the list take the same filter: %j', async (change, subjects) => {
    await sent('one', ['carl@buyer.example'])
    days(1)
    await queued('100% two_', ['x@elsewhere.example'], { name: 'Frau müller' })
    days(1)
    await queued('three', undefined, { accountId: 'other' })
    expect(allLines(change, 10).map(({ subject }) => subject)).toEqual(subjects)
    const listed = outbox.list({ ...filter(change), offset: 0, limit: 10 })
    expect([listed.mails.map(({ subject }) => subject).toReversed(), listed.total]).toEqual([subjects, subjects.length])
  })
})

describe('exported as CSV', () => {
  const csv = (language: Language, lines: readonly LogLine[], heading = true) => logCsv(lines, { language, accountName: (id) => (id === 'office' ? 'Office; main' : id), heading })

  test('says what the screen says, in the language and with the separator of its spreadsheets', async () => {
    bounce(await sent('Invoice "12"; final'), 'anna@buyer.example')
    const text = csv('nl', allLines({}, 10))
    expect(text.startsWith('\ufeff')).toBe(true)
    const [row] = parse(text, { columns: true, delimiter: ';', bom: true }) as readonly Readonly<Record<string, string>>[]
    expect(row).toMatchObject({
      Status: 'Teruggekomen', Account: 'Office; main', Van: 'office@shop.example', Soort: 'Aan', Adres: 'anna@buyer.example', Onderwerp: 'Invoice "12"; final', Resultaat: 'aangenomen', 'Wat er terugkwam': 'Teruggekomen', Verzonden: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
    })
    expect((parse(csv('en', allLines({}, 10)), { columns: true, bom: true }) as readonly Readonly<Record<string, string>>[])[0]).toMatchObject({ State: 'Bounced', 'What came back': 'Bounced' })
  })

  test('has its heading once, whatever number of pieces it comes in', async () => {
    await sent('one')
    expect([csv('en', [], true).split('\r\n').length, csv('en', allLines({}, 10), false).split('\r\n').length]).toEqual([2, 2])
    expect(csv('en', allLines({}, 10), false).startsWith('\ufeff')).toBe(false)
  })

  test('has no cell that a spreadsheet takes for a formula, whoever wrote it', async () => {
    const subjects = ['=1+1', '+31', '-2', '@SUM(A1)', '\t=1', '＝1+1']
    for (const subject of subjects) await sent(subject.trim(), ['anna@buyer.example'])
    bounce(await sent('last'), 'anna@buyer.example')
    const cells = (parse(csv('en', allLines({}, 50)), { bom: true }) as readonly (readonly string[])[]).flat()
    expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([])
    expect(cells).toContain('\'=HYPERLINK("http://x.example")')
  })
})
