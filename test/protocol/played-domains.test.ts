/** Whole look-ups of domains played on loopback: real names, real TLS, real bytes. */
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Findings, Source } from '../../shared/model/findings.ts'
import { lookUpNames, type Preferences, preferencesSchema } from '../../shared/model/preferences.ts'
import { lookUpIn, type Looking } from '../fakes/look-up-in.ts'
import { type Authority, playInternet, type Played, type PlayedHost, type PlayedInternet, trustedAuthority, type WebReply } from '../fakes/played-internet.ts'

let authority: Authority
let internet: PlayedInternet
beforeAll(() => {
  authority = trustedAuthority()
})
afterAll(() => authority.close())
afterEach(() => internet.close())

const usual = preferencesSchema.parse({})
async function look(played: Played, looking: Looking = {}): Promise<Findings> {
  internet = await playInternet(played, authority)
  return lookUpIn(internet, looking)
}

const states = ({ sources }: Findings) => Object.fromEntries(sources.map(({ source, state }) => [source, state]))
const taken = ({ incoming, outgoing }: Findings) => [incoming, outgoing].map((servers) => servers.find(({ cautions }) => cautions.length === 0)?.host ?? null)

const server = (kind: 'incoming' | 'outgoing', type: string, host: string, port: number, socket: string, userName = '%EMAILADDRESS%') =>
  `<${kind}Server type="${type}"><hostname>${host}</hostname><port>${port}</port><socketType>${socket}</socketType><username>${userName}</username><authentication>password-cleartext</authentication></${kind}Server>`
const config = (...servers: readonly string[]) => `<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="shop.example"><domain>shop.example</domain>${servers.join('')}</emailProvider></clientConfig>`
/** A web server that has one thing at one path. */
const webWith = (path: string, body: string): PlayedHost => ({ web: (question) => (question.path.split('?')[0] === path ? { body } : { status: 404 }) })
const mailHost: PlayedHost = { mail: ['imap tls 993', 'pop3 tls 995', 'smtp tls 465', 'smtp starttls 587'] }

const ownServers = config(server('incoming', 'imap', 'box.shop.example', 993, 'SSL', '%EMAILLOCALPART%'), server('outgoing', 'smtp', 'box.shop.example', 587, 'STARTTLS'))

