/**
 * What a JMAP server says of itself and of who signed in (RFC 8620 section 2): where its calls, files and news are, and what it allows.
 * Every address in it is https; one on another host than the session's is only used when the account names that host.
 */
import { z } from 'zod'
import { done, failed, type Evidence, type Outcome } from '../../../shared/failures/failure.ts'

export const coreCapability = 'urn:ietf:params:jmap:core'
export const mailCapability = 'urn:ietf:params:jmap:mail'
export const submissionCapability = 'urn:ietf:params:jmap:submission'

/** RFC 8620 section 1.2. */
export const idSchema = z.string().regex(/^[\w-]{1,255}$/)
const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER)
const word = z.string().max(1000)
const address = z.string().max(4000)

const coreSchema = z.object({
  maxSizeUpload: count,
  maxSizeRequest: count.default(1_000_000),
  maxConcurrentRequests: count.default(1),
  maxCallsInRequest: count.default(4),
  maxObjectsInGet: count.default(100),
  maxObjectsInSet: count.default(100),
})

const accountSchema = z.object({ isReadOnly: z.boolean().default(false), accountCapabilities: z.record(word, z.unknown()).default({}) })

const sessionSchema = z.object({
  username: word.default(''),
  capabilities: z.looseObject({ [coreCapability]: coreSchema }),
  accounts: z.record(idSchema, accountSchema),
  primaryAccounts: z.record(word, idSchema).default({}),
  apiUrl: address,
  downloadUrl: address,
  uploadUrl: address,
  eventSourceUrl: address.nullable().default(null),
})

/**
 * How many files are asked for at a time, and over how many connections where a server speaks only HTTP/1.1: there many hold the end of a
 * small file back until its beginning is acknowledged, 40 ms (RFC 1122 section 4.2.3.2).
 */
const mostDownloads = 32
export const mostConnections = 8
const fewRequests = 4

export interface SessionResource {
  readonly userName: string
  /** Whose mail it is. */
  readonly accountId: string
  readonly apiUrl: string
  /** Templates (RFC 6570 level 1). */
  readonly downloadUrl: string
  readonly uploadUrl: string
  readonly eventSourceUrl: string | null
  /** Sending is offered, by the server and for the same account (RFC 8621 section 7). */
  readonly sends: boolean
  readonly limits: {
    readonly bytesInUpload: number
    readonly bytesInRequest: number
    readonly downloadsAtOnce: number
    readonly callsInRequest: number
    readonly objectsInGet: number
    readonly objectsInSet: number
  }
}

/** More than this many at a time are never asked for, whatever a server allows: an answer has a size, too. */
const mostObjects = 1000

/** `from` is where it was found, after redirects: what is relative is relative to that. `otherHosts` are those the account's owner named. */
export function readSession(text: string, from: string, otherHosts: readonly string[], evidence: Evidence): Outcome<SessionResource> {
  const parsed = sessionSchema.safeParse(parseJson(text))
  if (!parsed.success) return failed('server.protocol', { ...evidence, detail: 'not a JMAP session' })
  const { username, capabilities, accounts, primaryAccounts, ...urls } = parsed.data
  const primary = primaryAccounts[mailCapability]
  const withMail = Object.entries(accounts).filter(([, { accountCapabilities }]) => mailCapability in accountCapabilities)
  const [accountId, account] = withMail.find(([id]) => id === primary) ?? withMail[0] ?? []
  if (accountId === undefined || account === undefined) return failed('mailbox.missing', { ...evidence, detail: 'no account with mail' })

  const own = new URL(from)
  const places: Record<string, string> = {}
  for (const [name, template] of Object.entries(urls)) {
    if (template === null || template === '') continue
    const resolved = resolve(template, own)
    if (resolved === null) return failed('server.protocol', { ...evidence, detail: name })
    // What could be reached in clear, or by whoever else, would get the password.
    if (resolved.protocol !== 'https:') return failed('signin.clear-text-refused', { ...evidence, host: resolved.hostname })
    if (resolved.host !== own.host && !otherHosts.includes(resolved.hostname)) return failed('server.elsewhere', { ...evidence, name: resolved.hostname })
    places[name] = template.includes('{') ? resolveTemplate(template, own) : resolved.href
  }
  const core = capabilities[coreCapability]
  const { apiUrl, downloadUrl, uploadUrl } = places
  if (apiUrl === undefined || downloadUrl === undefined || uploadUrl === undefined) return failed('server.protocol', { ...evidence, detail: 'not a JMAP session' })
  const atMost = (said: number, most: number) => Math.max(1, Math.min(said, most))
  return done({
    userName: username,
    accountId,
    apiUrl,
    downloadUrl,
    uploadUrl,
    eventSourceUrl: places['eventSourceUrl'] ?? null,
    sends: submissionCapability in capabilities && submissionCapability in account.accountCapabilities && !account.isReadOnly,
    limits: {
      bytesInUpload: core.maxSizeUpload,
      bytesInRequest: core.maxSizeRequest,
      // The limit is for calls, which go out one after the other here; a server that allows few of those is spared with files too.
      downloadsAtOnce: core.maxConcurrentRequests < fewRequests ? Math.max(1, core.maxConcurrentRequests) : mostDownloads,
      callsInRequest: Math.max(1, core.maxCallsInRequest),
      objectsInGet: atMost(core.maxObjectsInGet, mostObjects),
      objectsInSet: atMost(core.maxObjectsInSet, mostObjects),
    },
  })
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Only to be judged: with something in the place of its variables. */
function resolve(template: string, base: URL): URL | null {
  const plain = template.replaceAll(/\{\w{1,40}\}/g, 'x')
  const url = URL.canParse(plain, base.href) ? new URL(plain, base) : null
  return url === null || url.username !== '' || url.password !== '' || /[{}\s]/.test(plain) ? null : url
}

/** A variable in the host would make the host the server's choice at every call: only what comes after it may have one. */
function resolveTemplate(template: string, base: URL): string {
  const marked = template.replaceAll(/\{(\w{1,40})\}/g, '--$1--')
  const resolved = new URL(marked, base)
  const rest = `${resolved.pathname}${resolved.search}`.replaceAll(/--(\w{1,40})--/g, '{$1}')
  return `${resolved.origin}${rest}`
}

/** RFC 6570 section 3.2.2. */
export function expand(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))
}
