/** Autodiscover's chains, played on loopback: where they lead, where they end, and that nobody is ever sent a password. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Findings } from '../../shared/model/findings.ts'
import { lookUpNames, type Preferences } from '../../shared/model/preferences.ts'
import { lookUpIn } from '../fakes/look-up-in.ts'
import { type Authority, playInternet, type PlayedHost, type PlayedInternet, trustedAuthority, type WebReply } from '../fakes/played-internet.ts'

let authority: Authority
let internet: PlayedInternet
beforeAll(() => {
  authority = trustedAuthority()
})
afterAll(() => authority.close())
afterEach(() => internet.close())

const only = Object.fromEntries(lookUpNames.map((source) => [source, source === 'autodiscover'])) as Preferences['lookUps']

async function look(hosts: Readonly<Record<string, PlayedHost>>): Promise<Findings> {
  internet = await playInternet({ hosts }, authority)
  return lookUpIn(internet, { allowed: { lookUps: only, tellAddress: true } })
}

const mailHost: PlayedHost = { mail: ['imap tls 993', 'smtp tls 465'] }
const answer = (inner: string) => `<?xml version="1.0"?><Autodiscover><Response><Account>${inner}</Account></Response></Autodiscover>`
const settings = (host: string) => answer(`<Action>settings</Action>${[['IMAP', 993], ['SMTP', 465]].map(([type, port]) => `<Protocol><Type>${type}</Type><Server>${host}</Server><Port>${port}</Port><SSL>on</SSL></Protocol>`).join('')}`)
const toUrl = (url: string) => answer(`<Action>redirectUrl</Action><RedirectUrl>${url}</RedirectUrl>`)
const toAddress = (address: string) => answer(`<Action>redirectAddr</Action><RedirectAddr>${address}</RedirectAddr>`)
const usualPath = '/autodiscover/autodiscover.xml'
/** What each path answers; everything else is not there. */
const webWith = (replies: Readonly<Record<string, WebReply | string>>): PlayedHost => ({
  web: ({ path }) => {
    const reply = replies[path.split('?')[0] ?? ''] ?? { status: 404 }
    return typeof reply === 'string' ? { body: reply } : reply
  },
})
const servers = ({ incoming, outgoing }: Findings) => [...incoming, ...outgoing].map(({ host, userName, cautions }) => [host, userName, cautions.join()].join(' '))
const askedHosts = () => [...new Set(internet.questions.map(({ host }) => host))].toSorted()

describe('another place', () => {
  const chain = (length: number) => ({
    'autodiscover.shop.example': webWith({ [usualPath]: toUrl('https://x.shop.example/1') }),
    'x.shop.example': webWith(Object.fromEntries(Array.from({ length }, (_, step) => [`/${step + 1}`, step + 1 === length ? settings('box.shop.example') : toUrl(`https://x.shop.example/${step + 2}`)]))),
    'box.shop.example': mailHost,
  })

  test('is asked, three after one another', async () => {
    expect(servers(await look(chain(3)))).toEqual(['box.shop.example jan@shop.example ', 'box.shop.example jan@shop.example '])
  })

  test('is not asked a fourth time', async () => {
    expect(servers(await look(chain(4)))).toEqual([])
    expect(internet.questions.filter(({ host }) => host === 'x.shop.example').map(({ path }) => path)).toEqual(['/1', '/2', '/3'])
  })

  test('is not asked again where it leads in a circle', async () => {
    const findings = await look({ 'autodiscover.shop.example': webWith({ [usualPath]: toUrl('https://x.shop.example/1') }), 'x.shop.example': webWith({ '/1': toUrl(`https://autodiscover.shop.example${usualPath}`) }) })
    expect(servers(findings)).toEqual([])
    expect(internet.questions.filter(({ method }) => method === 'POST').map(({ host }) => host).toSorted()).toEqual(['autodiscover.shop.example', 'x.shop.example'])
  })

  test.each(['http://x.shop.example/1', 'https://x.shop.example:444/1', 'https://jan:secret@x.shop.example/1', 'https://collect.evil.test/1', 'https://evilshop.example/1'])('is not asked where it is %s, in either form', async (url) => {
    const web = webWith({ [usualPath]: toUrl(url) })
    const newer = webWith({ '/autodiscover/autodiscover.json/v1.0/jan%40shop.example': JSON.stringify({ Protocol: 'AutodiscoverV1', Url: url }) })
    const findings = await look({ 'autodiscover.shop.example': web, 'shop.example': newer, 'x.shop.example': webWith({ '/1': settings('box.shop.example') }), 'collect.evil.test': webWith({}), 'evilshop.example': webWith({}) })
    expect(findings.sources.find(({ source }) => source === 'autodiscover')).toMatchObject({ state: 'nothing' })
    expect(askedHosts()).toEqual(['autodiscover.shop.example', 'shop.example'])
  })
})

