/**
 * Finds the settings of an address: asks every source that is switched on, tells each answer as it comes, proves every server that is
 * named, and can be cancelled (B1).
 *
 *   provider table ── proven ──▶ over, nobody else was asked
 *        │ not in it, or no answer from its servers
 *        ▼
 *   all other sources at once, each within 5 seconds ──▶ over as soon as mail in both directions has a server that answered, may be
 *                                                      taken without asking, and that nothing still open could better
 *
 * The table goes first because it asks nobody: most addresses are in it, and then no other host learns of them.
 */
import { domainToASCII } from 'node:url'
import { failure } from '../../shared/failures/failure.ts'
import type { Findings, FoundServer, Source, SourceAnswer } from '../../shared/model/findings.ts'
import type { Preferences } from '../../shared/model/preferences.ts'
import { isIncoming, knowsNothing, type Named, type NamedServer, splitAddress } from './found-server.ts'
import { guess, silence } from './guess.ts'
import { guidanceFor } from './guidance.ts'
import { type Circumstances, judge } from './judge.ts'
import { findByMx } from './mx.ts'
import type { DomainRecords } from './domain-records.ts'
import type { HttpsClient } from '../protocols/net/https-request.ts'
import type { LookUpName } from '../protocols/net/server-target.ts'
import { findByAutoconfig } from './autoconfig.ts'
import { findByAutodiscover } from './autodiscover.ts'
import { findInIspdb } from './ispdb.ts'
import { findByJmap } from './jmap.ts'
import { createProver, type ProveParts } from './prove.ts'
import { factsOf } from './provider-facts.ts'
import { findInProviderTable, hostsOfProviders } from './provider-table.ts'
import { rank, sourceOrder } from './rank.ts'
import { findBySrv, type SrvParts } from './srv.ts'
import { within } from './time-limit.ts'

export interface LookUpParts extends Pick<ProveParts, 'probeServer'>, Omit<SrvParts, 'names'> {
  readonly names: DomainRecords
  /** Asks web servers until the signal ends it. */
  readonly openWeb: (signal: AbortSignal, lookUp: LookUpName) => HttpsClient
  /** E6: which sources the user left switched on. */
  readonly allowed: () => Pick<Preferences, 'lookUps' | 'tellAddress'>
  readonly now?: () => Date
}

/** Milliseconds each source has. */
const longest = 5000
/** How long the servers of the table may take to answer before the others are asked as well, milliseconds. */
const headStart = 2000

/** A source at work: it may tell what it has so far, and answers when it is through. */
type Ask = (signal: AbortSignal, tell: (servers: readonly NamedServer[]) => void) => Promise<Named>

