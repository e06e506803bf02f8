import { afterEach, describe, expect, test } from 'vitest'
import { lookUp } from '../../../electron/discovery/look-up.ts'
import { findByMx, looksPublic, withParents } from '../../../electron/discovery/mx.ts'
import { createDomainRecords } from '../../../electron/discovery/domain-records.ts'
import { findBySrv, inDrawnOrder } from '../../../electron/discovery/srv.ts'
import type { probeServer } from '../../../electron/protocols/probe-server.ts'
import { done, failed } from '../../../shared/failures/failure.ts'
import type { Findings } from '../../../shared/model/findings.ts'
import { preferencesSchema } from '../../../shared/model/preferences.ts'
import { type NameServer, openNameServer, type Zone } from '../../fakes/name-server.ts'

const servers: NameServer[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

async function namesOf(zone: Zone) {
  const server = await openNameServer(zone)
  servers.push(server)
  return createDomainRecords([server.address])
}
/** No web server anywhere. */
const noWeb = () => ({ ask: () => Promise.resolve(failed('dns.no-such-host')), close: () => undefined })
const alive = () => new AbortController().signal
const places = (found: readonly { readonly protocol: string; readonly security: string; readonly host: string; readonly port: number }[]) => found.map(({ protocol, security, host, port }) => `${protocol} ${security} ${host}:${port}`)
const bySrv = async (zone: Zone, address = 'jan@shop.example', random = () => 0) => findBySrv({ names: await namesOf(zone), random }, address, alive())
const byMx = async (zone: Zone, address = 'jan@shop.example') => findByMx({ names: await namesOf(zone), list: null, webServers: null }, address, alive())

/** Looks up with these names, and servers that answer where a line such as `imap tls mail.shop.example:993` says so. */
async function look(zone: Zone, answering: readonly string[]): Promise<Findings> {
  const probe: typeof probeServer = (protocol, { host, port, security }) =>
    Promise.resolve(answering.includes(`${protocol} ${security} ${host}:${port}`) ? done({ methods: ['password'] as const }) : failed('connect.refused', { host, port }))
  const allowed = () => ({ lookUps: preferencesSchema.parse({}).lookUps, tellAddress: false })
  return lookUp({ probeServer: probe, names: { ...(await namesOf(zone)), addresses: () => Promise.resolve(done(['127.0.0.1'])) }, openWeb: noWeb, allowed }, 'jan@shop.example', () => {}, alive())
}

describe('SRV records', () => {
  test('name servers, ports and security, implicit TLS first', async () => {
    const { servers: found } = await bySrv({
      services: {
        '_imap._tcp.shop.example': [{ target: 'mail.shop.example', port: 143 }],
        '_imaps._tcp.shop.example': [{ target: 'mail.shop.example', port: 9993 }],
        '_pop3s._tcp.shop.example': [{ target: 'mail.shop.example', port: 995, priority: 10 }],
        '_submissions._tcp.shop.example': [{ target: 'out.shop.example', port: 465 }],
        '_submission._tcp.shop.example': [{ target: 'out.shop.example', port: 587 }],
      },
    })
    expect(places(found)).toEqual([
      'imap tls mail.shop.example:9993', 'imap starttls mail.shop.example:143', 'smtp tls out.shop.example:465', 'smtp starttls out.shop.example:587', 'pop3 tls mail.shop.example:995',
    ])
    expect(found[0]).toMatchObject({ userName: 'jan@shop.example', otherUserName: 'jan', source: 'srv' })
  })

  test('say by their priorities whether POP3 or IMAP is preferred', async () => {
    const { servers: found } = await bySrv({
      services: { '_imaps._tcp.shop.example': [{ target: 'a.shop.example', port: 993, priority: 20 }], '_pop3s._tcp.shop.example': [{ target: 'b.shop.example', port: 995, priority: 10 }] },
    })
    expect(places(found)).toEqual(['pop3 tls b.shop.example:995', 'imap tls a.shop.example:993'])
  })

  test('with the target "." say that a service is not there, and the guess does not offer it then', async () => {
    const zone: Zone = {
      services: {
        '_imaps._tcp.shop.example': [{ target: '.', port: 0 }], '_imap._tcp.shop.example': [{ target: '.', port: 0 }],
        '_submissions._tcp.shop.example': [{ target: 'smtp.shop.example', port: 465 }],
      },
    }
    expect(await bySrv(zone)).toMatchObject({ notOffered: ['imap tls', 'imap starttls'] })
    const findings = await look(zone, ['imap tls imap.shop.example:993', 'pop3 tls pop.shop.example:995', 'smtp tls smtp.shop.example:465'])
    expect(places(findings.incoming)).toEqual(['pop3 tls pop.shop.example:995'])
    expect(findings.outgoing[0]).toMatchObject({ source: 'srv', agreed: ['guess'], answered: true })
  })

  test('are taken in the order of their priority, and by lot according to their weight among equals', () => {
    const record = (host: string, priority: number, weight: number) => ({ host, port: 993, priority, weight })
    const records = [record('late', 20, 0), record('light', 10, 1), record('heavy', 10, 3), record('never', 10, 0)]
    const first = (random: number) => inDrawnOrder(records, () => random)[0]?.host
    expect([0, 0.3, 0.5, 0.7, 0.99].map(first)).toEqual(['never', 'light', 'heavy', 'heavy', 'heavy'])
    for (const random of [0, 0.5, 0.99]) expect(inDrawnOrder(records, () => random).map(({ host }) => host).toSorted()).toEqual(['heavy', 'late', 'light', 'never'])
    expect(inDrawnOrder(records, () => 0.5).at(-1)?.host).toBe('late')
  })

  test('never lead into the clear: a port that begins with TLS is TLS, everything else needs STARTTLS', async () => {
    const { servers: found } = await bySrv({ services: { '_submission._tcp.shop.example': [{ target: 'a.shop.example', port: 465 }], '_imap._tcp.shop.example': [{ target: 'a.shop.example', port: 10143 }] } })
    expect(places(found)).toEqual(['imap starttls a.shop.example:10143', 'smtp tls a.shop.example:465'])
  })

  test('that name what is no server are left out', async () => {
    const { servers: found } = await bySrv({
      services: { '_imaps._tcp.shop.example': [{ target: 'localhost', port: 993 }, { target: 'a b.shop.example', port: 993 }, { target: '127.0.0.1', port: 993 }, { target: 'mail.shop.example', port: 0 }, { target: 'good.shop.example', port: 993 }] },
    })
    expect(places(found)).toEqual(['imap tls good.shop.example:993'])
  })

  test.each<[string, Zone, string]>([
    ['a name service that fails', { failing: ['_imaps._tcp.shop.example'] }, 'dns.unavailable'],
    ['an answer that is no DNS message', { garbled: ['_imaps._tcp.shop.example'] }, 'dns.unavailable'],
  ])('%s is told as such, not as "knows nothing"', async (_what, zone, code) => {
    expect((await bySrv(zone)).failure).toMatchObject({ code })
  })

  test('of a domain in other letters are asked for in ASCII', async () => {
    const server = await openNameServer({})
    servers.push(server)
    await findBySrv({ names: createDomainRecords([server.address]) }, 'jan@bücher.example', alive())
    expect(server.asked).toContain('SRV _imaps._tcp.xn--bcher-kva.example')
  })
})

describe('MX records', () => {
  test('lead to the provider that keeps the mail of a domain', async () => {
    const google = await byMx({ exchangers: { 'shop.example': ['aspmx.l.google.com', 'alt1.aspmx.l.google.com'] } })
    expect(places(google.servers).slice(0, 1)).toEqual(['imap tls imap.gmail.com:993'])
    const microsoft = await byMx({ exchangers: { 'shop.example': ['shop-example.mail.protection.outlook.com'] } })
    expect(places(microsoft.servers)).toContain('smtp starttls smtp.office365.com:587')
    expect(microsoft.servers[0]).toMatchObject({ source: 'mx', userName: 'jan@shop.example' })
  })

  test('only the preferred exchanger counts', async () => {
    expect((await byMx({ exchangers: { 'shop.example': ['mx.shop.example', 'aspmx.l.google.com'] } })).servers).toEqual([])
  })

  test('the parents of a name end before the last label', () => {
    expect(withParents('a.b.example.org')).toEqual(['a.b.example.org', 'b.example.org', 'example.org'])
  })

  test.each(['co.uk', 'com.au', 'or.at', 'sch.uk', 'gob.mx', 'github.io', 'pages.dev'])('asks nobody for %s, which is no one’s domain', (name) => {
    expect(looksPublic(name)).toBe(true)
  })
  test.each(['kpn.nl', 'ionos.de', 'example.co.uk', 'hoster.com', 'me.com', 'web.de'])('knows %s for somebody’s', (name) => {
    expect(looksPublic(name)).toBe(false)
  })
})

describe('what only the name service says', () => {
  const toForeign: Zone = { services: { '_imaps._tcp.shop.example': [{ target: 'mail.evil.test', port: 993 }], '_submissions._tcp.shop.example': [{ target: 'mail.evil.test', port: 465 }] } }

  test('is marked where it is not of the domain, even when that server answers', async () => {
    const findings = await look(toForeign, ['imap tls mail.evil.test:993', 'smtp tls mail.evil.test:465'])
    expect(findings.incoming).toMatchObject([{ host: 'mail.evil.test', answered: true, cautions: ['other-domain'] }])
    expect(findings.outgoing).toMatchObject([{ host: 'mail.evil.test', cautions: ['other-domain'] }])
  })

  test('does not end the look-up: servers of the domain itself that answer come first', async () => {
    const findings = await look(toForeign, ['imap tls mail.evil.test:993', 'smtp tls mail.evil.test:465', 'imap tls imap.shop.example:993', 'smtp tls smtp.shop.example:465'])
    expect(places(findings.incoming)).toEqual(['imap tls imap.shop.example:993', 'imap tls mail.evil.test:993'])
    expect(places(findings.outgoing)).toEqual(['smtp tls smtp.shop.example:465', 'smtp tls mail.evil.test:465'])
  })

  test('is believed of a provider in our own table that proves its name, and of no other', async () => {
    const zone: Zone = { exchangers: { 'shop.example': ['aspmx.l.google.com'] } }
    const proven = await look(zone, ['imap tls imap.gmail.com:993', 'smtp tls smtp.gmail.com:465'])
    expect(proven.incoming[0]).toMatchObject({ host: 'imap.gmail.com', cautions: [] })
    const silent = await look(zone, [])
    expect(silent.incoming[0]).toMatchObject({ host: 'imap.gmail.com', cautions: ['other-domain', 'no-answer'] })
  })
})

describe('waiting', () => {
  test('nobody waits for a source once a better one has answered and proved its servers', async () => {
    const zone: Zone = {
      services: { '_imaps._tcp.shop.example': [{ target: 'mail.shop.example', port: 993 }], '_submissions._tcp.shop.example': [{ target: 'mail.shop.example', port: 465 }] },
      silent: ['shop.example'],
    }
    const findings = await look(zone, ['imap tls mail.shop.example:993', 'smtp tls mail.shop.example:465'])
    expect(findings.sources.map(({ source, state }) => `${source} ${state}`)).toEqual(expect.arrayContaining(['srv found', 'mx not-needed']))
    expect(findings.incoming[0]).toMatchObject({ source: 'srv', answered: true })
  })
})
