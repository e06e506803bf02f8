/**
 * `npm run bench -- send`: Mailroom's outbox beside nodemailer's pool, smtp-source (the floor: no files, no answers kept) and msmtp started
 * for each mail, on one smtp-sink of its own. All have the same finished mails; Mailroom alone makes every step durable. Runs
 * alternate, every second time in the opposite order.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { connect } from 'node:net'
import { once } from 'node:events'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchOptions } from '../bench-options.ts'
import { startDelayProxy } from '../fetch/start-delay-proxy.ts'
import { measure } from '../measure.ts'
import { bringPeerPrograms, versionsOf, type PeerProgram } from '../peer-programs.ts'
import { median, rounded } from '../statistics.ts'
import { freshQueue } from './prepare-queue.ts'
import type { WorkCost } from './tell-cost.ts'

const peers: readonly PeerProgram[] = [
  { debianPackage: 'postfix', path: '/usr/sbin/smtp-sink' },
  { debianPackage: 'msmtp', path: '/usr/bin/msmtp' },
  { debianPackage: 'time', path: '/usr/bin/time' },
]

interface Way {
  readonly folder: string
  readonly port: number
  readonly connections: number
  readonly mails: number
}

interface Contender {
  readonly name: string
  /** How many of the mails it is given; null = all. One after the other takes long. */
  readonly most: number | null
  send(way: Way): Promise<WorkCost>
}

export interface SendRow {
  readonly bench: 'send'
  readonly set: string
  readonly rttMs: number
  readonly connections: number
  readonly contender: string
  readonly runs: number
  /** Medians; null = a run failed. */
  readonly mailsPerSecond: number | null
  readonly wallSeconds: number | null
  readonly cpuSeconds: number | null
  readonly peakRssMb: number | null
  /** This one's mails in a second over the other's. */
  readonly ratioTo: Readonly<Record<string, number>>
  readonly load: number
  readonly failure?: string
}

const contenders: readonly Contender[] = [
  { name: 'mailroom', most: null, send: async (way) => (freshQueue(way.folder), inNode('mailroom-sends.ts', way)) },
  { name: 'nodemailer pool', most: null, send: (way) => inNode('pool-sends.ts', way) },
  {
    name: 'smtp-source (floor)', most: null,
    send: ({ port, connections, mails }) => inProgram('/usr/sbin/smtp-source', ['-d', '-s', String(connections), '-m', String(mails), '-l', '61440', '-f', 'a@shop.example', '-t', 'b@shop.example', `127.0.0.1:${String(port)}`], mails),
  },
  { name: 'msmtp per mail', most: 50, send: (way) => inProgram('/bin/sh', ['-c', `for f in ${oneFolderOf(way.folder)}/*.eml; do i=$((i+1)); [ $i -gt ${String(way.mails)} ] && break; /usr/bin/msmtp --host=127.0.0.1 --port=${String(way.port)} --tls=off --auth=off --from=a@shop.example b@shop.example < "$f" || exit 1; done`], way.mails) },
]

export async function benchSend({ quick, only, say, print }: BenchOptions): Promise<readonly SendRow[]> {
  const missing = bringPeerPrograms(peers)
  if (missing.length > 0) throw new Error(`these packages are missing: ${missing.join(' ')}`)
  const base = mkdtempSync(existsSync('/var/tmp') ? '/var/tmp/mailroom-send-' : join(tmpdir(), 'mailroom-send-'))
  const folder = join(base, 'data')
  const sink = await startSink()
  const putAway = () => {
    sink.child.kill()
    rmSync(base, { recursive: true, force: true })
  }
  process.once('exit', putAway)
  const mails = 1000
  say(`composing ${String(mails)} mails`)
  const prepared = spawnSync(process.execPath, ['--no-warnings', join(import.meta.dirname, 'prepare-queue.ts'), folder, String(mails)], { stdio: ['ignore', 'ignore', 'inherit'] })
  if (prepared.status !== 0) throw new Error('the mails could not be queued')
  const runs = quick ? 3 : 5
  print(`${versionsOf(peers)}. Node ${process.versions.node}. ${String(cpus().length)} × ${cpus()[0]?.model ?? 'processor'}. ${String(mails)} mails of 60 KB with a PDF. Medians of ${String(runs)} alternating runs.\n`)
  const rows: SendRow[] = []
  for (const rttMs of [0, 40]) {
    for (const connections of rttMs === 0 ? [1, 5] : [5]) {
      if (!`1000x60k ${String(rttMs)}ms ${String(connections)}`.includes(only)) continue
      const way = await startDelayProxy(sink.port, rttMs)
      const found = await round({ folder, port: way.port, connections, mails }, rttMs, runs, say)
      way.end()
      rows.push(...found)
      print(tableOf(found))
    }
  }
  return rows
}

