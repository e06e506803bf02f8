import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { candidatesFor } from '../../../electron/discovery/guess.ts'
import { lookUp, type LookUpParts } from '../../../electron/discovery/look-up.ts'
import type { DomainRecords } from '../../../electron/discovery/domain-records.ts'
import { limitsOf } from '../../../electron/discovery/provider-facts.ts'
import { findInProviderTable, hostsOfProviders } from '../../../electron/discovery/provider-table.ts'
import { guidanceFor } from '../../../electron/discovery/guidance.ts'
import { lookUpSettings } from '../../../electron/jobs/kinds/look-up.ts'
import type { probeServer } from '../../../electron/protocols/probe-server.ts'
import { done, failed } from '../../../shared/failures/failure.ts'
import { findingsSchema, type Findings } from '../../../shared/model/findings.ts'
import { preferencesSchema } from '../../../shared/model/preferences.ts'

const on = { ...preferencesSchema.parse({}).lookUps }
const probed: string[] = []
/** Servers that answer, as `imap tls mail.shop.example:993`; a host named in `hangs` never answers. */
function answering(servers: readonly string[], hangs: readonly string[] = []): typeof probeServer {
  return async (protocol, { host, port, security, lookUp: addressesOf }) => {
    const line = `${protocol} ${security} ${host}:${port}`
    probed.push(line)
    const addresses = await addressesOf?.(host)
    if (addresses?.ok === false) return addresses
    if (hangs.includes(host)) return new Promise(() => {})
    return servers.includes(line) ? done({ methods: ['password'] as const }) : failed('connect.refused')
  }
}
const nobody = answering([])
/** A name service that has no records of any kind. */
const noNames: DomainRecords = { services: () => Promise.resolve(done([])), exchangers: () => Promise.resolve(done([])), addresses: () => Promise.resolve(done(['127.0.0.1'])) }
/** No web server anywhere. */
const noWeb = () => ({ ask: () => Promise.resolve(failed('dns.no-such-host')), close: () => undefined })
const partsFor = (probe: typeof probeServer, lookUps = on): LookUpParts => ({ probeServer: probe, names: noNames, openWeb: noWeb, allowed: () => ({ lookUps, tellAddress: false }) })
const look = (address: string, probe = nobody, lookUps = on, signal = new AbortController().signal, onChange: (findings: Findings) => void = () => {}) =>
  lookUp(partsFor(probe, lookUps), address, onChange, signal)
const places = (servers: Findings['incoming']) => servers.map(({ protocol, security, host, port }) => `${protocol} ${security} ${host}:${port}`)
/** Sources that were asked, with how it ended. */
const asked = ({ sources }: Findings) => sources.filter(({ state }) => state !== 'not-needed').map(({ source, state }) => `${source} ${state}`)

