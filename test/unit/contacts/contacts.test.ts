import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addressKey, isMachine } from '../../../electron/storage/address-functions.ts'
import { contactsWorld, own, value } from './contacts-world.ts'

let world: ReturnType<typeof contactsWorld>
beforeEach(() => {
  world = contactsWorld()
})
afterEach(() => world.remove())

const everybody = { search: '', order: 'name', offset: 0, limit: 500 } as const
const names = async (search = '') => (await world.contacts.list({ ...everybody, search })).contacts.map(({ name }) => name)
const recordOf = async (key: string) => (await world.lettersOf(value(await world.contacts.find(key)).id)).map(({ subject }) => subject)
const folder = (path: string, use: string) =>
  world.database.prepare("INSERT INTO folder (account_id, path, special_use, holds_messages, on_server) VALUES ('office', ?, ?, 1, 1)").run(path, use)

describe('addresses', () => {
  test.each([
    ['Anna@Example.NL', 'anna@example.nl'],
    ['anna@bücher.example', 'anna@xn--bcher-kva.example'],
    ['anna@BÜCHER.example', 'anna@xn--bcher-kva.example'],
    ['zoe\u0301@example.nl', 'zo\u00e9@example.nl'],
    ['ZO\u00c9@example.nl', 'zo\u00e9@example.nl'],
    ['"a@b"@example.nl', '"a@b"@example.nl'],
  ])('%s files like %s', (one, other) => expect(addressKey(one)).toBe(addressKey(other)))

  test.each(['', 'nobody', '@example.nl', 'nobody@', ' '])('“%s” is no address and files nowhere', (text) => expect(addressKey(text)).toBe(''))

  test('a person is one contact whatever the spelling of their address', async () => {
    await world.receive([{ subject: 'one', name: 'Zoë', address: 'ZOË@Bücher.example' }, { subject: 'two', name: 'Zoë', address: 'zoë@xn--bcher-kva.example' }])
    expect(await names()).toEqual(['Zoë'])
    expect((await recordOf('Zoë@BÜCHER.EXAMPLE')).toSorted()).toEqual(['one', 'two'])
  })
})

describe('who becomes a contact', () => {
  test.each(['no-reply@bank.example', 'noreply+17@bank.example', 'do_not_reply@bank.example', 'billing-noreply@bank.example', 'mailer-daemon@mx.example', 'bounces+anna=example.nl@list.example', 'niet-beantwoorden@bank.example'])(
    '%s is no person', (address) => expect(isMachine(address)).toBe(true),
  )
  test.each(['anna@bank.example', 'noreen.plyer@bank.example', 'reply@bank.example', 'info@bank.example', 'norepl@bank.example'])('%s may be one', (address) => expect(isMachine(address)).toBe(false))

  test.each(['List-Id: <news.shop.example>', 'List-Unsubscribe: <https://shop.example/off>', 'Precedence: bulk', 'Auto-Submitted: auto-replied'])(
    'mail to many or by a program (%s) makes nobody a contact, but goes on the record of one', async (header) => {
      const address = 'anna@people.example'
      const [bulk] = await world.receive([{ subject: 'to all', name: 'Anna', address, headers: [header] }])
      expect(await names()).toEqual([])
      expect((await world.contacts.parties(bulk!)).parties).toEqual([{ name: 'Anna', address, contact: null }])
      const [personal] = await world.receive([{ subject: 'to you', name: 'Anna', address, headers: ['Auto-Submitted: no'] }])
      expect(await names()).toEqual(['Anna'])
      expect((await recordOf(address)).toSorted()).toEqual(['to all', 'to you'])
      // Known by the personal mail alone: with it, the contact goes, and the mail to many does not tell that there was one.
      world.mark([personal!], true)
      expect(await names()).toEqual([])
    },
  )

  test('everybody a mail went to, but none of one’s own addresses', async () => {
    folder('Sent', 'sent')
    await world.sentElsewhere([{ subject: 'meeting', name: 'Anna', address: 'anna@people.example', headers: [`Cc: Bram <bram@people.example>, ${own.toUpperCase()}`] }])
    expect(await names()).toEqual(['Anna', 'Bram'])
    expect(await recordOf('bram@people.example')).toEqual(['meeting'])
  })

  test('mail from an address nobody knew as one’s own is sent mail once an account has it', async () => {
    await world.receive([{ subject: 'from sales', name: 'Sales', address: 'sales@shop.example' }, { subject: 'order', name: 'Anna', address: 'anna@people.example' }])
    expect(await names()).toEqual(['Anna', 'Sales'])
    world.contacts.setOwnAddresses([own, 'Sales@Shop.example'])
    expect(await names()).toEqual(['Anna'])
  })

  test('mail in the folder for sent mail was sent, under whatever address', async () => {
    folder('Sent', 'sent')
    await world.receive([{ subject: 'as the shop', name: 'Shop', address: 'alias@shop.example' }], undefined, 'Sent')
    expect(await names()).toEqual([])
  })

  test.each(['junk', 'drafts', 'trash'])('what lies in the folder for %s is on no record, until it is moved elsewhere', async (use) => {
    folder('There', use)
    const [mail] = await world.receive([{ subject: 'hello', name: 'Anna', address: 'anna@people.example' }], undefined, 'There')
    expect(await names()).toEqual([])
    expect((await world.contacts.parties(mail!)).filed).toBe(false)
    world.database.exec("UPDATE message SET folder = 'INBOX'")
    expect(await recordOf('anna@people.example')).toEqual(['hello'])
    world.database.exec("UPDATE message SET folder = 'There'")
    expect(await names()).toEqual([])
  })

  test('a draft is on no record, until it is none any more', async () => {
    await world.receive([{ subject: 'hello', name: 'Anna', address: 'anna@people.example' }])
    world.database.exec('UPDATE message SET draft = 1')
    expect(await names()).toEqual([])
    world.database.exec('UPDATE message SET draft = 0')
    expect(await names()).toEqual(['Anna'])
  })

  test('a large store is filed bit by bit, all of it, and each message once', async () => {
    await world.receive(Array.from({ length: 1203 }, (_, at) => ({ subject: `no. ${at}`, name: `Person ${at % 7}`, address: `person-${at % 7}@people.example` })))
    expect((await world.contacts.list({ ...everybody, order: 'last' })).contacts.map(({ received }) => received).toSorted()).toEqual([171, 172, 172, 172, 172, 172, 172])
    await world.contacts.fileNewMail()
    expect(world.database.prepare('SELECT count(*) AS n FROM correspondence').get()).toEqual({ n: 1203 })
  })
})

