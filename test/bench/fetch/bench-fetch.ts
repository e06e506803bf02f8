/**
 * `npm run bench -- fetch`: Mailroom beside the programs people trust to fetch mail, on one Dovecot of the project's own lab; over
 * JMAP on its Cyrus, beside IMAP from there.
 * How it measures, and what its figures mean, is in docs/decisions/how-fetching-is-measured.md.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { lab } from '../../servers/lab.ts'
import { setup as startCyrus } from '../../servers/start-cyrus.ts'
import { setup as startLab } from '../../servers/start-lab.ts'
import type { BenchOptions } from '../bench-options.ts'
import { bringPeerPrograms, versionsOf, type PeerProgram } from '../peer-programs.ts'
import type { Contender, Protocol } from './contender.ts'
import { createCyrusMailboxes } from './cyrus-mailboxes.ts'
import { fetchmail } from './fetchmail.ts'
import { getmail } from './getmail.ts'
import { createMailboxes } from './mailboxes.ts'
import { mailroom, runningMailroom } from './mailroom.ts'
import { mbsync } from './mbsync.ts'
import { mpop } from './mpop.ts'
import { nodePop3 } from './node-pop3.ts'
import { tableOf, type ResultRow } from './result-row.ts'
import { runRound } from './run-round.ts'
import { overJmap, paces, roundsAt, type Round } from './sets.ts'
import { startDelayProxy } from './start-delay-proxy.ts'

const peers: readonly PeerProgram[] = [
  { debianPackage: 'mpop', path: '/usr/bin/mpop' },
  { debianPackage: 'fetchmail', path: '/usr/bin/fetchmail' },
  { debianPackage: 'procmail', path: '/usr/bin/procmail' },
  { debianPackage: 'getmail6', path: '/usr/bin/getmail' },
  { debianPackage: 'isync', path: '/usr/bin/mbsync' },
  { debianPackage: 'time', path: '/usr/bin/time' },
]

const contenders: readonly Contender[] = [
  mailroom('pop3'), mpop, fetchmail, getmail, nodePop3, runningMailroom('pop3'),
  mailroom('imap'), mbsync(true), mbsync(false), runningMailroom('imap'),
]

/** All of them from Cyrus. */
const besideJmap: readonly Contender[] = [mailroom('jmap'), runningMailroom('jmap'), { ...mailroom('imap'), name: 'mailroom over IMAP' }, { ...mbsync(true), name: 'mbsync over IMAP' }]

/** Rejects when the peers or the lab can't be had. */
export async function benchFetch({ quick, only, say, print }: BenchOptions): Promise<readonly ResultRow[]> {
  const missing = bringPeerPrograms(peers)
  if (missing.length > 0) throw new Error(`these packages are missing: ${missing.join(' ')}`)
  const endLab = await startLab()
  const folder = makeFolder()
  const putAway = () => {
    endLab?.()
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', putAway)
  const pace = paces[quick ? 'quick' : 'full']
  print(`Peers: ${versionsOf(peers)}. Node ${process.versions.node}. ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}. Medians of up to ${pace.runs} alternating runs.\n`)
  const parts = { mailboxes: createMailboxes(), folder, pace, say }
  const rows: ResultRow[] = []
  const tell = (found: readonly ResultRow[]) => {
    rows.push(...found)
    for (const set of new Set(found.map((row) => row.set))) print(tableOf(found.filter((row) => row.set === set)))
  }
  for (const round of roundsAt(pace)) {
    for (const protocol of ['pop3', 'imap'] as const) {
      if (!nameOf(round, protocol).includes(only)) continue
      const way = await startDelayProxy(lab.port(portName(protocol, round.tls)), round.rttMs)
      const inboxOf = (user: string) => ({ host: 'localhost', port: way.port, tls: round.tls, ca: lab.ca, user, password: lab.password })
      tell(await runRound(parts, round, protocol, contenders.filter((contender) => contender.protocol === protocol), inboxOf))
      way.end()
    }
  }
  for (const round of overJmap.filter((one) => nameOf(one, 'jmap').includes(only))) {
    startCyrus()
    const ways = { jmap: await startDelayProxy(lab.port('JMAP_TLS'), round.rttMs), imap: await startDelayProxy(lab.port('CYRUS_IMAP'), round.rttMs) }
    // HTTP is always inside TLS; Cyrus' IMAP is here in clear.
    const inboxOf = (user: string, protocol: Protocol) => ({ host: 'localhost', port: ways[protocol === 'jmap' ? 'jmap' : 'imap'].port, tls: false, ca: lab.ca, user, password: lab.password })
    tell(await runRound({ ...parts, mailboxes: createCyrusMailboxes() }, round, 'jmap', besideJmap, inboxOf))
    for (const way of Object.values(ways)) way.end()
  }
  return rows
}

/**
 * On a disk, where the folder of temporary files may be memory; and one of the peers wants to get there as somebody else.
 * The T attribute asks ext4 to give each folder in it a part of the disk of its own: where many files were deleted lately, an
 * ext4 without journal takes a millisecond to make a new one, twenty times its usual time (measured).
 */
function makeFolder(): string {
  const folder = mkdtempSync(existsSync('/var/tmp') ? '/var/tmp/mailroom-bench-' : join(tmpdir(), 'mailroom-bench-'))
  chmodSync(folder, 0o711)
  spawnSync('chattr', ['+T', folder], { stdio: 'ignore' }) // other file systems know no such thing, and need none
  return folder
}

function nameOf(round: Round, protocol: Protocol): string {
  return `${round.set.name} ${protocol} ${round.tls ? 'tls' : 'plain'} ${round.rttMs}ms`
}

function portName(protocol: 'pop3' | 'imap', tls: boolean) {
  return tls ? ({ pop3: 'POP3S', imap: 'IMAPS' } as const)[protocol] : ({ pop3: 'POP3', imap: 'IMAP' } as const)[protocol]
}