describe('one source alone is enough', () => {
  test.each([
    ['autoconfig.shop.example', '/mail/config-v1.1.xml'],
    ['autoconfig.shop.example', '/.well-known/mail-v1.xml'],
    ['shop.example', '/.well-known/autoconfig/mail/config-v1.1.xml'],
  ])('autoconfig at %s%s', async (host, path) => {
    const findings = await look({ hosts: { [host]: webWith(path, ownServers), 'box.shop.example': mailHost } })
    expect(states(findings)).toMatchObject({ autoconfig: 'found' })
    expect(findings.incoming[0]).toMatchObject({ source: 'autoconfig', host: 'box.shop.example', port: 993, security: 'tls', userName: 'jan', userNameForm: 'local-part', answered: true, cautions: [] })
    expect(findings.outgoing[0]).toMatchObject({ host: 'box.shop.example', port: 587, security: 'starttls', userName: 'jan@shop.example', answered: true })
    expect(internet.questions.filter(({ path: asked }) => asked.includes('jan'))).toEqual([])
  })

  test('the public list', async () => {
    const findings = await look({ hosts: { 'autoconfig.thunderbird.net': webWith('/v1.1/shop.example', config(server('incoming', 'imap', 'mx.hoster.example', 993, 'SSL'), server('outgoing', 'smtp', 'mx.hoster.example', 465, 'SSL'))), 'mx.hoster.example': mailHost } })
    expect(findings.incoming[0]).toMatchObject({ source: 'ispdb', host: 'mx.hoster.example', answered: true, cautions: [] })
    expect(taken(findings)).toEqual(['mx.hoster.example', 'mx.hoster.example'])
  })

  test('SRV records', async () => {
    const findings = await look({
      zone: { services: { '_imaps._tcp.shop.example': [{ target: 'box.shop.example', port: 993 }], '_submissions._tcp.shop.example': [{ target: 'box.shop.example', port: 465 }] } },
      hosts: { 'box.shop.example': mailHost },
    })
    expect(findings.incoming[0]).toMatchObject({ source: 'srv', host: 'box.shop.example', answered: true, cautions: [], methods: ['password'] })
    expect(taken(findings)).toEqual(['box.shop.example', 'box.shop.example'])
  })

  test('MX to a provider of the table', async () => {
    const findings = await look({ zone: { exchangers: { 'shop.example': ['aspmx.l.google.com'] } }, hosts: { 'imap.gmail.com': mailHost, 'smtp.gmail.com': mailHost } })
    expect(findings.incoming[0]).toMatchObject({ source: 'mx', host: 'imap.gmail.com', cautions: [] })
    expect(findings.guidance).toMatchObject({ provider: 'Gmail' })
  })

  test.each([
    ['shop-example.x-v1.mx.microsoft', 'outlook.office365.com', 'smtp.office365.com'],
    ['mx00.ionos.de', 'imap.ionos.de', 'smtp.ionos.de'],
    ['mx.zoho.eu', 'imappro.zoho.eu', 'smtppro.zoho.eu'],
    ['mx.transip.email', 'imap.transip.email', 'smtp.transip.email'],
    ['in1-smtp.messagingengine.com', 'imap.fastmail.com', 'smtp.fastmail.com'],
    ['smtpin.rzone.de', 'imap.strato.de', 'smtp.strato.de'],
    ['mxbiz1.qq.com', 'imap.exmail.qq.com', 'smtp.exmail.qq.com'],
  ])('MX to %s, where companies have their own domains', async (exchanger, incoming, outgoing) => {
    const findings = await look({ zone: { exchangers: { 'shop.example': [exchanger] } }, hosts: { [incoming]: mailHost, [outgoing]: mailHost } })
    expect(taken(findings)).toEqual([incoming, outgoing])
    expect(findings.incoming[0]).toMatchObject({ source: 'mx', userName: 'jan@shop.example' })
  })

  test('MX to a provider that only the public list knows is marked, because only the name service led there', async () => {
    const findings = await look({
      zone: { exchangers: { 'shop.example': ['mx1.in.hoster.example'] } },
      hosts: { 'autoconfig.thunderbird.net': webWith('/v1.1/hoster.example', config(server('incoming', 'imap', 'box.hoster.example', 993, 'SSL'), server('outgoing', 'smtp', 'box.hoster.example', 465, 'SSL'))), 'box.hoster.example': mailHost },
    })
    expect(findings.incoming).toMatchObject([{ source: 'mx', host: 'box.hoster.example', answered: true, cautions: ['other-domain'] }])
    expect(taken(findings)).toEqual([null, null])
  })

  test('Autodiscover, where the address may be told', async () => {
    const protocol = (type: string, port: number, more: string) => `<Protocol><Type>${type}</Type><Server>box.shop.example</Server><Port>${port}</Port><LoginName>jan</LoginName><SPA>off</SPA>${more}</Protocol>`
    const body = `<?xml version="1.0"?><Autodiscover xmlns="a"><Response xmlns="b"><Account><AccountType>email</AccountType><Action>settings</Action>${protocol('IMAP', 993, '<SSL>on</SSL>')}${protocol('SMTP', 587, '<Encryption>TLS</Encryption>')}</Account></Response></Autodiscover>`
    const hosts = { 'autodiscover.shop.example': webWith('/autodiscover/autodiscover.xml', body), 'box.shop.example': mailHost }
    const findings = await look({ hosts }, { allowed: { tellAddress: true } })
    expect(findings.incoming[0]).toMatchObject({ source: 'autodiscover', host: 'box.shop.example', security: 'tls', userName: 'jan', userNameForm: 'local-part' })
    expect(findings.outgoing[0]).toMatchObject({ port: 587, security: 'starttls' })
    expect(internet.questions.find(({ method }) => method === 'POST')?.body).toContain('<EMailAddress>jan@shop.example</EMailAddress>')
  })

  test('JMAP, with the session where the domain redirects to', async () => {
    const findings = await look({
      hosts: {
        'shop.example': { web: ({ path }) => (path === '/.well-known/jmap' ? { status: 302, headers: { location: 'https://api.shop.example/session' } } : { status: 404 }) },
        'api.shop.example': { web: ({ path }) => (path === '/session' ? { status: 401, headers: { 'www-authenticate': 'Basic realm="x", Bearer' } } : { status: 404 }) },
      },
    })
    expect(findings.incoming).toMatchObject([{ source: 'jmap', protocol: 'jmap', sessionUrl: 'https://api.shop.example/session', answered: true, methods: ['password', 'oauth2'], cautions: [] }])
  })

  test('the guess', async () => {
    const findings = await look({ hosts: { 'imap.shop.example': mailHost, 'smtp.shop.example': mailHost, 'mail.shop.example': { ...mailHost, wrongCertificate: true } } })
    expect(findings.incoming[0]).toMatchObject({ source: 'guess', host: 'imap.shop.example', answered: true })
    expect(findings.incoming.map(({ host }) => host)).not.toContain('mail.shop.example')
    expect(taken(findings)).toEqual(['imap.shop.example', 'smtp.shop.example'])
  })
})

