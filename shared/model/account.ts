/**
 * A mail account: who the sender is, where mail comes from, where it goes out, and what becomes of the copy on the server
 * (PRODUCT A1-A9, B2-B7, C2, C5). No secret is ever part of it: passwords live in the keychain, one entry per account and
 * direction.
 */
import { z } from 'zod'
import { missingOr } from './field-problem.ts'
import { passageSchema } from './levels.ts'
import { keepSentSchema } from './sent-copy.ts'
import { host, isHost, isMailAddress, line, mailAddress, optionalMailAddress, requiredLine } from './text-field.ts'
import { defaultPort, type ServerProtocol, serverAddressShape, type SignIn, signInSchema } from './server.ts'

export const accountIdSchema = z.string().regex(/^[\da-z-]{1,64}$/, 'wrong-type')
export type AccountId = z.infer<typeof accountIdSchema>

export const directionSchema = z.enum(['incoming', 'outgoing'])
export type Direction = z.infer<typeof directionSchema>

export const ownFieldCount = 6

/** A7: what is known of the sender; all of it can be used as a merge field. */
const userInformationSchema = z.strictObject({
  displayName: requiredLine(),
  address: mailAddress,
  organization: line().default(''),
  replyToAddress: optionalMailAddress.default(''),
  replyToName: line().default(''),
  jobTitle: line().default(''),
  telephone: line(60).default(''),
  /** Up to six fields of the user's own, with labels of their own. */
  ownFields: z.array(z.strictObject({ label: line(60), value: line(500) })).max(ownFieldCount, 'number-range').default([]),
}, { error: missingOr() })
export type UserInformation = z.infer<typeof userInformationSchema>

const mailbox = <P extends 'pop3' | 'imap'>(protocol: P) =>
  z.strictObject({ protocol: z.literal(protocol), ...serverAddressShape, signIn: signInSchema })

