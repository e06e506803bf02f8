/** A JMAP server of a few lines on a real socket: its session, its calls and its files are what a test says. */
import type { ServerResponse } from 'node:http'
import type { ServerTarget } from '../../electron/protocols/net/server-target.ts'
import { httpFront, type HttpFront } from './http-front.ts'

const userName = 'anna'
export const secret = 'pa55word-of-anna'
export const credentials = { userName, secret, method: 'password' } as const

/** What a server that sends says more. */
export const sending = {
  capabilities: { 'urn:ietf:params:jmap:core': { maxSizeUpload: 1e7, maxSizeRequest: 1e7, maxConcurrentRequests: 4, maxCallsInRequest: 16, maxObjectsInGet: 500, maxObjectsInSet: 500 }, 'urn:ietf:params:jmap:mail': {}, 'urn:ietf:params:jmap:submission': {} },
  accounts: { a1: { accountCapabilities: { 'urn:ietf:params:jmap:mail': {}, 'urn:ietf:params:jmap:submission': {} } } },
}

export const sessionOf = (change: Readonly<Record<string, unknown>> = {}) => ({
  username: userName,
  capabilities: { 'urn:ietf:params:jmap:core': { maxSizeUpload: 1e7, maxSizeRequest: 1e7, maxConcurrentRequests: 4, maxCallsInRequest: 16, maxObjectsInGet: 500, maxObjectsInSet: 500 }, 'urn:ietf:params:jmap:mail': {} },
  accounts: { a1: { accountCapabilities: { 'urn:ietf:params:jmap:mail': {} } } },
  primaryAccounts: { 'urn:ietf:params:jmap:mail': 'a1' },
  apiUrl: '/api', downloadUrl: '/files/{accountId}/{blobId}?{name}{type}', uploadUrl: '/up/{accountId}/', eventSourceUrl: '/events?types={types}&closeafter={closeafter}&ping={ping}',
  ...change,
})

type Reply = (answer: ServerResponse) => void | Promise<void>
export interface JmapPlay {
  /** An object is sent as JSON. */
  readonly session?: object | Reply
  /** Answers to one method; what is left out is a mailbox with nothing in it. */
  readonly calls?: Readonly<Record<string, (args: Readonly<Record<string, unknown>>) => object>>
  readonly api?: Reply
  readonly file?: (blobId: string, answer: ServerResponse) => void
  readonly events?: Reply
}

const usual: NonNullable<JmapPlay['calls']> = {
  'Mailbox/get': () => ({ list: [{ id: 'm1', name: 'Inbox', parentId: null, role: 'inbox', totalEmails: 0 }] }),
  'Email/get': () => ({ state: 's1', list: [], notFound: [] }),
  'Email/query': () => ({ ids: [] }),
}

/** One with `error` in it is an error of that type. */
function answerTo(play: JmapPlay, method: string, args: Readonly<Record<string, unknown>>, as: string): readonly [string, object, string] {
  const answer = (play.calls?.[method] ?? usual[method])?.(args) ?? { error: 'unknownMethod' }
  return 'error' in answer ? ['error', { type: answer.error }, as] : [method, answer, as]
}

export async function jmapFront(play: JmapPlay): Promise<HttpFront> {
  return httpFront(({ path, body }, answer) => {
    const reply = (with_: object | Reply) => (typeof with_ === 'function' ? (with_ as Reply)(answer) : void answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(with_)))
    if (path === '/jmap') return reply(play.session ?? sessionOf())
    if (path.startsWith('/files/a1/')) return play.file?.(path.slice('/files/a1/'.length).split('?')[0] ?? '', answer)
    if (path.startsWith('/up/')) return reply({ accountId: 'a1', blobId: 'b-up', type: 'message/rfc822', size: body.length })
    if (path.startsWith('/events')) return play.events?.(answer)
    if (play.api !== undefined) return play.api(answer)
    const { methodCalls } = JSON.parse(body) as { methodCalls: [string, Record<string, unknown>, string][] }
    return reply({ methodResponses: methodCalls.map(([method, args, as]) => answerTo(play, method, args, as)) })
  })
}

export function targetOf({ port, sessionUrl, fingerprint }: Pick<HttpFront, 'port' | 'sessionUrl' | 'fingerprint'>, change: Partial<ServerTarget> = {}): ServerTarget {
  return { host: '127.0.0.1', port, security: 'tls', trustedCertificate: fingerprint, timeoutSeconds: 5, signal: new AbortController().signal, http: { sessionUrl, otherHosts: [] }, ...change }
}