describe('a web server that is not quite as it should be', () => {
  const clientConfig = Buffer.from(ownServers)
  const page = '<!DOCTYPE html><html><body>Welcome</body></html>'
  test.each<[string, WebReply, string]>([
    ['says the file is a page', { body: clientConfig, headers: { 'content-type': 'text/html' } }, 'found'],
    ['says the file is bytes', { body: clientConfig, headers: { 'content-type': 'application/octet-stream' } }, 'found'],
    ['writes it in UTF-16', { body: Buffer.from(`\uFEFF${ownServers}`, 'utf16le') }, 'found'],
    ['answers every question with a page', { body: page, headers: { 'content-type': 'text/html' } }, 'nothing'],
    ['answers with an endless page', { body: `${page}${'<p>x</p>'.repeat(40_000)}`, headers: { 'content-type': 'text/html' } }, 'nothing'],
    ['says "not found" at great length', { status: 404, body: 'x'.repeat(300_000) }, 'nothing'],
    ['packs it, although nobody can unpack it here', { body: gzipSync(clientConfig), headers: { 'content-encoding': 'gzip' } }, 'failed'],
  ])('%s', async (_what, reply, state) => {
    const findings = await look({ hosts: { 'autoconfig.shop.example': { web: () => reply }, 'box.shop.example': mailHost } })
    expect(states(findings)).toMatchObject({ autoconfig: state })
    expect(taken(findings)[0]).toBe(state === 'found' ? 'box.shop.example' : null)
  })
})

describe('usual names where nothing answers as it should', () => {
  test.each<[string, PlayedHost, readonly string[], readonly string[]]>([
    ['a hoster’s certificate on a customer’s name', { ...mailHost, wrongCertificate: true }, ['imap tls 993 certificate', 'pop3 tls 995 certificate'], ['smtp tls 465 certificate']],
    ['servers without TLS', { mail: ['imap none 143', 'pop3 none 110', 'smtp none 587'] }, ['imap none 143 clear-text', 'pop3 none 110 clear-text'], ['smtp none 587 clear-text']],
    ['servers that are too busy', { mail: ['imap tls 993', 'smtp busy 465'] }, ['imap tls 993 '], ['smtp tls 465 no-answer']],
    ['signed in without asking (PREAUTH)', { mail: ['imap preauth 993', 'smtp tls 465'] }, [], ['smtp tls 465 ']],
  ])('%s: named, marked, and never taken by themselves', async (_what, host, incoming, outgoing) => {
    const findings = await look({ hosts: { 'mail.shop.example': host } })
    const lines = (servers: Findings['incoming']) => servers.map(({ protocol, security, port, cautions }) => `${protocol} ${security} ${port} ${cautions.join()}`)
    expect(lines(findings.incoming)).toEqual(incoming)
    expect(lines(findings.outgoing)).toEqual(outgoing)
    expect(internet.said.get('mail.shop.example') ?? '').not.toMatch(/AUTH|LOGIN|USER|PASS/)
  })
})

describe('a domain that says what it has not', () => {
  test('takes no mail at all (RFC 7505): that is told, and not that nobody knows', async () => {
    const findings = await look({ zone: { exchangers: { 'shop.example': ['.'] } }, hosts: {} })
    expect(findings.sources.find(({ source }) => source === 'mx')).toMatchObject({ state: 'failed', failure: { code: 'discovery.no-mail', evidence: { host: 'shop.example' } } })
  })
})