async function round(way: Way, rttMs: number, runs: number, say: (text: string) => void): Promise<readonly SendRow[]> {
  const load = loadavg()[0] ?? 0
  const tallies = contenders.map((contender) => ({ contender, costs: [] as WorkCost[], failure: null as string | null }))
  for (let turn = 0; turn < runs; turn += 1) {
    for (const tally of turn % 2 === 0 ? tallies : tallies.toReversed()) {
      if (tally.failure !== null) continue
      const mails = tally.contender.most ?? way.mails
      spawnSync('sync')
      try {
        const cost = await tally.contender.send({ ...way, mails })
        if (cost.mails !== mails) tally.failure = `${String(cost.mails)} of ${String(mails)} went out`
        else tally.costs.push(cost)
        say(`${tally.contender.name}, ${String(way.connections)} connections, ${String(rttMs)} ms: ${cost.wallSeconds.toFixed(2)} s`)
      } catch (error) {
        tally.failure = error instanceof Error ? error.message : String(error)
      }
    }
  }
  const rate = ({ costs, failure }: (typeof tallies)[number]) => (failure !== null || costs.length === 0 ? null : median(costs.map(({ mails, wallSeconds }) => mails / wallSeconds)))
  return tallies.map((tally): SendRow => {
    const own = rate(tally)
    const of = (figure: 'wallSeconds' | 'cpuSeconds' | 'peakRssMb') => (own === null ? null : rounded(median(tally.costs.map((cost) => cost[figure]))))
    const ratios = tallies.flatMap((other) => {
      const theirs = rate(other)
      return other === tally || own === null || theirs === null ? [] : [[other.contender.name, rounded(own / theirs)] as const]
    })
    return {
      bench: 'send', set: `${String(tally.contender.most ?? way.mails)}x60k`, rttMs, connections: way.connections, contender: tally.contender.name, runs: tally.costs.length,
      mailsPerSecond: own === null ? null : rounded(own), wallSeconds: of('wallSeconds'), cpuSeconds: of('cpuSeconds'), peakRssMb: of('peakRssMb'),
      ratioTo: Object.fromEntries(ratios), load: rounded(load), ...(tally.failure === null ? {} : { failure: tally.failure }),
    }
  })
}

async function inNode(script: string, { folder, port, connections, mails }: Way): Promise<WorkCost> {
  const child = spawn(process.execPath, ['--no-warnings', join(import.meta.dirname, script), folder, String(port), String(connections), String(mails)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const pieces: Buffer[] = []
  child.stdout.on('data', (piece: Buffer) => pieces.push(piece))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`${script} ended with ${String(code)}`)
  return JSON.parse(Buffer.concat(pieces).toString()) as WorkCost
}

async function inProgram(program: string, args: readonly string[], mails: number): Promise<WorkCost> {
  const measured = await measure({ program, args }, 300)
  if (!measured.ok) throw new Error(measured.words)
  return { ...measured.cost, mails }
}

/** It keeps nothing and answers at once. */
async function startSink(): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const { port } = free.address() as { port: number }
  free.close()
  const child = spawn('/usr/sbin/smtp-sink', [...(process.getuid?.() === 0 ? ['-u', 'nobody'] : []), `127.0.0.1:${String(port)}`, '256'], { stdio: 'ignore' })
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const socket = connect(port, '127.0.0.1')
    const isUp = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(() => false)
    socket.destroy()
    if (isUp) return { child, port }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('smtp-sink does not start')
}

function oneFolderOf(folder: string): string {
  const outbox = join(folder, 'outbox')
  return join(outbox, readdirSync(outbox)[0] ?? '')
}

/** Ratios are Mailroom's mails in a second over each of the others'. */
function tableOf(rows: readonly SendRow[]): string {
  const [first] = rows
  const own = rows.find(({ contender }) => contender === 'mailroom')
  if (first === undefined) return ''
  const cell = (value: number | null, unit: string) => (value === null ? '–' : `${String(value)}${unit}`).padStart(11)
  const lines = rows.map((row) => {
    const ratio = own?.ratioTo[row.contender]
    const words = row.failure === undefined ? (ratio === undefined ? '' : `mailroom sends ${String(ratio)} × as many`) : `FAILED: ${row.failure}`
    return `  ${row.contender.padEnd(22)}${cell(row.mailsPerSecond, '/s')}${cell(row.wallSeconds, ' s')}${cell(row.cpuSeconds, ' s cpu')}${cell(row.peakRssMb, ' MB')}   ${words}`
  })
  return [`${String(first.connections)} connection(s), ${String(first.rttMs)} ms round trip (load ${String(first.load)})`, ...lines, ''].join('\n')
}