describe('the provider table', () => {
  const table = JSON.parse(readFileSync(new URL('../../../electron/discovery/providers.json', import.meta.url), 'utf8')) as { domains: string }[]
  const domains = table.flatMap(({ domains: text }) => text.split(' '))

  test('answers for every domain in it with both directions, and lists no domain twice', async () => {
    expect(domains.length).toBeGreaterThan(960)
    expect(new Set(domains).size).toBe(domains.length)
    const lacking: string[] = []
    for (const domain of domains) {
      const answer = await findInProviderTable(`jan@${domain}`)
      if (!answer.some(({ protocol }) => protocol !== 'smtp') || !answer.some(({ protocol }) => protocol === 'smtp')) lacking.push(domain)
    }
    expect(lacking).toEqual([])
  })

  test('answers at once, and when its servers prove themselves nobody else is asked', async () => {
    probed.length = 0
    const servers = ['imap tls imap.ziggo.nl:993', 'pop3 tls pop.ziggo.nl:995', 'smtp starttls smtp.ziggo.nl:587']
    const findings = await look('Jan@Ziggo.NL', answering(servers))
    expect(places([...findings.incoming, ...findings.outgoing])).toEqual(servers)
    expect(asked(findings)).toEqual(['provider-table found'])
    expect(findings.incoming[0]).toMatchObject({ userName: 'Jan@Ziggo.NL', userNameForm: 'address', answered: true, cautions: [] })
    expect(probed).toEqual(servers)
    expect(findingsSchema.parse(findings)).toEqual(findings)
  })

  test('is believed where there is no network, and nobody else is asked over it', async () => {
    const findings = await look('jan@ziggo.nl', () => Promise.resolve(failed('dns.unavailable')))
    expect(asked(findings)).toEqual(['provider-table found'])
    expect(findings.incoming[0]).toMatchObject({ host: 'imap.ziggo.nl', answered: false, failure: { code: 'dns.unavailable' }, cautions: [] })
  })

  test('is believed where even the names of its servers are gone, unless the name service knows the domain', async () => {
    const gone: LookUpParts = { ...partsFor(nobody), names: { ...noNames, addresses: (host) => Promise.resolve(failed('dns.no-such-host', { host })) } }
    const look = (parts: LookUpParts) => lookUp(parts, 'jan@ziggo.nl', () => {}, new AbortController().signal)
    expect(asked(await look(gone))).toEqual(['provider-table found'])
    const known: LookUpParts = { ...gone, names: { ...gone.names, exchangers: () => Promise.resolve(done([{ host: 'mx.ziggo.nl', priority: 10 }])) } }
    expect(asked(await look(known))).toContain('guess nothing')
  })

  test('is doubted where its servers refuse, and the other sources are asked', async () => {
    const findings = await look('jan@ziggo.nl', answering(['imap tls mail.ziggo.nl:993', 'smtp tls mail.ziggo.nl:465']))
    expect(places(findings.incoming)).toEqual(['imap tls mail.ziggo.nl:993', 'imap tls imap.ziggo.nl:993', 'pop3 tls pop.ziggo.nl:995'])
    expect(findings.incoming[1]).toMatchObject({ answered: false, cautions: ['no-answer'] })
  })

  test('makes the user name in the form the provider wants', async () => {
    expect((await findInProviderTable('jan@web.de'))[0]).toMatchObject({ userName: 'jan', userNameForm: 'local-part' })
    const odd = domains.find((domain) => domain.endsWith('iij4u.or.jp')) ?? ''
    expect((await findInProviderTable(`jan@${odd}`))[0]).toMatchObject({ userName: `jan.${odd}`, userNameForm: 'exact' })
  })

  test('puts servers in clear last, whatever else they offer', async () => {
    const wrong: string[] = []
    for (const domain of domains) {
      const servers = await findInProviderTable(`jan@${domain}`)
      const firstClear = servers.findIndex(({ security }) => security === 'none')
      if (firstClear >= 0 && servers.slice(firstClear).some(({ security }) => security !== 'none')) wrong.push(domain)
    }
    expect(wrong).toEqual([])
  })
})

describe('what a provider says of its servers', () => {
  test.each([
    ['jan@hotmail.com', { name: 'Outlook.com', perDay: 10_000, passwordOff: { incoming: '2024-09-16', outgoing: '2024-09-16' } }],
    ['jan@gmail.com', { name: 'Gmail', perDay: 2000 }],
    ['jan@yahoo.com', { name: 'Yahoo', perDay: 500 }],
    ['jan@me.com', { name: 'iCloud', perDay: 1000 }],
  ])('is told with the servers of %s', async (address, facts) => {
    expect((await look(address)).provider).toMatchObject(facts)
  })

  test('is about servers that the table has, and for pacing too', async () => {
    const hosts = await hostsOfProviders()
    for (const host of ['smtp.office365.com', 'smtp-mail.outlook.com', 'smtp.gmail.com', 'smtp.mail.yahoo.com', 'smtp.aol.com', 'smtp.mail.me.com']) {
      expect(hosts).toContain(host)
      expect(limitsOf(host).perDay).toBeGreaterThan(0)
    }
    expect(limitsOf('smtp.ziggo.nl')).toEqual({ perMinute: null, perDay: null, connections: null })
  })
})