describe('mail from the outbox', () => {
  const anna = { subject: 'invoice', name: 'Anna', address: 'anna@people.example' }

  test('is on the record once it was sent, not before, and not of those whose server refused it', async () => {
    await world.queue(anna)
    expect(await names()).toEqual([])
    await world.submit(false, anna.address)
    expect(await names()).toEqual([])
    await world.queue({ ...anna, subject: 'again' })
    await world.submit()
    expect(await recordOf(anna.address)).toEqual(['again'])
  })

  test('and its copy on the server are one mail: once on the record, private together', async () => {
    folder('Sent', 'sent')
    const queued = await world.queue(anna)
    await world.submit()
    const { messageId } = value(world.outbox.get(String(queued.id)))
    const [copy] = await world.sentElsewhere([{ ...anna, headers: [`Message-ID: ${messageId}`] }])
    expect(await recordOf(anna.address)).toEqual(['invoice'])
    world.mark([copy!], true)
    expect(await names()).toEqual([])
    expect(value(world.outbox.get(String(queued.id)))).toMatchObject({ private: true })
    world.mark([queued], false)
    expect(await recordOf(anna.address)).toEqual(['invoice'])
    expect(value(await world.mail.read(Number(copy!.id)))).toMatchObject({ private: false })
  })

  test('a copy of a private mail comes in private', async () => {
    const queued = await world.queue(anna)
    await world.submit()
    world.mark([queued], true)
    const { messageId } = value(world.outbox.get(String(queued.id)))
    const [copy] = await world.sentElsewhere([{ ...anna, headers: [`Message-ID: ${messageId}`] }])
    expect(value(await world.mail.read(Number(copy!.id)))).toMatchObject({ private: true })
    expect(await names()).toEqual([])
  })
})

