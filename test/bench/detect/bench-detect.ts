/**
 * How long a look-up takes, source by source, for domains played on loopback (test/fakes/played-internet.ts): one source only, sources that
 * contradict, are slow or lie. "Needed" is the slowest source that had to be waited for: the one that was right, and all better ones.
 * A look-up that takes more than 1.2 times that, and 100 ms for the proof of its servers, has failed; so has a wrong answer.
 */
import { createDomainRecords } from '../../../electron/discovery/domain-records.ts'
import { lookUp } from '../../../electron/discovery/look-up.ts'
import { openHttps } from '../../../electron/protocols/net/https-request.ts'
import type { LookUpName } from '../../../electron/protocols/net/server-target.ts'
import { probeServer } from '../../../electron/protocols/probe-server.ts'
import type { Findings, Source } from '../../../shared/model/findings.ts'
import { lookUpNames, preferencesSchema } from '../../../shared/model/preferences.ts'
import { playInternet, type Played, type PlayedHost, trustedAuthority } from '../../fakes/played-internet.ts'
import type { BenchOptions, BenchResult } from '../bench-options.ts'
import { median } from '../statistics.ts'

interface Scene extends Played {
  readonly name: string
  readonly address?: string
  /** The host that must be taken for incoming mail; null = nothing may be taken without asking. */
  readonly right: string | null
}

const mail: PlayedHost = { mail: ['imap tls 993', 'pop3 tls 995', 'smtp tls 465'] }
const server = (kind: 'incoming' | 'outgoing', type: string, host: string, port: number, socket = 'SSL') =>
  `<${kind}Server type="${type}"><hostname>${host}</hostname><port>${port}</port><socketType>${socket}</socketType><username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></${kind}Server>`
const config = (host: string, socket = 'SSL') => `<clientConfig version="1.1"><emailProvider id="x">${server('incoming', 'imap', host, 993, socket)}${server('outgoing', 'smtp', host, 465, socket)}</emailProvider></clientConfig>`
const later = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
const web = (path: string, body: string, after = 0): PlayedHost => ({ web: async (question) => later(after).then(() => (question.path === path ? { body } : { status: 404 })) })
const services = (host: string) => ({ services: { '_imaps._tcp.shop.example': [{ target: host, port: 993 }], '_submissions._tcp.shop.example': [{ target: host, port: 465 }] } })
const own = 'box.shop.example'

const scenes: readonly Scene[] = [
  { name: 'table', address: 'jan@gmail.com', right: 'imap.gmail.com', hosts: { 'imap.gmail.com': mail, 'pop.gmail.com': mail, 'smtp.gmail.com': mail } },
  { name: 'table, no network', address: 'jan@gmail.com', right: 'imap.gmail.com', hosts: {} },
  { name: 'autoconfig only', right: own, hosts: { 'autoconfig.shop.example': web('/mail/config-v1.1.xml', config(own)), [own]: mail } },
  { name: 'public list only', right: own, hosts: { 'autoconfig.thunderbird.net': web('/v1.1/shop.example', config(own)), [own]: mail } },
  { name: 'SRV only', right: own, zone: services(own), hosts: { [own]: mail } },
  { name: 'MX only', right: 'imap.gmail.com', zone: { exchangers: { 'shop.example': ['aspmx.l.google.com'] } }, hosts: { 'imap.gmail.com': mail, 'pop.gmail.com': mail, 'smtp.gmail.com': mail } },
  { name: 'guess only', right: 'imap.shop.example', hosts: { 'imap.shop.example': mail, 'smtp.shop.example': mail } },
  { name: 'contradicting', right: own, zone: services('other.shop.example'), hosts: { 'autoconfig.shop.example': web('/mail/config-v1.1.xml', config(own)), 'other.shop.example': mail, [own]: mail } },
  { name: 'a better one is slow', right: own, zone: services('other.shop.example'), hosts: { 'autoconfig.shop.example': web('/mail/config-v1.1.xml', config(own), 1000), 'other.shop.example': mail, [own]: mail } },
  { name: 'worse ones are slow', right: own, zone: { silent: ['shop.example'] }, hosts: { 'autoconfig.shop.example': web('/mail/config-v1.1.xml', config(own)), 'autoconfig.thunderbird.net': { web: () => null }, 'mail.shop.example': { silent: [993, 465, 143, 587] }, [own]: mail } },
  { name: 'lying, in clear elsewhere', right: null, hosts: { 'autoconfig.shop.example': web('/mail/config-v1.1.xml', config('mail.evil.test', 'plain')), 'mail.evil.test': { mail: ['imap none 993', 'smtp none 465'] } } },
  { name: 'lying name service', right: null, zone: services('mail.evil.test'), hosts: { 'mail.evil.test': mail } },
]

export async function benchDetect({ quick, only, print }: BenchOptions): Promise<BenchResult> {
  const authority = trustedAuthority()
  const rows: object[] = []
  let anyFailed = false
  const runs = quick ? 2 : 5
  // What is trusted is read once, and some modules are loaded late: neither belongs to any look-up.
  await measure({ name: 'first', right: null, zone: services(own), hosts: { [own]: mail, 'shop.example': web('/', '') } }, authority)
  print(['look-up', 'total ms', 'needed ms', 'right', ...lookUpNames].join('\t'))
  for (const scene of scenes.filter(({ name }) => name.includes(only))) {
    const measured: Awaited<ReturnType<typeof measure>>[] = []
    for (let run = 0; run < runs; run += 1) measured.push(await measure(scene, authority))
    const total = median(measured.map((one) => one.total))
    const needed = median(measured.map((one) => one.needed))
    const right = measured.every((one) => one.right)
    const late = total > 1.2 * needed + 100
    anyFailed ||= !right || late
    const times = Object.fromEntries(lookUpNames.map((source) => [source, measured.at(-1)?.times[source] ?? '']))
    print([scene.name, total.toFixed(0), needed.toFixed(0), right ? (late ? 'LATE' : 'yes') : 'NO', ...lookUpNames.map((source) => times[source])].join('\t'))
    rows.push({ scene: scene.name, total, needed, right, late, times })
  }
  authority.close()
  return { rows, failed: anyFailed }
}

async function measure(scene: Scene, authority: ReturnType<typeof trustedAuthority>) {
  const internet = await playInternet(scene, authority)
  const parts = { probeServer, names: createDomainRecords([internet.nameServer.address]), openWeb: (signal: AbortSignal, lookUp: LookUpName) => openHttps({ timeoutSeconds: 5, signal, lookUp }), allowed: () => preferencesSchema.parse({}) }
  const before = performance.now()
  const findings = await lookUp(parts, scene.address ?? 'jan@shop.example', () => undefined, new AbortController().signal)
  const total = performance.now() - before
  await internet.close()
  const taken = findings.incoming.find(({ cautions }) => cautions.length === 0)
  return { total, needed: neededOf(findings, taken?.source ?? null), right: (taken?.host ?? null) === scene.right, times: timesOf(findings) }
}

function neededOf({ sources }: Findings, right: Source | null): number {
  const last = right === null ? sources.length - 1 : sources.findIndex(({ source }) => source === right)
  return Math.max(...sources.slice(0, last + 1).map(({ milliseconds }) => milliseconds ?? 0))
}

const timesOf = ({ sources }: Findings): Partial<Record<Source, string>> => Object.fromEntries(sources.map(({ source, state, milliseconds }) => [source, milliseconds === null ? state : `${milliseconds.toFixed(0)} ${state}`]))