export async function lookUp(parts: LookUpParts, address: string, onChange: (findings: Findings) => void, outer: AbortSignal): Promise<Findings> {
  const { now = () => new Date() } = parts
  const { lookUps, tellAddress } = parts.allowed()
  const over = new AbortController()
  const signal = AbortSignal.any([outer, over.signal])
  const addressesOf = onceForEach((host) => parts.names.addresses(host, signal))
  const web = parts.openWeb(signal, addressesOf)
  const prover = createProver({ probeServer: parts.probeServer, lookUp: addressesOf, web }, signal)
  const answers = new Map<Source, SourceAnswer>(sourceOrder.map((source) => [source, { source, state: lookUps[source] ? 'waiting' : 'switched-off', milliseconds: null, failure: null }]))
  const named = new Map<Source, readonly NamedServer[]>()
  let notOffered: readonly string[] = []
  const providers = await hostsOfProviders()
  const about: Circumstances = { domain: domainToASCII(splitAddress(address).domain).toLowerCase(), isOfProvider: (host) => providers.has(host.toLowerCase()) }

  const asks: Readonly<Record<Source, Ask>> = {
    'provider-table': async () => ({ ...knowsNothing, servers: await findInProviderTable(address) }),
    autoconfig: (limit) => findByAutoconfig({ web, tellAddress }, address, limit),
    ispdb: (limit) => findInIspdb(web, address, limit),
    srv: (limit) => findBySrv(parts, address, limit),
    mx: (limit) => findByMx({ names: parts.names, list: lookUps.ispdb ? web : null, webServers: lookUps.autoconfig ? web : null }, address, limit),
    autodiscover: (limit) => findByAutodiscover(web, address, limit),
    jmap: (limit) => findByJmap({ web, names: lookUps.srv ? parts.names : null }, address, limit),
    guess: (limit, tell) => guess(prover, address, limit, tell),
  }

  const judged = (source: Source): FoundServer[] =>
    (named.get(source) ?? []).flatMap((server) => {
      if (source === 'guess' && notOffered.includes(`${server.protocol} ${server.security}`)) return []
      return judge(server, prover.proofOf(server), about) ?? []
    })
  function findings(): Findings {
    const all = rank(sourceOrder.flatMap(judged))
    return {
      address,
      sources: sourceOrder.flatMap((source) => answers.get(source) ?? []),
      incoming: all.filter(isIncoming),
      outgoing: all.filter((server) => !isIncoming(server)),
      guidance: guidanceFor([about.domain, ...all.map(({ host }) => host)]),
      provider: factsOf(all.filter((server) => !isIncoming(server)).map(({ host }) => host)),
    }
  }
  function change(source: Source, state: Partial<SourceAnswer>): void {
    const old = answers.get(source)
    if (old === undefined || signal.aborted) return
    answers.set(source, { ...old, ...state })
    onChange(findings())
  }
  function name(source: Source, servers: readonly NamedServer[]): Promise<unknown> {
    named.set(source, servers)
    return Promise.all(servers.map((server) => prover.prove(server).then(() => {
      if (signal.aborted) return
      onChange(findings())
      if (isEnough()) over.abort()
    })))
  }
  async function ask(source: Source): Promise<void> {
    if (answers.get(source)?.state !== 'waiting' || signal.aborted) return
    if (source === 'autodiscover' && !tellAddress) return change(source, { state: 'needs-address' })
    change(source, { state: 'running' })
    const began = now().getTime()
    const silent = (): Named => ({ servers: named.get(source) ?? [], failure: failure('connect.timeout', { seconds: longest / 1000 }) })
    const answer = await within(longest, signal, (limit) => asks[source](limit, (servers) => void name(source, servers)), silent)
    if (signal.aborted) return
    notOffered = [...notOffered, ...(answer.notOffered ?? [])]
    const proving = name(source, answer.servers)
    const state = answer.servers.length > 0 ? 'found' : answer.failure === null ? 'nothing' : 'failed'
    change(source, { state, failure: answer.servers.length > 0 ? null : answer.failure, milliseconds: Math.max(0, now().getTime() - began) })
    if (isEnough()) over.abort()
    await proving
  }

  /** Down the sources, best first: the first server that may be taken decides a direction, and whatever is still open above it does not. */
  function isDecided(direction: (server: FoundServer) => boolean): boolean {
    for (const source of sourceOrder) {
      const state = answers.get(source)?.state
      for (const server of judged(source).filter(direction)) {
        if (server.cautions.length === 0 && server.answered === true) return state !== 'running'
        if (server.answered === null && server.security !== 'none') return false
      }
      if (state === 'waiting' || state === 'running') return false
    }
    return false
  }
  const isEnough = () => isDecided(isIncoming) && isDecided((server) => !isIncoming(server))

  /**
   * The table has the address and not one of its servers could be reached: asking others over the same network helps nobody. Where
   * even the names of them are gone, it is the network, unless the name service knows who takes in the domain's mail.
   */
  async function isNetworkAway(): Promise<boolean> {
    const servers = (named.get('provider-table') ?? []).filter(({ security }) => security !== 'none')
    const failures = servers.flatMap((server) => {
      const proof = prover.proofOf(server)
      return proof?.ok === false ? [proof.failure] : []
    })
    if (failures.length === 0 || failures.length < servers.length) return false
    if (failures.some(({ code }) => code !== 'dns.no-such-host')) return silence(failures) !== null
    const exchangers = lookUps.mx ? await parts.names.exchangers(about.domain, signal) : null
    return exchangers?.ok !== true || exchangers.value.length === 0
  }

  async function askAll(): Promise<void> {
    const table = ask('provider-table')
    await within(headStart, signal, () => table, () => undefined)
    if (signal.aborted || (await isNetworkAway())) return
    await Promise.all([table, ...sourceOrder.map(ask)])
  }
  try {
    await Promise.race([untilAborted(signal), askAll()])
    for (const [source, answer] of answers) if (answer.state === 'waiting' || answer.state === 'running') answers.set(source, { ...answer, state: 'not-needed' })
    return findings()
  } finally {
    // A bug in one source leaves no connection behind either.
    over.abort()
    web.close()
  }
}

/** Resolvers lose questions that come by the dozen, and ask again only after seconds. */
function onceForEach<T>(ask: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const asked = new Map<string, Promise<T>>()
  return (name) => {
    const answer = asked.get(name) ?? ask(name)
    asked.set(name, answer)
    return answer
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
