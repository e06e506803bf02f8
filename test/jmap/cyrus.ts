/** Real Cyrus: an account in it, another program in the same mailbox, and what it gives away over a client that is not ours. */
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import type { AccountDraftInput } from '../../shared/model/account.ts'
import { otherProgramAt } from '../fakes/other-program.ts'
import { lab } from '../servers/lab.ts'

const sessionUrl = (): string => `https://localhost:${lab.port('JMAP_TLS')}/.well-known/jmap`

export function jmapDraft(user: string): AccountDraftInput {
  return {
    name: 'Office',
    user: { displayName: 'Office', address: `${user}@${lab.domain}` },
    incoming: { protocol: 'jmap', sessionUrl: sessionUrl(), signIn: { userName: user } },
    timeoutSeconds: 20,
  }
}

export const { inProgram: inCyrus, inFolder: inCyrusFolder, flagsIn: flagsInCyrus } = otherProgramAt('CYRUS_IMAP')

// Cyrus hangs up on some of a thousand that come at once.
const kept = new Agent({ keepAlive: true, maxSockets: 8 })

/** As RFC 8620 has it, by hand. */
async function askCyrus(user: string, path: string, body?: Buffer | string, type = 'application/json'): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const asked = request({ agent: kept, host: 'localhost', port: lab.port('JMAP_TLS'), path, method: body === undefined ? 'GET' : 'POST', auth: `${user}:${lab.password}`, headers: { 'content-type': type }, ca: readFileSync(lab.ca) }, (answer) => {
    const pieces: Buffer[] = []
    answer.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => resolve(Buffer.concat(pieces))).on('error', reject)
  })
  asked.on('error', reject).end(body)
  return promise
}

async function callCyrus(user: string, method: string, args: object): Promise<Record<string, never>> {
  const using = ['urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:mail']
  const answer = JSON.parse(String(await askCyrus(user, '/jmap/', JSON.stringify({ using, methodCalls: [[method, { accountId: user, ...args }, 'a']] })))) as { methodResponses: [string, Record<string, never>, string][] }
  return answer.methodResponses[0]?.[1] ?? {}
}

/** The bytes of all that is in the inbox. */
export async function inCyrusInbox(user: string): Promise<readonly Buffer[]> {
  const { ids } = (await callCyrus(user, 'Email/query', { filter: { inMailbox: await inboxOf(user) } })) as unknown as { ids: readonly string[] }
  const { list } = (await callCyrus(user, 'Email/get', { ids, properties: ['blobId'] })) as unknown as { list: readonly { readonly blobId: string }[] }
  return Promise.all(list.map(({ blobId }) => askCyrus(user, `/jmap/download/${user}/${blobId}/message.eml`)))
}

async function inboxOf(user: string): Promise<string> {
  const { list } = (await callCyrus(user, 'Mailbox/get', { ids: null })) as unknown as { list: { id: string; role: string | null }[] }
  return list.find(({ role }) => role === 'inbox')?.id ?? ''
}

/** Puts messages into the inbox byte for byte (Email/import); answers with those the server took. */
export async function importIntoCyrus(user: string, messages: readonly Buffer[]): Promise<readonly Buffer[]> {
  const inbox = await inboxOf(user)
  const upload = async (message: Buffer) => (JSON.parse(String(await askCyrus(user, `/jmap/upload/${user}/`, message, 'message/rfc822'))) as { blobId: string }).blobId
  const blobs: string[] = []
  // The first alone, as it makes the place for all of them; then as many at a time as Cyrus takes (maxConcurrentUpload is 5).
  for (let at = 0; at < messages.length; at = blobs.length) blobs.push(...(await Promise.all(messages.slice(at, at === 0 ? 1 : at + 4).map(upload))))
  const emails = Object.fromEntries(blobs.map((blobId, index) => [`m${index}`, { blobId, mailboxIds: { [inbox]: true }, keywords: {} }]))
  const { created } = (await callCyrus(user, 'Email/import', { emails })) as { created?: Readonly<Record<string, unknown>> | null }
  return messages.filter((_, index) => created?.[`m${index}`] !== undefined)
}
