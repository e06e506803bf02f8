/**
 * Compares our table of providers with a folder of files in the form of Thunderbird's public list (`--dir FOLDER`): for every domain in
 * them, is the best server of each direction the same: protocol, host, port, security and user name? And how long does the table take?
 *
 * "Best" is the same rule for both: IMAP before POP3, TLS before STARTTLS, in clear last; among equals what stands first.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { domainToASCII } from 'node:url'
import { inUsualOrder, isIncoming, type NamedServer, splitAddress } from '../../../electron/discovery/found-server.ts'
import { findInProviderTable } from '../../../electron/discovery/provider-table.ts'
import { readAutoconfig } from '../../../electron/discovery/read-autoconfig.ts'
import type { BenchOptions, BenchResult } from '../bench-options.ts'
import { reasonFor } from './reasons.ts'

const leastShare = 0.98

interface Row {
  readonly domain: string
  readonly direction: 'incoming' | 'outgoing'
  readonly list: string
  readonly ours: string
  readonly equal: boolean
  /** Why they differ; null = nobody knows. */
  readonly reason: string | null
}

export async function benchProviders({ dir, print, say }: BenchOptions): Promise<BenchResult> {
  if (dir === null) throw new Error('--dir FOLDER with files of the public list is needed')
  const rows: Row[] = []
  const times: number[] = []
  for (const file of readdirSync(dir).filter((name) => name.endsWith('.xml')).toSorted()) {
    const bytes = readFileSync(join(dir, file))
    for (const domain of domainsIn(bytes.toString('utf8'))) {
      const address = `jan.jansen@${domain}`
      const listed = await readAutoconfig(bytes, { ...splitAddress(address), domain: domainToASCII(domain) }, { source: 'ispdb', voucher: 'public-list' }, { host: file })
      if (!listed.ok) {
        say(`${file}: ${listed.failure.evidence.detail ?? listed.failure.code}`)
        continue
      }
      const before = performance.now()
      const own = await findInProviderTable(address)
      times.push(performance.now() - before)
      for (const direction of ['incoming', 'outgoing'] as const) rows.push(compare(domain, direction, listed.value, own))
    }
  }
  const domains = new Set(rows.map(({ domain }) => domain))
  const differing = rows.filter(({ equal }) => !equal)
  const unequal = new Set(differing.map(({ domain }) => domain))
  const unexplained = differing.filter(({ reason }) => reason === null)
  for (const { domain, direction, list, ours, reason } of differing) print(`${domain} ${direction}: the list ${list}; ours ${ours}${reason === null ? '' : `; ${reason}`}`)
  const share = (domains.size - unequal.size) / domains.size
  times.sort((a, b) => a - b)
  print(`domains: ${domains.size}; equal in both directions: ${domains.size - unequal.size} (${(100 * share).toFixed(1)} %); differing with a reason: ${differing.length - unexplained.length}, without: ${unexplained.length}`)
  print(`one look into the table: median ${(times[times.length >> 1] ?? 0).toFixed(2)} ms, longest ${(times.at(-1) ?? 0).toFixed(2)} ms`)
  return { rows, failed: domains.size === 0 || share < leastShare || unexplained.length > 0 }
}

function compare(domain: string, direction: Row['direction'], listed: readonly NamedServer[], own: readonly NamedServer[]): Row {
  const wanted = (server: NamedServer) => isIncoming(server) === (direction === 'incoming')
  const list = lineOf(inUsualOrder(listed.filter(wanted))[0])
  const ours = lineOf(own.find(wanted))
  return { domain, direction, list, ours, equal: list === ours, reason: list === ours ? null : reasonFor(domain, direction) }
}

function lineOf(server: NamedServer | undefined): string {
  return server === undefined ? 'nothing' : `${server.protocol} ${server.security} ${server.host}:${server.port} as ${server.userName}`
}

/** The domains a file is for: written for people, one element each. */
function domainsIn(text: string): readonly string[] {
  const withoutComments = text.replaceAll(/<!--[\s\S]*?-->/g, '')
  return [...withoutComments.matchAll(/<domain(?:\s[^>]*)?>([^<]+)<\/domain>/g)].map(([, domain = '']) => domain.trim().toLowerCase())
}
