/**
 * A mailbox of 200,000 messages: its first fetch stays within its memory, the next check takes seconds, and what was fetched is
 * all of it. The messages are links to a thousand files, which the server only ever renames.
 */
import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { measure } from '../bench/measure.ts'
import { labDraft, mailroomOn } from '../journeys/run-mailroom.ts'
import { lab } from '../servers/lab.ts'

const messages = 200_000
const megabytes = 250
const terminal = join(import.meta.dirname, '..', '..', 'dist', 'app', 'terminal.js')

interface Last {
  readonly data: { readonly detail: { readonly fetched: number; readonly known: number; readonly skippedTotal: number } }
}

let user: string
let scratch: string
beforeAll(() => {
  user = fillMailbox(messages)
  // On a disk, where the folder of temporary files may be memory.
  scratch = mkdtempSync(existsSync('/var/tmp') ? '/var/tmp/mailroom-scale-' : join(tmpdir(), 'mailroom-scale-'))
}, 600_000)
afterAll(() => {
  rmSync(scratch, { recursive: true, force: true })
  rmSync(join(lab.mail, user), { recursive: true, force: true })
}, 600_000)

describe.each(['pop3', 'imap'] as const)('an inbox of 200,000 messages over %s', (protocol) => {
  it('is fetched whole within its memory, and looked into again within seconds', async () => {
    const data = join(scratch, protocol)
    mkdirSync(data)
    const draft = join(scratch, `${protocol}.json`)
    writeFileSync(draft, JSON.stringify({ ...labDraft(user, protocol, 'Office'), timeoutSeconds: 600 }))
    expect(await mailroomOn(data).alone(['accounts', 'add', draft, '--secrets-stdin'], JSON.stringify({ incoming: lab.password, outgoing: lab.password }))).toMatchObject({ code: 0 })

    const first = await fetchOnce(data, 3000)
    console.log(`${protocol}, first fetch: ${first.words}`)
    expect(first.detail).toMatchObject({ fetched: messages, skippedTotal: 0 })
    expect(first.peakRssMb).toBeLessThan(megabytes)

    const next = await fetchOnce(data, 300)
    console.log(`${protocol}, nothing new: ${next.words}`)
    expect(next.detail).toMatchObject({ fetched: 0, known: messages })
    expect(next.peakRssMb).toBeLessThan(megabytes)
    expect(next.cpuSeconds).toBeLessThan(20)
    rmSync(data, { recursive: true })
  }, 3_600_000)
})

async function fetchOnce(data: string, limitSeconds: number) {
  const measured = await measure({ program: process.execPath, args: [terminal, '--data', data, 'fetch', 'Office', '--json'] }, limitSeconds)
  if (!measured.ok) throw new Error(measured.words)
  const last = JSON.parse(measured.output.trim().split('\n').at(-1) ?? '') as Last
  const { wallSeconds, cpuSeconds, peakRssMb } = measured.cost
  return { detail: last.data.detail, cpuSeconds, peakRssMb, words: `${wallSeconds.toFixed(1)} s, of which ${cpuSeconds.toFixed(1)} s computing, at most ${Math.round(peakRssMb)} MB` }
}

function fillMailbox(count: number): string {
  const [original, filled] = [lab.freshUser('original'), lab.freshUser('scale')]
  execFileSync(join(import.meta.dirname, '..', 'servers', 'gen-mail'), ['1000', '2K', 'scale', join(lab.mail, original, 'Maildir')], { stdio: 'ignore' })
  const from = join(lab.mail, original, 'Maildir')
  const sources = ['new', 'cur'].flatMap((part) => readdirSync(join(from, part)).map((name) => ({ path: join(from, part, name), sizes: /,S=\d+(?:,W=\d+)?/.exec(name)?.[0] ?? '' })))
  const maildir = join(lab.mail, filled, 'Maildir')
  const { uid, gid } = statSync(lab.mail)
  for (const folder of [join(lab.mail, filled), maildir, ...['tmp', 'new', 'cur'].map((part) => join(maildir, part))]) {
    mkdirSync(folder, { mode: 0o700 })
    if (process.getuid?.() === 0) chownSync(folder, uid, gid)
  }
  for (let at = 0; at < count; at += 1) {
    const source = sources[at % sources.length]
    if (source !== undefined) linkSync(source.path, join(maildir, 'cur', `${1_600_000_000 + at}.M${at}.lab${source.sizes}:2,${at % 3 === 0 ? '' : 'S'}`))
  }
  return filled
}