describe('what a person does', () => {
  const anna = 'anna@people.example'
  const bram = 'bram@people.example'
  const draft = (name: string, addresses: readonly string[], note = '') => ({ name, addresses: [...addresses], note })

  test('a contact added by hand has the mail that came before on its record', async () => {
    await world.receive([{ subject: 'news', address: anna, headers: ['List-Id: <x>'] }])
    value(await world.contacts.create(draft('Anna', [anna])))
    expect(await recordOf('anna')).toEqual(['news'])
  })

  test('an address has one contact: taking another’s is refused, and says whose it is', async () => {
    value(await world.contacts.create(draft('Anna', [anna])))
    expect(await world.contacts.create(draft('Bram', [bram, anna.toUpperCase()]))).toMatchObject({
      ok: false, failure: { code: 'contact.address-taken', evidence: { name: 'Anna', fields: [{ path: 'addresses.1', problem: 'address-taken' }] } },
    })
    expect(await names()).toEqual(['Anna'])
  })

  test('merged contacts have one record, and their parts leave it again one by one', async () => {
    await world.receive([{ subject: 'from Anna', name: 'Anna', address: anna }, { subject: 'from Bram', name: 'Bram', address: bram }])
    const [first, second] = (await world.contacts.list(everybody)).contacts
    value(await world.contacts.merge(first!.id, [second!.id]))
    expect((await world.lettersOf(first!.id)).map(({ subject }) => subject).toSorted()).toEqual(['from Anna', 'from Bram'])
    expect(await world.contacts.get(second!.id)).toMatchObject({ ok: false, failure: { code: 'contact.unknown' } })
    value(await world.contacts.change(first!.id, draft('', [anna])))
    expect(await names()).toEqual(['Anna', 'Bram'])
    expect(await recordOf(bram)).toEqual(['from Bram'])
  })

  test('a mail to two addresses of one contact is one mail on the record and in its counts', async () => {
    value(await world.contacts.create(draft('Anna', [anna, bram])))
    await world.sentElsewhere([{ subject: 'to both', address: anna, headers: [`Cc: ${bram}`] }])
    const { id, sent } = value(await world.contacts.find('Anna'))
    expect({ sent, letters: (await world.lettersOf(id)).length }).toEqual({ sent: 1, letters: 1 })
  })

  test('a record is searched by the texts of its mail, by mail of others never, and never by a private one', async () => {
    const [open, hidden] = await world.receive([{ subject: 'one', name: 'Anna', address: anna }, { subject: 'two', name: 'Anna', address: anna }, { subject: 'three', name: 'Bram', address: bram }])
    expect((await world.mail.index({ signal: new AbortController().signal, tell: () => undefined })).ok).toBe(true)
    const { id } = value(await world.contacts.find(anna))
    const found = async (search: string) => value(await world.contacts.letters({ id, search, offset: 0, limit: 9 })).letters.map(({ subject }) => subject).toSorted()
    expect([await found('text'), await found('text of two'), await found('text of three'), await found('wo'), await found('*')]).toEqual([['one', 'two'], ['two'], [], ['two'], []])
    world.mark([hidden!], true)
    expect([await found('text'), await found('text of two')]).toEqual([['one'], []])
    expect(open).toBeDefined()
  })

  test('a merge with oneself or with nobody changes nothing', async () => {
    const { id } = value(await world.contacts.create(draft('Anna', [anna], 'note')))
    expect(value(await world.contacts.merge(id, [id]))).toMatchObject({ name: 'Anna', note: 'note', addresses: [anna] })
    expect(await world.contacts.merge(id, [999])).toMatchObject({ ok: false, failure: { code: 'contact.unknown' } })
  })

  test('a typed name outdoes the learnt one, and taken away, the learnt one is back', async () => {
    await world.receive([{ subject: 'hello', name: 'A. de Wit', address: anna }])
    const { id } = value(await world.contacts.find(anna))
    expect(value(await world.contacts.change(id, draft('Auntie Anna', [anna])))).toMatchObject({ name: 'Auntie Anna', typedName: 'Auntie Anna' })
    expect(value(await world.contacts.change(id, draft('', [anna])))).toMatchObject({ name: 'A. de Wit', typedName: '' })
  })

  test('contacts are found by parts of name, address and note, without accents and in any case', async () => {
    value(await world.contacts.create(draft('Zoë Müller', [anna], 'Kerkstraat 12')))
    value(await world.contacts.create(draft('Bram', [bram])))
    for (const search of ['zoe', 'MULLER zoë', 'anna@people', 'kerk 12']) expect(await names(search)).toEqual(['Zoë Müller'])
    expect(await names('zoe bram')).toEqual([])
    expect(await names('people')).toEqual(['Bram', 'Zoë Müller'])
  })

  test('two of one name are told apart by address, and asking for the name says so', async () => {
    value(await world.contacts.create(draft('Anna', [anna])))
    value(await world.contacts.create(draft('anna', [bram])))
    expect(await world.contacts.find('Anna')).toMatchObject({ ok: false, failure: { code: 'contact.ambiguous' } })
    expect(value(await world.contacts.find(bram)).name).toBe('anna')
  })
})
