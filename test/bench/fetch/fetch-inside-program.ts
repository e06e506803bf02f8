/**
 * Mailroom, started once on a data folder; every line on standard input is one "Check all accounts" through the contract, and
 * is answered with one line of JSON: what it took until the job was done. CPU is this process with all its threads.
 */
import { createInterface } from 'node:readline'
import { openApp } from '../../../electron/app/open-app.ts'
import { quietSqliteWarning } from '../../../electron/hosts/quiet-sqlite-warning.ts'
import { terminalHost } from '../../../electron/hosts/terminal/terminal-host.ts'
import type { Caller } from '../../../shared/contract/caller.ts'
import { isOver, type Job } from '../../../shared/model/job.ts'

quietSqliteWarning()
const opened = await openApp({ root: process.argv[2] ?? '', version: 'bench', background: false, host: terminalHost('en-GB') })
if (!opened.ok) throw new Error(opened.failure.code)
const { caller, close } = opened.value
tell({ up: true })
for await (const _ of createInterface({ input: process.stdin })) {
  const [began, used] = [performance.now(), process.cpuUsage()]
  const failure = await fetchAll(caller)
  const { user, system } = process.cpuUsage(used)
  tell({ wallSeconds: (performance.now() - began) / 1000, cpuSeconds: (user + system) / 1e6, peakRssMb: process.resourceUsage().maxRSS / 1024, failure })
}
await close()

function tell(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

/** The failure's code, or null. */
async function fetchAll(mailroom: Caller): Promise<string | null> {
  const over = Promise.withResolvers<Job>()
  const stopListening = mailroom.on('job.changed', (job) => {
    if (job.kind === 'fetch-mail' && isOver(job.state)) over.resolve(job)
  })
  const started = await mailroom.call('mail.fetch', { accountIds: null })
  if (!started.ok) over.reject(new Error(started.failure.code))
  const job = await over.promise
  stopListening()
  return job.failure?.code ?? null
}