describe('sources that contradict each other', () => {
  test('the domain’s own web server goes before the public list, and that before the name service', async () => {
    const hosts = {
      'autoconfig.shop.example': webWith('/mail/config-v1.1.xml', config(server('incoming', 'imap', 'one.shop.example', 993, 'SSL'), server('outgoing', 'smtp', 'one.shop.example', 465, 'SSL'))),
      'autoconfig.thunderbird.net': webWith('/v1.1/shop.example', config(server('incoming', 'imap', 'two.shop.example', 993, 'SSL'), server('outgoing', 'smtp', 'two.shop.example', 465, 'SSL'))),
      'one.shop.example': mailHost, 'two.shop.example': mailHost, 'three.shop.example': mailHost,
    }
    const zone = { services: { '_imaps._tcp.shop.example': [{ target: 'three.shop.example', port: 993 }], '_submissions._tcp.shop.example': [{ target: 'three.shop.example', port: 465 }] } }
    expect(taken(await look({ zone, hosts }))).toEqual(['one.shop.example', 'one.shop.example'])
    await internet.close()
    expect(taken(await look({ zone, hosts: { ...hosts, 'one.shop.example': {} } }))).toEqual(['two.shop.example', 'two.shop.example'])
    await internet.close()
    expect(taken(await look({ zone, hosts: { ...hosts, 'one.shop.example': {}, 'two.shop.example': {} } }))).toEqual(['three.shop.example', 'three.shop.example'])
  })

  test('a server that several name is offered once, with all who name it', async () => {
    const findings = await look({
      zone: { services: { '_imaps._tcp.shop.example': [{ target: 'box.shop.example', port: 993 }] } },
      hosts: { 'autoconfig.shop.example': webWith('/mail/config-v1.1.xml', ownServers), 'box.shop.example': mailHost },
    }, { allowed: { lookUps: { ...usual.lookUps, guess: false } } })
    expect(findings.incoming.filter(({ protocol }) => protocol === 'imap')).toHaveLength(1)
    expect(findings.incoming[0]).toMatchObject({ source: 'autoconfig', host: 'box.shop.example' })
  })
})