/** A host or an IP address behind `https://`, a port where it needs one, no password, and nothing that only a browser understands. */
function isHttpsAddress(text: string): boolean {
  const [, name, port] = /^https:\/\/([^\s/@:?#[\]]+|\[[\da-f:.]+\])(?::(\d{1,5}))?(?:\/[^\s\\#]*)?$/i.exec(text) ?? []
  return name !== undefined && isHost(name.replace(/^\[|\]$/g, '')) && Number(port ?? 443) <= 65535
}

/** Host and, where it is named, port of a session address. */
export function sessionHost(sessionUrl: string): string {
  return /^https:\/\/([^/]*)/.exec(sessionUrl)?.[1] ?? ''
}

/** A6: where mail comes from. HTTP means JMAP (RFC 8620). */
const incomingSchema = z.discriminatedUnion('protocol', [
  mailbox('pop3'),
  mailbox('imap'),
  z.strictObject({
    protocol: z.literal('jmap'),
    /** The JMAP session resource; always https, and no password in it. */
    sessionUrl: requiredLine(2000).refine((text) => text === '' || isHttpsAddress(text), 'not-a-url'),
    /** What of the session may be on other hosts, which then get the sign-in too: a person said so. */
    otherHosts: z.array(host).max(5, 'number-range').default([]),
    trustedCertificate: serverAddressShape.trustedCertificate,
    signIn: signInSchema,
  }),
])
export type Incoming = z.infer<typeof incomingSchema>
export type IncomingProtocol = Incoming['protocol']
/** An incoming server that is reached by host and port. */
export type Mailbox = Exclude<Incoming, { protocol: 'jmap' }>

/** B3: whose name and password the outgoing server gets. `server` = the shared server's own (A9). */
const outgoingSignInSchema = z.discriminatedUnion('use', [
  z.strictObject({ use: z.literal('none') }),
  z.strictObject({ use: z.literal('same-as-incoming') }),
  z.strictObject({ use: z.literal('own'), signIn: signInSchema }),
  z.strictObject({ use: z.literal('server') }),
])
export type OutgoingSignIn = z.infer<typeof outgoingSignInSchema>

/** Where nobody said how to sign in: a server of others gets its own sign-in (A9), never the password of somebody's mailbox. */
function unsaidSignIn(use: 'own' | 'shared' | 'incoming'): OutgoingSignIn {
  return use === 'shared' ? { use: 'server' } : { use: 'same-as-incoming' }
}

const outgoingSchema = z.strictObject({
  /** A5: false = this sender may not send for now; nothing is deleted. */
  enabled: z.boolean('wrong-type').default(true),
  /** B6: an own server, or the nearest shared one that is switched on (unit, then organization). */
  server: z.discriminatedUnion('use', [
    z.strictObject({ use: z.literal('own'), ...serverAddressShape }),
    z.strictObject({ use: z.literal('shared') }),
    /** The server that mail comes from sends it too: HTTP alone (RFC 8621 section 7). It is signed in to as for receiving. */
    z.strictObject({ use: z.literal('incoming') }),
  ]),
  signIn: outgoingSignInSchema.optional(),
}).transform(({ signIn, ...outgoing }) => ({ ...outgoing, signIn: signIn ?? unsaidSignIn(outgoing.server.use) }))
export type Outgoing = z.infer<typeof outgoingSchema>

/** C2: what becomes of the server's copy once a message is safe here. `removeAfterDays` counts from the day it was stored. */
export const deliverySchema = z.strictObject({
  leaveCopy: z.boolean('wrong-type').default(true),
  removeAfterDays: z.number('wrong-type').int('number-range').min(1, 'number-range').max(3650, 'number-range').nullable().default(null),
  removeWhenDeleted: z.boolean('wrong-type').default(false),
})
export type Delivery = z.infer<typeof deliverySchema>

const sendingSchema = z.strictObject({
  signature: passageSchema.prefault({}),
  footer: passageSchema.prefault({}),
  /** D7: where a read receipt (RFC 8098) is asked to go. */
  readReceipt: z.enum(['none', 'account', 'reply-to']).default('none'),
  /** D7: ask for a delivery report (RFC 3461). */
  deliveryReport: z.boolean('wrong-type').default(false),
  /** D11: whether Mailroom adds a copy of what was sent to the account's Sent folder (IMAP). */
  keepSent: keepSentSchema.default('auto'),
})

export const timeoutRange = { min: 10, max: 600 } as const

const accountShape = {
  kind: z.enum(['personal', 'team']).default('personal'),
  /** What this account is called in lists. */
  name: requiredLine(100),
  user: userInformationSchema,
  incoming: incomingSchema.nullable().default(null),
  outgoing: outgoingSchema.nullable().default(null),
  /** B5, seconds: every wait for a server of this account ends after this long. */
  timeoutSeconds: z.number('wrong-type').int('number-range').min(timeoutRange.min, 'number-range').max(timeoutRange.max, 'number-range').default(60),
  delivery: deliverySchema.prefault({}),
  privacy: z.strictObject({ incoming: z.boolean().default(false), outgoing: z.boolean().default(false) }).prefault({}),
  schedule: z
    .strictObject({
      everyMinutes: z.number('wrong-type').int('number-range').min(1, 'number-range').max(1440, 'number-range').nullable().default(10),
      atStart: z.boolean('wrong-type').default(true),
    })
    .prefault({}),
  sending: sendingSchema.prefault({}),
  /** B6: the unit (company, employer, department) this account belongs to. */
  unitId: z.string().nullable().default(null),
} as const

type Draft = z.infer<z.ZodObject<typeof accountShape>>

function consistent(draft: Draft, context: z.RefinementCtx): void {
  const problem = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
  if (draft.incoming === null && draft.outgoing === null) problem(['incoming'], 'neither-direction')
  if (draft.outgoing?.signIn.use === 'same-as-incoming' && draft.incoming === null) problem(['outgoing', 'signIn', 'use'], 'needs-incoming')
  if (draft.outgoing?.signIn.use === 'server' && draft.outgoing.server.use === 'own') problem(['outgoing', 'signIn', 'use'], 'not-a-choice')
  if (draft.outgoing?.server.use === 'incoming' && (draft.incoming?.protocol !== 'jmap' || draft.outgoing.signIn.use !== 'same-as-incoming')) problem(['outgoing', 'server', 'use'], 'not-a-choice')
  for (const [path, server] of clearTextServers(draft)) {
    if (server.security === 'none' && !server.clearTextConfirmed) problem([...path, 'security'], 'not-confirmed')
  }
}

function* clearTextServers(draft: Draft) {
  if (draft.incoming !== null && draft.incoming.protocol !== 'jmap') yield [['incoming'], draft.incoming] as const
  if (draft.outgoing?.server.use === 'own') yield [['outgoing', 'server'], draft.outgoing.server] as const
}

/** An account that is not saved yet: everything but its id. */
export const accountDraftSchema = z.strictObject(accountShape).superRefine(consistent)
export type AccountDraft = z.infer<typeof accountDraftSchema>
/** As written by hand or by another program: what has a default may be left out. */
export type AccountDraftInput = z.input<typeof accountDraftSchema>

export const accountSchema = z.strictObject({ id: accountIdSchema, ...accountShape }).superRefine(consistent)
export type Account = z.infer<typeof accountSchema>

/** The port a server of this account is reached at. */
export function portOf(protocol: ServerProtocol, server: { readonly port: number | null; readonly security: 'none' | 'starttls' | 'tls' }): number {
  return server.port ?? defaultPort(protocol, server.security)
}

/** The addresses that stand for this account in mail. */
export function ownAddresses({ user, incoming }: Pick<AccountDraft, 'user' | 'incoming'>): readonly string[] {
  return [user.address, user.replyToAddress, incoming?.signIn.userName ?? ''].filter(isMailAddress)
}

/** A3: only an account that may send can be the default. */
export function canSend(account: Pick<AccountDraft, 'outgoing'>): boolean {
  return account.outgoing !== null && account.outgoing.enabled
}

/**
 * Both halves sign in over the web as the same user of the same provider. Then they share one permission: of two copies of it, the second
 * would be taken for stolen as soon as the provider replaced the first (RFC 9700 section 4.14.2).
 */
export function sharesWebSignIn({ incoming, outgoing }: Pick<AccountDraft, 'incoming' | 'outgoing'>): boolean {
  if (incoming === null || outgoing?.signIn.use !== 'own') return false
  const [one, other] = [incoming.signIn, outgoing.signIn.signIn]
  return one.method === 'oauth2' && other.method === 'oauth2' && one.issuer === other.issuer && one.userName.toLowerCase() === other.userName.toLowerCase()
}

/** How a direction signs in, with what is its own; null = not at all, or with what belongs to another. */
export function ownSignIn({ incoming, outgoing }: Pick<AccountDraft, 'incoming' | 'outgoing'>, direction: Direction): SignIn | null {
  if (direction === 'incoming') return incoming?.signIn ?? null
  return outgoing?.signIn.use === 'own' ? outgoing.signIn.signIn : null
}

/** The names of the servers an account uses itself. */
export function serverNames({ incoming, outgoing }: Pick<AccountDraft, 'incoming' | 'outgoing'>): readonly string[] {
  const received = incoming === null ? [] : [incoming.protocol === 'jmap' ? sessionHost(incoming.sessionUrl) : incoming.host]
  return [...received, ...(outgoing?.server.use === 'own' ? [outgoing.server.host] : [])].filter((name) => name !== '')
}

/** Does any half of it sign in with a permission instead of a password? */
export function signsInOverTheWeb(account: Pick<AccountDraft, 'incoming' | 'outgoing'>): boolean {
  return directionSchema.options.some((one) => ownSignIn(account, one)?.method === 'oauth2')
}

/** Is a secret kept for this direction? Not where it needs none of its own. */
export function needsSecret(account: Pick<AccountDraft, 'incoming' | 'outgoing'>, direction: Direction): boolean {
  return ownSignIn(account, direction) !== null && !(direction === 'outgoing' && sharesWebSignIn(account))
}