describe('guidance', () => {
  test.each([
    ['jan@gmail.com', 'Gmail', 'app-password'],
    ['jan@hotmail.com', 'Outlook.com', 'oauth2'],
    ['jan@live.nl', 'Outlook.com', 'oauth2'],
    ['jan@mit.edu', 'Microsoft 365', 'oauth2'],
    ['jan@yahoo.com', 'Yahoo', 'app-password'],
    ['jan@me.com', 'iCloud', 'app-password'],
    ['jan@fastmail.com', 'Fastmail', 'app-password'],
    ['jan@gmx.de', 'GMX', 'password'],
    ['jan@proton.me', 'Proton Mail', 'app-password'],
    ['jan@xs4all.nl', 'KPN', 'password'],
    ['jan@foxmail.com', 'QQ', 'app-password'],
    ['jan@126.com', 'NetEase', 'app-password'],
    ['jan@sbcglobal.net', 'AT&T', 'app-password'],
    ['jan@comcast.net', 'Comcast Xfinity', 'password'],
    ['jan@cheerful.com', 'mail.com', 'password'],
    ['jan@tuta.com', 'Tuta', 'impossible'],
    ['jan@hey.com', 'HEY', 'impossible'],
  ])('for %s is that of %s', async (address, provider, needs) => {
    expect((await look(address)).guidance).toMatchObject({ provider, needs, page: expect.stringMatching(/^https:\/\//) })
  })

  test('is not given for a name that only ends alike', () => {
    expect(guidanceFor(['notgmail.com', 'web.de.example'])).toBeNull()
  })
})

describe('the guess', () => {
  test('offers what answered with the security promised, best first, and says it answered', async () => {
    const findings = await look('jan@shop.example', answering(['imap starttls imap.shop.example:143', 'imap tls mail.shop.example:993', 'pop3 tls mail.shop.example:995', 'smtp starttls smtp.shop.example:587']))
    expect(places(findings.incoming)).toEqual(['imap tls mail.shop.example:993', 'imap starttls imap.shop.example:143', 'pop3 tls mail.shop.example:995'])
    expect(places(findings.outgoing)).toEqual(['smtp starttls smtp.shop.example:587'])
    expect(findings.incoming[0]).toMatchObject({ source: 'guess', answered: true, userName: 'jan@shop.example', otherUserName: 'jan' })
    expect(asked(findings)).toContain('guess found')
  })

  test('asks for each name once, however many ports it tries', async () => {
    const names: string[] = []
    await lookUp({ ...partsFor(nobody), names: { ...noNames, addresses: (name) => (names.push(name), Promise.resolve(done(['127.0.0.1']))) } }, 'jan@shop.example', () => {}, new AbortController().signal)
    expect(names.toSorted()).toEqual(['imap.shop.example', 'mail.shop.example', 'pop.shop.example', 'pop3.shop.example', 'shop.example', 'smtp.shop.example'])
  })

  test('tries nothing in clear', () => {
    expect(candidatesFor('jan@shop.example').some(({ security }) => (security as string) === 'none')).toBe(false)
  })

  test('does not wait for a host that hangs once better ones have answered', async () => {
    const servers = ['imap tls imap.shop.example:993', 'pop3 tls pop.shop.example:995', 'smtp tls smtp.shop.example:465']
    const findings = await look('jan@shop.example', answering(servers, ['mail.shop.example', 'shop.example']))
    expect(places([...findings.incoming, ...findings.outgoing])).toEqual(servers)
  })

  test('tells that there is no network when no name could be asked for at all', async () => {
    const findings = await look('jan@shop.example', () => Promise.resolve(failed('dns.unavailable')))
    expect(findings.sources.at(-1)).toMatchObject({ state: 'failed', failure: { code: 'dns.unavailable' } })
  })

  test('one clear "no" among the silence is an answer: nothing was found', async () => {
    const findings = await look('jan@shop.example', (_protocol, { host }) => Promise.resolve(failed(host.startsWith('imap.') ? 'dns.no-such-host' : 'connect.timeout')))
    expect(findings.sources.at(-1)).toMatchObject({ state: 'nothing', failure: null })
  })

  test('ends at once when it is cancelled, even if a probe does not', async () => {
    const abort = new AbortController()
    const looking = look('jan@shop.example', () => new Promise(() => {}), on, abort.signal)
    abort.abort()
    expect((await looking).incoming).toEqual([])
  })

  test('asks the name service in its own letters for a domain of others', async () => {
    probed.length = 0
    await look('jan@bücher.example')
    expect(probed).toContain('imap tls imap.xn--bcher-kva.example:993')
  })
})

describe('what is switched off', () => {
  test('is not asked, and the list says so', async () => {
    probed.length = 0
    const off = preferencesSchema.shape.lookUps.unwrap().parse(Object.fromEntries(Object.keys(on).map((name) => [name, false])))
    const findings = await look('jan@ziggo.nl', nobody, off)
    expect(new Set(findings.sources.map(({ state }) => state))).toEqual(new Set(['switched-off']))
    expect(findings.incoming).toEqual([])
    expect(probed).toEqual([])
  })
})

describe('the job', () => {
  const run = (address: string, probe = nobody, parts: Partial<LookUpParts> = {}) => {
    const details: Findings[] = []
    const work = lookUpSettings({ ...partsFor(probe), ...parts }, address)
    const outcome = work.run({ id: 'job', signal: new AbortController().signal, report: (_progress, { findings }) => void details.push(findings) })
    return outcome.then((ended) => ({ outcome: ended, details }))
  }

  test('says so when nothing was found', async () => {
    expect((await run('jan@nowhere.example')).outcome).toMatchObject({ failure: { code: 'discovery.nothing-found' } })
  })

  test('says that the domain takes no mail where it says so itself', async () => {
    const names = { ...noNames, exchangers: () => Promise.resolve(done([{ host: '', priority: 0 }])) }
    expect((await run('jan@nowhere.example', nobody, { names })).outcome).toMatchObject({ failure: { code: 'discovery.no-mail', evidence: { host: 'nowhere.example' } } })
  })

  test('leaves no connection open where a source breaks', async () => {
    let closed = 0
    const breaks = () => Promise.reject(new Error('a bug'))
    const parts: LookUpParts = { ...partsFor(nobody), openWeb: () => ({ ask: breaks, close: () => void (closed += 1) }) }
    await expect(lookUp(parts, 'jan@nowhere.example', () => {}, new AbortController().signal)).rejects.toThrow('a bug')
    expect(closed).toBe(1)
  })

  test('says that nobody could be asked, rather than that nobody knows', async () => {
    const away = failed('dns.unavailable', { host: 'nowhere.example' })
    const names = { services: () => Promise.resolve(away), exchangers: () => Promise.resolve(away), addresses: () => Promise.resolve(away) }
    const openWeb = () => ({ ask: () => Promise.resolve(away), close: () => undefined })
    expect((await run('jan@nowhere.example', () => Promise.resolve(away), { names, openWeb })).outcome).toMatchObject({ failure: { code: 'dns.unavailable' } })
  })

  test('refuses what is no address before asking anybody', async () => {
    probed.length = 0
    expect((await run('jan@a b')).outcome).toMatchObject({ failure: { code: 'input.invalid', evidence: { fields: [{ path: 'address', problem: 'not-an-address' }] } } })
    expect(probed).toEqual([])
  })

  test('tells each source as it comes', async () => {
    const { details } = await run('jan@shop.example', answering(['imap tls imap.shop.example:993']))
    const states = (source: string) => details.map(({ sources }) => sources.find((one) => one.source === source)?.state)
    expect(states('provider-table')).toEqual(expect.arrayContaining(['running', 'nothing']))
    expect(states('guess')).toEqual(expect.arrayContaining(['waiting', 'running', 'found']))
  })
})