describe('sources that lie', () => {
  const clear = config(server('incoming', 'imap', 'mail.evil.test', 143, 'plain'), server('outgoing', 'smtp', 'mail.evil.test', 25, 'plain'))
  const evilHost: PlayedHost = { mail: ['imap none 143', 'smtp none 25', 'imap tls 993', 'smtp tls 465'] }

  test('an autoconfig that names foreign hosts in clear is refused, and nobody connects there', async () => {
    const findings = await look({ hosts: { 'autoconfig.shop.example': webWith('/mail/config-v1.1.xml', clear), 'mail.evil.test': evilHost } })
    expect([...findings.incoming, ...findings.outgoing]).toEqual([])
    expect(internet.said.size).toBe(0)
  })

  test('one that names its own hosts in clear is shown with a mark, and not taken by itself', async () => {
    const own = config(server('incoming', 'pop3', 'box.shop.example', 110, 'plain'), server('outgoing', 'smtp', 'box.shop.example', 25, 'plain'))
    const findings = await look({ hosts: { 'autoconfig.shop.example': webWith('/mail/config-v1.1.xml', own), 'box.shop.example': { mail: ['pop3 none 110', 'smtp none 25'] } } })
    expect(findings.incoming).toMatchObject([{ security: 'none', cautions: ['clear-text'], answered: null }])
    expect(taken(findings)).toEqual([null, null])
    expect(internet.said.size).toBe(0)
  })

  test('foreign hosts that cannot prove their name are refused, whoever names them', async () => {
    const foreign = config(server('incoming', 'imap', 'mail.evil.test', 993, 'SSL'), server('outgoing', 'smtp', 'mail.evil.test', 465, 'SSL'))
    const findings = await look({ hosts: { 'autoconfig.shop.example': webWith('/mail/config-v1.1.xml', foreign), 'mail.evil.test': { ...evilHost, wrongCertificate: true } } })
    expect([...findings.incoming, ...findings.outgoing]).toEqual([])
  })

  test('a web server that cannot prove to be the domain’s is not listened to', async () => {
    const findings = await look({ hosts: { 'autoconfig.shop.example': { ...webWith('/mail/config-v1.1.xml', ownServers), wrongCertificate: true }, 'box.shop.example': mailHost } })
    expect(states(findings)).toMatchObject({ autoconfig: 'failed' })
    expect(findings.sources.find(({ source }) => source === 'autoconfig')?.failure?.code).toBe('tls.wrong-name')
    expect(findings.incoming).toEqual([])
  })

  test('Autodiscover that points elsewhere is not followed, and the address stays in the domain', async () => {
    const pointer = '<?xml version="1.0"?><Autodiscover><Response><Account><Action>redirectUrl</Action><RedirectUrl>https://collect.evil.test/autodiscover.xml</RedirectUrl></Account></Response></Autodiscover>'
    await look({ hosts: { 'autodiscover.shop.example': webWith('/autodiscover/autodiscover.xml', pointer), 'collect.evil.test': { web: () => ({ body: 'thanks' }) } } }, { allowed: { tellAddress: true } })
    expect(new Set(internet.questions.map(({ host }) => host))).not.toContain('collect.evil.test')
  })

  test('one that points to Microsoft leads to Microsoft’s servers, from the table', async () => {
    const v2 = '{"Protocol":"AutodiscoverV1","Url":"https://outlook.office365.com/autodiscover/autodiscover.xml"}'
    const findings = await look({
      hosts: { 'autodiscover.shop.example': webWith('/autodiscover/autodiscover.json/v1.0/jan%40shop.example', v2), 'outlook.office365.com': { ...mailHost, web: () => ({ status: 401 }) }, 'smtp.office365.com': mailHost },
    }, { allowed: { tellAddress: true } })
    expect(taken(findings)).toEqual(['outlook.office365.com', 'smtp.office365.com'])
    expect(internet.questions.filter(({ host }) => host === 'outlook.office365.com')).toEqual([])
  })

  test.each<[string, string | Uint8Array]>([
    ['a bomb of entities', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><clientConfig><emailProvider>&b;</emailProvider></clientConfig>'],
    ['an external entity', '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "https://collect.evil.test/x">]><clientConfig><emailProvider>&a;</emailProvider></clientConfig>'],
    ['elements without end', `<clientConfig>${'<a>'.repeat(4000)}`],
    ['more than anybody needs', `<clientConfig>${' '.repeat(300_000)}</clientConfig>`],
    ['what is no text', Buffer.concat([Buffer.from('<clientConfig>'), Buffer.from([0xff, 0xfe, 0x80])])],
  ])('%s is refused as such, and the look-up goes on', async (_what, body) => {
    const hosts = { 'autoconfig.shop.example': { web: () => ({ body }) }, 'imap.shop.example': mailHost, 'smtp.shop.example': mailHost, 'collect.evil.test': { web: () => ({}) } }
    const findings = await look({ hosts })
    expect(states(findings)).toMatchObject({ autoconfig: 'failed', guess: 'found' })
    expect(taken(findings)).toEqual(['imap.shop.example', 'smtp.shop.example'])
    expect(internet.questions.filter(({ host }) => host === 'collect.evil.test')).toEqual([])
  })

  test.each(['http://autoconfig.shop.example/mail/config-v1.1.xml', 'https://autoconfig.shop.example/mail/config-v1.1.xml'])('a redirect to %s, over and over, leads nowhere', async (location) => {
    const findings = await look({ hosts: { 'autoconfig.shop.example': { web: () => ({ status: 302, headers: { location } }) }, 'imap.shop.example': mailHost, 'smtp.shop.example': mailHost } })
    expect(states(findings)).toMatchObject({ autoconfig: 'failed' })
    expect(taken(findings)).toEqual(['imap.shop.example', 'smtp.shop.example'])
    expect(internet.questions.length).toBeLessThan(20)
  })
})

describe('what is not told', () => {
  test('the address goes to nobody unless the user allows it, and then to the domain’s own web server only', async () => {
    const hosts = { 'autoconfig.shop.example': { web: () => ({ status: 404 }) }, 'shop.example': { web: () => ({ status: 404 }) }, 'autodiscover.shop.example': { web: () => ({ status: 404 }) }, 'autoconfig.thunderbird.net': { web: () => ({ status: 404 }) } }
    const findings = await look({ hosts })
    expect(internet.questions.length).toBeGreaterThan(3)
    expect(internet.questions.filter(({ path, body }) => /jan/.test(`${path}${body}`))).toEqual([])
    expect(states(findings)).toMatchObject({ autodiscover: 'needs-address' })
    await internet.close()
    await look({ hosts }, { allowed: { tellAddress: true } })
    const told = internet.questions.filter(({ path, body }) => /jan/.test(`${path}${body}`)).map(({ host }) => host)
    expect([...new Set(told)].toSorted()).toEqual(['autoconfig.shop.example', 'autodiscover.shop.example', 'shop.example'])
  })

  /** What shows that a source was asked: of the names that were looked up, the records and the pages that were asked for. */
  const traces: readonly (readonly [Exclude<Source, 'provider-table'>, RegExp])[] = [
    ['autoconfig', /autoconfig\.(?:shop|hoster)\.example|autoconfig\/mail/],
    ['ispdb', /thunderbird/],
    ['srv', /SRV/],
    ['mx', /MX/],
    ['autodiscover', /autodiscover/],
    ['jmap', /jmap/],
    ['guess', /^(?:imap|pop3?|smtp|mail)\./],
  ]
  const nowhere: Played = {
    zone: { exchangers: { 'shop.example': ['mx1.hoster.example'] } },
    hosts: Object.fromEntries(['autoconfig.thunderbird.net', 'autoconfig.hoster.example', 'autodiscover.shop.example', 'shop.example'].map((host) => [host, { web: () => ({ status: 404 }) }])),
  }
  const traceOf = async (lookUps: Preferences['lookUps']) => {
    await look(nowhere, { allowed: { lookUps, tellAddress: true } })
    return [...internet.lookedUp, ...internet.nameServer.asked, ...internet.questions.map(({ host, path }) => `${host}${path}`)]
  }

  test.each(traces)('%s, switched off, is not asked, nor by the way of another', async (source, trace) => {
    expect((await traceOf(usual.lookUps)).filter((line) => trace.test(line))).not.toEqual([])
    await internet.close()
    expect((await traceOf({ ...usual.lookUps, [source]: false })).filter((line) => trace.test(line))).toEqual([])
  })

  test('with everything switched off nobody at all is asked', async () => {
    const none = Object.fromEntries(lookUpNames.map((source) => [source, false])) as Preferences['lookUps']
    expect(await traceOf(none)).toEqual([])
  })
})

describe('slow sources', () => {
  const srv = { services: { '_imaps._tcp.shop.example': [{ target: 'box.shop.example', port: 993 }], '_submissions._tcp.shop.example': [{ target: 'box.shop.example', port: 465 }] } }

  test('nobody waits for a worse one: the public list and the guess hang, and the answer of the domain is there', async () => {
    const findings = await look({
      hosts: { 'autoconfig.shop.example': webWith('/mail/config-v1.1.xml', ownServers), 'autoconfig.thunderbird.net': { web: () => null }, 'box.shop.example': mailHost, 'mail.shop.example': { silent: [993, 143, 465, 587, 995, 110] } },
    })
    expect(states(findings)).toMatchObject({ autoconfig: 'found', ispdb: 'not-needed', guess: 'not-needed' })
  })

  test('a better one is waited for as long as it may take', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    const findings = await look({
      zone: srv,
      hosts: { 'autoconfig.shop.example': { web: async ({ path }) => held.then(() => (path === '/mail/config-v1.1.xml' ? { body: ownServers } : { status: 404 })) }, 'box.shop.example': mailHost },
    }, { onChange: ({ incoming }) => incoming.some(({ source, answered }) => source === 'srv' && answered === true) && release() })
    expect(findings.incoming[0]).toMatchObject({ source: 'autoconfig', userName: 'jan' })
  })

  test('when that has nothing to say after all, nobody waits for the worse ones that hang', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    const findings = await look({
      zone: srv,
      hosts: {
        'autoconfig.shop.example': { web: async () => held.then(() => ({ status: 404 })) }, 'box.shop.example': mailHost,
        'shop.example': { web: ({ path }) => (path === '/.well-known/jmap' ? null : { status: 404 }) },
      },
    }, { onChange: ({ incoming, outgoing }) => [incoming, outgoing].every((servers) => servers.some(({ answered }) => answered === true)) && release() })
    expect(states(findings)).toMatchObject({ autoconfig: 'nothing', srv: 'found', jmap: 'not-needed' })
  })

  test('the answers come one by one, and the last word is that of the end', async () => {
    const told: Findings[] = []
    const findings = await look({ zone: srv, hosts: { 'box.shop.example': mailHost } }, { onChange: (one) => void told.push(one) })
    expect(told[0]?.sources.find(({ source }) => source === 'provider-table')?.state).toBe('running')
    expect(told.some(({ incoming }) => incoming.some(({ answered }) => answered === null))).toBe(true)
    expect(findings.incoming[0]).toMatchObject({ answered: true })
  })
})