describe('another address', () => {
  test('of another domain is asked about there, and what comes of it is for a person to confirm', async () => {
    const findings = await look({ 'autodiscover.shop.example': webWith({ [usualPath]: toAddress('j.smit@group.example') }), 'autodiscover.group.example': webWith({ [usualPath]: settings('box.group.example') }), 'box.group.example': mailHost })
    expect(servers(findings)).toEqual(['box.group.example j.smit@group.example other-domain', 'box.group.example j.smit@group.example other-domain'])
    expect(findings.incoming[0]).toMatchObject({ source: 'autodiscover', userNameForm: 'exact', answered: true })
    expect(internet.questions.filter(({ host, body, path }) => host.endsWith('group.example') && /jan/.test(`${path}${body}`))).toEqual([])
  })

  test('of the same domain needs no confirming', async () => {
    const web: PlayedHost = { web: ({ body, path }) => (path !== usualPath ? { status: 404 } : { body: body.includes('>jan@') ? toAddress('j.smit@shop.example') : settings('box.shop.example') }) }
    expect(servers(await look({ 'autodiscover.shop.example': web, 'box.shop.example': mailHost }))).toEqual(['box.shop.example j.smit@shop.example ', 'box.shop.example j.smit@shop.example '])
  })

  test('at Microsoft leads to Microsoft’s servers, from the table, and nobody there is asked', async () => {
    const hosts = { 'autodiscover.shop.example': webWith({ [usualPath]: toAddress('jan@shop.onmicrosoft.com') }), 'outlook.office365.com': mailHost, 'smtp.office365.com': mailHost }
    expect(servers(await look(hosts))).toContain('outlook.office365.com jan@shop.onmicrosoft.com ')
    expect(askedHosts()).toEqual(['autodiscover.shop.example'])
  })

  test('after another ends after the third, with those that point to places', async () => {
    const hop = (next: number) => webWith({ [usualPath]: toAddress(`jan@d${next}.example`) })
    await look({ 'autodiscover.shop.example': hop(1), 'autodiscover.d1.example': hop(2), 'autodiscover.d2.example': hop(3), 'autodiscover.d3.example': hop(4), 'autodiscover.d4.example': hop(5) })
    expect(askedHosts()).toEqual(['autodiscover.d1.example', 'autodiscover.d2.example', 'autodiscover.d3.example', 'autodiscover.shop.example'])
  })

  test('in a circle ends', async () => {
    expect(servers(await look({ 'autodiscover.shop.example': webWith({ [usualPath]: toAddress('jan@group.example') }), 'autodiscover.group.example': webWith({ [usualPath]: toAddress('Jan@shop.example') }) }))).toEqual([])
    expect(internet.questions.filter(({ method }) => method === 'POST')).toHaveLength(2)
  })

  test.each(['jan@co.uk', 'jan@github.io', 'jan@uk', 'jan@127.0.0.1', 'jan', ''])('that is nobody’s (%s) is not asked about', async (address) => {
    await look({ 'autodiscover.shop.example': webWith({ [usualPath]: toAddress(address) }), 'autodiscover.co.uk': webWith({}), 'autodiscover.github.io': webWith({}) })
    expect(internet.lookedUp.filter((name) => !name.endsWith('shop.example'))).toEqual([])
  })
})

describe('who wants a password first', () => {
  const wants: WebReply = { status: 401, headers: { 'www-authenticate': 'Basic realm="mail", NTLM, Negotiate' } }

  test.each([true, false])('gets none, whether or not it proved to be the domain’s own (wrong certificate: %s)', async (wrongCertificate) => {
    const findings = await look({ 'autodiscover.shop.example': { web: () => wants, wrongCertificate }, 'shop.example': { web: () => wants } })
    expect(servers(findings)).toEqual([])
    expect(askedHosts()).toEqual(wrongCertificate ? ['shop.example'] : ['autodiscover.shop.example', 'shop.example'])
    expect(internet.questions.flatMap(({ fields }) => fields).filter((field) => /authorization|cookie|password/i.test(field))).toEqual([])
    expect(internet.questions.filter(({ path, body }) => /password/i.test(`${path}${body}`))).toEqual([])
    expect(internet.questions.length).toBeLessThanOrEqual(4)
  })
})
