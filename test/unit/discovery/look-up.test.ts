import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { candidatesFor, guess } from '../../../electron/discovery/guess.ts'
import { lookUp } from '../../../electron/discovery/look-up.ts'
import { findInProviderTable } from '../../../electron/discovery/provider-table.ts'
import { guidanceFor } from '../../../electron/discovery/guidance.ts'
import { lookUpSettings } from '../../../electron/jobs/kinds/look-up.ts'
import type { probeServer } from '../../../electron/protocols/probe-server.ts'
import { done, failed } from '../../../shared/failures/failure.ts'
import { findingsSchema, type Findings } from '../../../shared/model/findings.ts'

const on = { 'provider-table': true, guess: true }
const probed: string[] = []
/** Servers that answer, as `imap tls mail.shop.example:993`; a host named in `hangs` never answers. */
function answering(servers: readonly string[], hangs: readonly string[] = []): typeof probeServer {
  return (protocol, { host, port, security }) => {
    const line = `${protocol} ${security} ${host}:${port}`
    probed.push(line)
    if (hangs.includes(host)) return new Promise(() => {})
    return Promise.resolve(servers.includes(line) ? done({ methods: ['password'] as const }) : failed('connect.refused'))
  }
}
const nobody = answering([])
const look = (address: string, probe = nobody, lookUps = on, signal = new AbortController().signal, onChange: (findings: Findings) => void = () => {}) =>
  lookUp({ probeServer: probe, lookUps: () => lookUps }, address, onChange, signal)
const places = (servers: Findings['incoming']) => servers.map(({ protocol, security, host, port }) => `${protocol} ${security} ${host}:${port}`)

describe('the provider table', () => {
  const table = JSON.parse(readFileSync(new URL('../../../electron/discovery/providers.json', import.meta.url), 'utf8')) as { domains: string }[]
  const domains = table.flatMap(({ domains: text }) => text.split(' '))

  test('answers for every domain in it with both directions, and lists no domain twice', async () => {
    expect(domains.length).toBeGreaterThan(960)
    expect(new Set(domains).size).toBe(domains.length)
    const lacking: string[] = []
    for (const domain of domains) {
      const answer = await findInProviderTable(`jan@${domain}`)
      if (answer === null || answer.incoming.length === 0 || answer.outgoing.length === 0) lacking.push(domain)
    }
    expect(lacking).toEqual([])
  })

  test('answers without any connection, and the guess is not even asked', async () => {
    probed.length = 0
    const findings = await look('Jan@Ziggo.NL', answering([]))
    expect(places(findings.incoming)).toEqual(['imap tls imap.ziggo.nl:993', 'pop3 tls pop.ziggo.nl:995'])
    expect(places(findings.outgoing)).toEqual(['smtp starttls smtp.ziggo.nl:587'])
    expect(findings.sources.map(({ source, state }) => `${source} ${state}`)).toEqual(['provider-table found'])
    expect(findings.incoming[0]).toMatchObject({ userName: 'Jan@Ziggo.NL', userNameForm: 'address', answered: null })
    expect(probed).toEqual([])
    expect(findingsSchema.parse(findings)).toEqual(findings)
  })

  test('makes the user name in the form the provider wants', async () => {
    expect((await look('jan@web.de')).incoming[0]).toMatchObject({ userName: 'jan', userNameForm: 'local-part' })
    const odd = domains.find((domain) => domain.endsWith('iij4u.or.jp')) ?? ''
    expect((await look(`jan@${odd}`)).incoming[0]).toMatchObject({ userName: `jan.${odd}`, userNameForm: 'exact' })
  })

  test('puts servers in clear last, whatever else they offer', async () => {
    const wrong: string[] = []
    for (const domain of domains) {
      const { incoming, outgoing } = await look(`jan@${domain}`)
      for (const servers of [incoming, outgoing]) {
        const firstClear = servers.findIndex(({ security }) => security === 'none')
        if (firstClear >= 0 && servers.slice(firstClear).some(({ security }) => security !== 'none')) wrong.push(domain)
      }
    }
    expect(wrong).toEqual([])
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
    expect(findings.incoming[0]).toMatchObject({ source: 'guess', answered: true, userName: 'jan@shop.example' })
    expect(findings.sources.map(({ source, state }) => `${source} ${state}`)).toEqual(['provider-table nothing', 'guess found'])
  })

  test('tries nothing in clear', () => {
    expect(candidatesFor('shop.example').some(({ security }) => (security as string) === 'none')).toBe(false)
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
    const guessing = guess({ probeServer: () => new Promise(() => {}) }, 'jan@shop.example', abort.signal, () => {})
    abort.abort()
    expect((await guessing).found).toEqual([])
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
    const findings = await look('jan@ziggo.nl', nobody, { 'provider-table': false, guess: false })
    expect(findings.sources.map(({ source, state }) => `${source} ${state}`)).toEqual(['provider-table switched-off', 'guess switched-off'])
    expect(findings.incoming).toEqual([])
    expect(probed).toEqual([])
  })
})

describe('the job', () => {
  const run = (address: string, probe = nobody) => {
    const details: Findings[] = []
    const work = lookUpSettings({ probeServer: probe, lookUps: () => on }, address)
    const outcome = work.run({ id: 'job', signal: new AbortController().signal, report: (_progress, { findings }) => void details.push(findings) })
    return outcome.then((ended) => ({ outcome: ended, details }))
  }

  test('says so when nothing was found', async () => {
    expect((await run('jan@nowhere.example')).outcome).toMatchObject({ failure: { code: 'discovery.nothing-found' } })
  })

  test('refuses what is no address before asking anybody', async () => {
    probed.length = 0
    expect((await run('jan@a b')).outcome).toMatchObject({ failure: { code: 'input.invalid', evidence: { fields: [{ path: 'address', problem: 'not-an-address' }] } } })
    expect(probed).toEqual([])
  })

  test('tells each source as it comes', async () => {
    const { details } = await run('jan@shop.example', answering(['imap tls imap.shop.example:993']))
    expect(details.map(({ sources }) => sources.map(({ state }) => state).join(' '))).toEqual(
      expect.arrayContaining(['running waiting', 'nothing waiting', 'nothing running', 'nothing found']),
    )
  })
})
