/**
 * `npm run bench -- fetch`: Mailroom beside the programs people trust to fetch mail, on one Dovecot of the project's own lab.
 * How it measures, and what its figures mean, is in docs/decisions/how-fetching-is-measured.md.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { lab } from '../../servers/lab.ts'
import { setup as startLab } from '../../servers/start-lab.ts'
import type { BenchOptions } from '../bench-options.ts'
import { bringPeerPrograms, versionsOf, type PeerProgram } from '../peer-programs.ts'
import type { Contender, Protocol } from './contender.ts'
import { fetchmail } from './fetchmail.ts'
import { getmail } from './getmail.ts'
import { createMailboxes } from './mailboxes.ts'
import { mailroom, runningMailroom } from './mailroom.ts'
import { mbsync } from './mbsync.ts'
import { mpop } from './mpop.ts'
import { nodePop3 } from './node-pop3.ts'
import { tableOf, type ResultRow } from './result-row.ts'
import { runRound } from './run-round.ts'
import { paces, roundsAt, type Round } from './sets.ts'
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
  for (const round of roundsAt(pace)) {
    for (const protocol of ['pop3', 'imap'] as const) {
      if (!nameOf(round, protocol).includes(only)) continue
      const way = await startDelayProxy(lab.port(portName(protocol, round.tls)), round.rttMs)
      const inboxOf = (user: string) => ({ host: 'localhost', port: way.port, tls: round.tls, ca: lab.ca, user, password: lab.password })
      const found = await runRound(parts, round, protocol, contenders.filter((contender) => contender.protocol === protocol), inboxOf)
      way.end()
      rows.push(...found)
      for (const set of new Set(found.map((row) => row.set))) print(tableOf(found.filter((row) => row.set === set)))
    }
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

function portName(protocol: Protocol, tls: boolean) {
  return tls ? ({ pop3: 'POP3S', imap: 'IMAPS' } as const)[protocol] : ({ pop3: 'POP3', imap: 'IMAP' } as const)[protocol]
}
