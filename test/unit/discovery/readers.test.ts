/** The readers of files anybody may have written: what they take, what they refuse, and that nothing makes them throw or hang. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAutoconfig } from '../../../electron/discovery/read-autoconfig.ts'
import { readAutodiscover } from '../../../electron/discovery/read-autodiscover.ts'
import { mentions, readXml } from '../../../electron/discovery/read-xml.ts'

const parts = { address: 'jan@shop.example', localPart: 'jan', domain: 'shop.example' }
const origin = { source: 'autoconfig', voucher: 'own-web-server' } as const
const where = { host: 'autoconfig.shop.example' }
const config = (servers: string) => Buffer.from(`<clientConfig version="1.1"><emailProvider id="x">${servers}</emailProvider></clientConfig>`)
const autoconfig = async (servers: string) => {
  const read = await readAutoconfig(config(servers), parts, origin, where)
  return read.ok ? read.value : []
}
const account = (inner: string) => Buffer.from(`<Autodiscover xmlns="a"><Response xmlns="b"><Account>${inner}</Account></Response></Autodiscover>`)
const autodiscover = async (inner: string) => {
  const read = await readAutodiscover(account(inner), parts, origin, where)
  return read.ok ? read.value : { servers: [], pointer: null }
}

describe('autoconfig', () => {
  const server = (more: string, type = 'imap') => `<incomingServer type="${type}"><hostname>imap.%EMAILDOMAIN%</hostname><port>993</port><socketType>SSL</socketType>${more}</incomingServer>`

  test('puts the parts of the address where the file wants them', async () => {
    const [found] = await autoconfig(server('<username>%EMAILLOCALPART%+%EMAILDOMAIN%</username><authentication>password-cleartext</authentication>'))
    expect(found).toMatchObject({ host: 'imap.shop.example', userName: 'jan+shop.example', userNameForm: 'exact', otherUserName: null })
  })

  test.each([
    ['<authentication>OAuth2</authentication><authentication>password-cleartext</authentication>', ['oauth2', 'password']],
    ['<authentication>NTLM</authentication>', ['spa']],
    ['<authentication>password-encrypted</authentication><authentication>password-cleartext</authentication>', ['password']],
  ])('knows ways to sign in: %s', async (ways, methods) => {
    expect((await autoconfig(server(`<username>%EMAILADDRESS%</username>${ways}`)))[0]?.methods).toEqual(methods)
  })

  test('leaves out servers whose only way in is none of ours, and those that are nonsense', async () => {
    expect(await autoconfig(server('<authentication>GSSAPI</authentication>'))).toEqual([])
    expect(await autoconfig(server('', 'exchange'))).toEqual([])
    expect(await autoconfig('<incomingServer type="imap"><hostname>a b</hostname><port>993</port><socketType>SSL</socketType></incomingServer>')).toEqual([])
    expect(await autoconfig('<incomingServer type="imap"><hostname>a.shop.example</hostname><port>99999</port><socketType>SSL</socketType></incomingServer>')).toEqual([])
    expect(await autoconfig('<incomingServer type="imap"><hostname>a.shop.example</hostname><port>993</port><socketType>maybe</socketType></incomingServer>')).toEqual([])
  })

  test('a line break in a user name never reaches a server', async () => {
    expect(await autoconfig(server('<username>jan&#13;&#10;A1 LOGOUT</username>'))).toEqual([])
  })

  test('a file that asks a person for the user name gets the usual ones', async () => {
    expect((await autoconfig(server('<username>%CUSTOMFIELD%</username>')))[0]).toMatchObject({ userName: 'jan@shop.example', otherUserName: 'jan' })
  })

  test('takes a session for mail over HTTP only by https and without a password in it', async () => {
    const jmap = (url: string) => autoconfig(`<incomingServer type="jmap"><url>${url}</url><authentication>http-basic</authentication><username>%EMAILADDRESS%</username></incomingServer>`)
    expect(await jmap('https://api.shop.example/session?a=1&amp;b=2')).toMatchObject([{ protocol: 'jmap', sessionUrl: 'https://api.shop.example/session?a=1&b=2', host: 'api.shop.example', port: 443 }])
    expect(await jmap('http://api.shop.example/session')).toEqual([])
    expect(await jmap('https://jan:secret@api.shop.example/session')).toEqual([])
  })

  test('takes twenty servers and no more', async () => {
    expect(await autoconfig(server('').repeat(500))).toHaveLength(20)
  })
})

describe('Autodiscover', () => {
  const protocol = (type: string, port: number, more = '') => `<Protocol><Type>${type}</Type><Server>mail.shop.example</Server><Port>${port}</Port>${more}</Protocol>`

  test.each([
    ['<SSL>on</SSL>', 993, 'tls'], ['<SSL>on</SSL>', 143, 'starttls'], ['<SSL>off</SSL>', 143, 'none'], ['<Encryption>None</Encryption>', 143, 'none'],
    ['<Encryption>TLS</Encryption>', 143, 'starttls'], ['<Encryption>SSL</Encryption>', 9993, 'tls'], ['<SSL>off</SSL><Encryption>TLS</Encryption>', 143, 'starttls'], ['', 143, 'starttls'],
    ['<SSL>off</SSL>', 993, 'tls'],
  ])('%s on port %i is %s', async (more, port, security) => {
    expect((await autodiscover(protocol('IMAP', port, more))).servers[0]?.security).toBe(security)
  })

  test('reads who signs in, and that nobody does', async () => {
    expect((await autodiscover(protocol('SMTP', 587, '<LoginName>JAN@shop.example</LoginName>'))).servers[0]).toMatchObject({ userNameForm: 'address', methods: ['password'] })
    expect((await autodiscover(protocol('SMTP', 587, '<AuthRequired>off</AuthRequired>'))).servers[0]).toMatchObject({ userName: '', methods: [] })
  })

  test('leaves out what is not mail', async () => {
    expect((await autodiscover(protocol('EXCH', 443) + protocol('WEB', 443))).servers).toEqual([])
  })
})

describe('XML', () => {
  const read = (text: string) => readXml(Buffer.from(text), where)

  test.each([
    ['a document type', '<!DOCTYPE a><a/>'], ['one in other letters', '<!doctype a [<!ENTITY b "c">]><a>&b;</a>'], ['an entity', '<a><!ENTITY b "c"></a>'],
    ['a missing end', '<a><b></a>'], ['no element at all', 'hello'], ['depth', `${'<a>'.repeat(50)}${'</a>'.repeat(50)}`], ['number', `<a>${'<b/>'.repeat(20_000)}</a>`],
    ['a name that is a trap', '<a><__proto__><polluted>yes</polluted></__proto__></a>'],
  ])('is refused for %s', async (_why, text) => {
    expect(await read(text)).toMatchObject({ ok: false, failure: { code: 'server.protocol', evidence: { host: 'autoconfig.shop.example' } } })
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test.each<[string, Buffer]>([
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFF<?xml version="1.0"?><a>ü</a>')],
    ['UTF-16 little end first', Buffer.from('\uFEFF<?xml version="1.0" encoding="UTF-16"?><a>ü</a>', 'utf16le')],
    ['UTF-16 big end first', Buffer.from('\uFEFF<?xml version="1.0" encoding="UTF-16BE"?><a>ü</a>', 'utf16le').swap16()],
    ['Latin-1, as it says', Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>ü</a>', 'latin1')],
    ['windows-1252, as it says', Buffer.from("<?xml version='1.0' encoding = 'windows-1252' standalone='yes'?><a>ü</a>", 'latin1')],
    ['UTF-8 that says it is UTF-16', Buffer.from('<?xml version="1.0" encoding="UTF-16"?><a>ü</a>')],
  ])('is read in %s', async (_what, bytes) => {
    expect(mentions(bytes, 'a')).toBe(true)
    expect(await readXml(bytes, where)).toMatchObject({ ok: true, value: { a: 'ü' } })
  })

  test.each(['utf-7', 'no-such-thing', 'base64', 'x-user-defined-'])('in an encoding nobody knows (%s) it is refused', async (name) => {
    expect(await read(`<?xml version="1.0" encoding="${name}"?><a/>`)).toMatchObject({ failure: { code: 'server.protocol' } })
  })

  test('is refused for a document type in any encoding', async () => {
    expect(await readXml(Buffer.from('\uFEFF<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'utf16le'), where)).toMatchObject({ failure: { code: 'server.protocol', evidence: { detail: 'XML with a document type' } } })
  })

  test('is refused for its length before anybody reads it', async () => {
    expect(await readXml(new Uint8Array(300 * 1024), where)).toMatchObject({ failure: { code: 'server.answer-too-long' } })
  })

  const names = ['clientConfig', 'emailProvider', 'incomingServer', 'outgoingServer', 'hostname', 'port', 'socketType', 'username', 'authentication', 'Autodiscover', 'Response', 'Account', 'Protocol', 'Type', 'Server', 'toString', 'constructor']
  const piece = fc.oneof(
    fc.constantFrom(...names).map((name) => `<${name}>`), fc.constantFrom(...names).map((name) => `</${name}>`), fc.constantFrom(...names).map((name) => `<${name} type="imap"/>`),
    fc.string({ maxLength: 12 }), fc.constantFrom('<![CDATA[', ']]>', '<!--', '-->', '<?xml version="1.0"?>', '&amp;', '&#0;', '&#x110000;', '%EMAILADDRESS%', '993', '\u0000', '<', '>', '"'),
  )

  test('whatever it is, the readers answer and never throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), fc.boolean(), async (pieces, wrapped) => {
        const inner = pieces.join('')
        const bytes = wrapped ? config(inner) : Buffer.from(inner)
        for (const answer of [await readAutoconfig(bytes, parts, origin, where), await readAutodiscover(wrapped ? account(inner) : bytes, parts, origin, where)]) {
          expect(typeof answer.ok).toBe('boolean')
        }
      }),
      { numRuns: 500 },
    )
  })
})
