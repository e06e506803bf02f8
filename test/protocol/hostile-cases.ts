/**
 * How a hostile server is tried: it says what its case wants, and remembers what it heard. Whatever it does, what it must not know it
 * does not know, in any form; the call ends with the right failure, in whose words no secret stands; and the next run, against the
 * real server and with the same password, works.
 *
 * The categories are those of "Why TLS Is Better Without STARTTLS" (Poddebniak et al., USENIX Security 2021), and more.
 */
import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { expect, test } from 'vitest'
import { openInbox } from '../../electron/protocols/open-inbox.ts'
import { openSubmission } from '../../electron/protocols/open-submission.ts'
import type { Credentials, ServerTarget } from '../../electron/protocols/net/server-target.ts'
import { done, type FailureCode, type Outcome } from '../../shared/failures/failure.ts'
import type { Security } from '../../shared/model/server.ts'
import { CollectingReceiver } from '../fakes/collecting-receiver.ts'
import { makeIdentity } from '../fakes/identities.ts'
import { commandsOf, formsFound } from '../fakes/secret-forms.ts'
import { type UpgradableConversation, upgradingServer } from '../fakes/upgrading-server.ts'
import { lab, type LabPort } from '../servers/lab.ts'
import { labTarget, mustBe } from './lab-mail.ts'

export type Protocol = 'pop3' | 'imap' | 'smtp'
export type Does = (server: UpgradableConversation) => Promise<void>

export interface HostileCase {
  readonly what: string
  /** STARTTLS, where nothing else is said. */
  readonly security?: Security
  readonly does: Does
  readonly ends: FailureCode | 'done'
  /** Inside TLS. `nothing` = it hears no sign-in at all; `proofs` = it does, and not the password. In clear it hears neither, ever. */
  readonly mayKnow?: 'nothing' | 'proofs' | 'password'
  /** Short where it is to run out. */
  readonly seconds?: number
  readonly credentials?: Partial<Credentials>
}

/** An authority that this process trusts, and a server it vouches for: whoever stands in between has neither. */
export const authority = makeIdentity({ subject: 'Authority of the test', isAuthority: true })
const honest = makeIdentity({ issuer: authority })
tls.setDefaultCACertificates([...tls.getCACertificates('default'), authority.cert])

const realPorts: Readonly<Record<Protocol, LabPort>> = { pop3: 'POP3', imap: 'IMAP', smtp: 'SUBMISSION' }

/** All that a run does: sign in, list and fetch, or sign in and send. */
export async function run(protocol: Protocol, target: ServerTarget, credentials: Credentials): Promise<Outcome<unknown>> {
  if (protocol === 'smtp') return send(target, credentials)
  const inbox = await openInbox(protocol, target, credentials)
  if (!inbox.ok) return inbox
  const listed = await inbox.value.list()
  const receiver = new CollectingReceiver()
  const fetched = listed.ok ? await inbox.value.fetch(listed.value.map(({ serverId }) => serverId), receiver) : listed
  await inbox.value.close()
  return fetched.ok ? done([...receiver.failures.values()]) : fetched
}

async function send(target: ServerTarget, credentials: Credentials): Promise<Outcome<unknown>> {
  const session = await openSubmission(target, credentials)
  if (!session.ok) return session
  const file = join(tmpdir(), `mailroom-hostile-${randomUUID()}.eml`)
  const message = 'Subject: x\r\n\r\ntext\r\n'
  writeFileSync(file, message)
  const taken = await session.value.submit({ mailFrom: `${credentials.userName}@${lab.domain}`, recipients: [`${credentials.userName}@${lab.domain}`], file, size: message.length, envelopeId: null, submitting: () => true })
  rmSync(file)
  await session.value.close()
  return taken.ok ? done(taken.value) : taken
}

export function testAll(protocol: Protocol, cases: readonly HostileCase[]): void {
  test.each(cases)('$what', async ({ security = 'starttls', does, ends, mayKnow = 'nothing', seconds = 20, credentials: others }) => {
    const credentials: Credentials = { userName: lab.freshUser('hostile'), secret: lab.password, method: 'password', ...others }
    const server = await upgradingServer(honest, does)
    const target: ServerTarget = { host: '127.0.0.1', port: server.port, security, trustedCertificate: null, timeoutSeconds: seconds, signal: new AbortController().signal }
    const outcome = await run(protocol, target, credentials)
    const { clear, secured } = server
    await server.close()

    expect(outcome.ok ? 'done' : outcome.failure.code).toBe(ends)
    const inClear = security === 'none' && mayKnow === 'password' ? '' : clear
    expect({ forms: formsFound(inClear, credentials.secret), commands: security === 'none' ? [] : commandsOf(clear) }).toEqual({ forms: [], commands: [] })
    if (mayKnow !== 'password') expect(formsFound(secured, credentials.secret)).toEqual([])
    if (mayKnow === 'nothing') expect(commandsOf(secured)).toEqual([])
    expect(formsFound(JSON.stringify(outcome), credentials.secret)).toEqual([])
    expect(outcome.ok ? '' : (outcome.failure.evidence.serverWords ?? '')).toMatch(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{0,500}$/u)

    mustBe(await run(protocol, labTarget(realPorts[protocol], 'starttls'), { userName: lab.freshUser('hostile'), secret: lab.password, method: 'password' }))
  })
}

export const silence = async (): Promise<void> => {}
/** A TLS record (RFC 8446 section 5.1): an alert, `handshake_failure`, that nobody encrypted. */
export const alert = Buffer.from([21, 3, 3, 0, 2, 2, 40])
export const drip = async ({ says, socket }: Pick<UpgradableConversation, 'says' | 'socket'>, words: string): Promise<void> => {
  while (!socket.destroyed) {
    await says(words)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
/** Words that colour a terminal, turn the reading direction, hide what they say and go on and on. */
export const trickery = Buffer.from(`\x1b[31m\x07pay \u202egpj.exe\u2066 now\u200b\0\u2028 ${'\u{1f4e7}x'.repeat(2000)}`)
/** What somebody says who was told the password, in whatever form he keeps it. */
export const knowingly = (before: string, after = '\r\n') => async ({ says }: Pick<UpgradableConversation, 'says'>): Promise<void> => {
  const { password } = lab
  const kept = [password, password.toUpperCase(), [...password].toReversed().join(''), [...password].join('\0'), encodeURIComponent(password), `"${password}"`]
  const encoded = [Buffer.from(password).toString('hex'), ...[password, `\0anna\0${password}`, [...password].join('\0')].map((form) => Buffer.from(form).toString('base64'))]
  await says(`${before}${[...kept, ...encoded].join(' and ')}${after}`)
}
export const forEver = async ({ says, socket }: Pick<UpgradableConversation, 'says' | 'socket'>, words: string): Promise<void> => {
  const heap = words.repeat(Math.ceil(100_000 / words.length))
  while (!socket.destroyed) await says(heap)
}
