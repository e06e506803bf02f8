/**
 * An account as it stands in the wizard: every field always there, also of the half that is switched off, so that nothing
 * typed is lost by changing one's mind. Passwords are not part of it; they are held beside it and never kept.
 *
 * Guarantees: `draftOf` answers with what the account's schema judges; `formOf` of an account and `draftOf` again give the same
 * account.
 */
import { z } from 'zod'
import { keepSentSchema } from '../../shared/model/sent-copy.ts'
import type { Secrets } from '../../shared/contract/methods.ts'
import { type AccountDraft, type AccountDraftInput, ownFieldCount } from '../../shared/model/account.ts'
import { noPassage } from '../../shared/model/levels.ts'
import { type FoundServer } from '../../shared/model/findings.ts'
import { defaultPort, securitySchema, signInMethodSchema } from '../../shared/model/server.ts'

const text = z.string().max(50_000)
/** A form kept by an earlier version has plain texts here. */
const passage = z.preprocess((kept) => (typeof kept === 'string' ? { text: kept, html: '' } : kept), z.object({ text, html: z.string().max(200_000) }))
const port = z.number().nullable().or(z.nan())
const serverForm = z.object({ host: text, port, security: securitySchema, clearTextConfirmed: z.boolean(), trustedCertificate: z.string().max(64).nullable() })
const signInForm = z.object({ userName: text, method: signInMethodSchema, rememberPassword: z.boolean(), issuer: text.nullable() })

export const accountFormSchema = z.object({
  kind: z.enum(['personal', 'team']),
  /** Empty = called like its address. */
  name: text,
  user: z.object({
    displayName: text, address: text, organization: text, replyToAddress: text, replyToName: text, jobTitle: text, telephone: text,
    ownFields: z.array(z.object({ label: text, value: text })).length(ownFieldCount),
  }),
  forReceiving: z.boolean(),
  forSending: z.boolean(),
  incoming: serverForm.extend({ protocol: z.enum(['pop3', 'imap', 'jmap']), sessionUrl: text, otherHosts: text.default('') }),
  /** "Logon information": the incoming server's, or the outgoing one's where nothing is received. */
  signIn: signInForm,
  /** `viaIncoming`: HTTP alone; the server that mail comes from sends it too. */
  outgoing: serverForm.extend({ enabled: z.boolean(), shared: z.boolean(), viaIncoming: z.boolean().default(false) }),
  outgoingSignIn: signInForm.extend({ use: z.enum(['none', 'same-as-incoming', 'own', 'server']) }),
  timeoutSeconds: z.number(),
  delivery: z.object({ leaveCopy: z.boolean(), removeAfterDays: z.number().or(z.nan()).nullable(), removeWhenDeleted: z.boolean() }),
  privacy: z.object({ incoming: z.boolean(), outgoing: z.boolean() }),
  schedule: z.object({ everyMinutes: z.number().or(z.nan()).nullable(), atStart: z.boolean() }),
  sending: z.object({ signature: passage, footer: passage, readReceipt: z.enum(['none', 'account', 'reply-to']), deliveryReport: z.boolean(), keepSent: keepSentSchema.default('auto') }),
  unitId: z.string().nullable(),
})
export type AccountForm = z.infer<typeof accountFormSchema>
export type SignInForm = z.infer<typeof signInForm>

/** What was typed and not yet handed to the keychain. Empty = nothing typed. */
export interface Passwords {
  readonly main: string
  readonly outgoing: string
  /** A finished sign-in over the web, in place of the main password, and as whom (empty = not told). */
  readonly signedIn: { readonly id: string; readonly as: string } | null
}
export const noPasswords: Passwords = { main: '', outgoing: '', signedIn: null }

const emptyServer = { host: '', port: null, security: 'tls', clearTextConfirmed: false, trustedCertificate: null } as const
const emptySignIn = { userName: '', method: 'password', rememberPassword: true, issuer: null } as const
const noField = { label: '', value: '' }

export const emptyForm: AccountForm = {
  kind: 'personal',
  name: '',
  user: {
    displayName: '', address: '', organization: '', replyToAddress: '', replyToName: '', jobTitle: '', telephone: '',
    ownFields: Array.from({ length: ownFieldCount }, () => noField),
  },
  forReceiving: true,
  forSending: true,
  incoming: { ...emptyServer, protocol: 'imap', sessionUrl: '', otherHosts: '' },
  signIn: emptySignIn,
  outgoing: { ...emptyServer, enabled: true, shared: false, viaIncoming: false },
  outgoingSignIn: { ...emptySignIn, use: 'same-as-incoming' },
  timeoutSeconds: 60,
  delivery: { leaveCopy: true, removeAfterDays: null, removeWhenDeleted: false },
  privacy: { incoming: false, outgoing: false },
  schedule: { everyMinutes: 10, atStart: true },
  sending: { signature: noPassage, footer: noPassage, readReceipt: 'none', deliveryReport: false, keepSent: 'auto' },
  unitId: null,
}

/** Signs in at the outgoing server with the main logon, because there is no incoming one to share. */
const signsInAlone = (form: AccountForm) => !form.forReceiving && form.outgoingSignIn.use !== 'none' && form.outgoingSignIn.use !== 'server'

/** Mail goes out through the server it comes from. */
export const sendsViaIncoming = ({ forReceiving, incoming, outgoing }: Pick<AccountForm, 'forReceiving' | 'incoming' | 'outgoing'>): boolean => forReceiving && incoming.protocol === 'jmap' && outgoing.viaIncoming

export function draftOf(form: AccountForm): AccountDraftInput {
  const { forReceiving, forSending, incoming, signIn, outgoing, outgoingSignIn, name, user, ...rest } = form
  const { enabled, shared, viaIncoming: _, ...ownServer } = outgoing
  const { use, ...ownSignIn } = outgoingSignIn
  return {
    ...rest,
    name: name.trim() === '' ? user.address : name,
    user: { ...user, ownFields: user.ownFields.filter(({ label, value }) => label.trim() !== '' || value.trim() !== '') },
    incoming: forReceiving ? incomingOf(incoming, signIn) : null,
    outgoing: !forSending
      ? null
      : sendsViaIncoming(form) ? { enabled, server: { use: 'incoming' }, signIn: { use: 'same-as-incoming' } } : {
          enabled,
          server: shared ? { use: 'shared' } : { use: 'own', ...ownServer },
          signIn: signsInAlone(form) ? { use: 'own', signIn } : use === 'own' ? { use, signIn: ownSignIn } : { use },
        },
  }
}

function incomingOf({ protocol, sessionUrl, otherHosts, ...server }: AccountForm['incoming'], signIn: SignInForm): NonNullable<AccountDraftInput['incoming']> {
  if (protocol === 'jmap') return { protocol, sessionUrl: sessionUrlOf(sessionUrl), otherHosts: otherHosts.split(/[\s,;]+/).filter((name) => name !== ''), trustedCertificate: server.trustedCertificate, signIn }
  return { protocol, ...server, signIn }
}

/** People know a server's name; where its session is follows from that (RFC 8620 section 2.2). */
export function sessionUrlOf(typed: string): string {
  const text = typed.trim()
  const [, name] = /^(?:https:\/\/)?([^\s/@]+)\/?$/i.exec(text) ?? []
  return name === undefined || name.endsWith(':') ? text : `https://${name}/.well-known/jmap`
}

/** The other way round, for changing an account that exists. */
export function formOf(account: AccountDraft): AccountForm {
  const { incoming, outgoing, user, ...rest } = account
  const own = outgoing?.signIn.use === 'own' ? outgoing.signIn.signIn : null
  return {
    kind: rest.kind,
    name: rest.name,
    user: { ...user, ownFields: Array.from({ length: ownFieldCount }, (_, index) => user.ownFields[index] ?? noField) },
    forReceiving: incoming !== null,
    forSending: outgoing !== null,
    incoming: incoming === null ? emptyForm.incoming : incomingForm(incoming),
    signIn: incoming?.signIn ?? own ?? emptySignIn,
    outgoing: {
      ...(outgoing?.server.use === 'own' ? serverOf(outgoing.server) : emptyServer),
      enabled: outgoing?.enabled ?? true,
      shared: outgoing?.server.use === 'shared',
      viaIncoming: outgoing?.server.use === 'incoming',
    },
    outgoingSignIn: {
      ...((incoming === null ? null : own) ?? emptySignIn),
      use: incoming === null && own !== null ? 'same-as-incoming' : (outgoing?.signIn.use ?? 'same-as-incoming'),
    },
    timeoutSeconds: rest.timeoutSeconds,
    delivery: rest.delivery,
    privacy: rest.privacy,
    schedule: rest.schedule,
    sending: rest.sending,
    unitId: rest.unitId,
  }
}

type AnyServer = Pick<AccountForm['outgoing'], keyof typeof emptyServer>
const serverOf = ({ host, port, security, clearTextConfirmed, trustedCertificate }: AnyServer) => ({ host, port, security, clearTextConfirmed, trustedCertificate })

function incomingForm(incoming: NonNullable<AccountDraft['incoming']>): AccountForm['incoming'] {
  if (incoming.protocol === 'jmap') {
    return { ...emptyServer, protocol: 'jmap', sessionUrl: incoming.sessionUrl, otherHosts: incoming.otherHosts.join(', '), trustedCertificate: incoming.trustedCertificate }
  }
  return { ...serverOf(incoming), protocol: incoming.protocol, sessionUrl: '', otherHosts: '' }
}

const methodOf = ({ methods }: FoundServer) => (methods.includes('password') ? 'password' : (methods[0] ?? 'password'))

/** The form with a server that was found filled in. The port is left to follow where it is the standard one. */
export function withFound(form: AccountForm, found: FoundServer): AccountForm {
  const { protocol, host, security } = found
  if (protocol === 'jmap') {
    return { ...form, incoming: { ...form.incoming, protocol, sessionUrl: found.sessionUrl ?? '', otherHosts: '', trustedCertificate: null }, outgoing: { ...form.outgoing, viaIncoming: form.outgoing.host === '' && !form.outgoing.shared }, signIn: { ...form.signIn, userName: found.userName, method: methodOf(found) } }
  }
  const server = { host, security, port: found.port === defaultPort(protocol, security) ? null : found.port, clearTextConfirmed: false, trustedCertificate: null }
  const method = methodOf(found)
  if (protocol !== 'smtp') {
    return { ...form, incoming: { ...form.incoming, ...server, protocol }, signIn: { ...form.signIn, userName: found.userName, method } }
  }
  const outgoing = { ...form.outgoing, ...server, shared: false, viaIncoming: false }
  return form.forReceiving ? { ...form, outgoing } : { ...form, outgoing, signIn: { ...form.signIn, userName: found.userName, method } }
}

/** The passwords as the contract takes them; a direction nothing was typed for is left out, which keeps what is stored. */
export function secretsOf(form: AccountForm, passwords: Passwords): Secrets {
  const secrets: { incoming?: string; outgoing?: string; signedIn?: string } = {}
  if (form.signIn.method === 'oauth2') {
    if (passwords.signedIn !== null) secrets.signedIn = passwords.signedIn.id
    if (form.forSending && form.forReceiving && form.outgoingSignIn.use === 'own' && passwords.outgoing !== '') secrets.outgoing = passwords.outgoing
    return secrets
  }
  if (form.forReceiving && passwords.main !== '') secrets.incoming = passwords.main
  if (form.forSending && signsInAlone(form) && passwords.main !== '') secrets.outgoing = passwords.main
  if (form.forSending && form.forReceiving && form.outgoingSignIn.use === 'own' && passwords.outgoing !== '') secrets.outgoing = passwords.outgoing
  return secrets
}

/** The names of the servers as they stand in the form. */
export function serverNames({ forReceiving, forSending, incoming, outgoing }: AccountForm): readonly string[] {
  const received = !forReceiving ? '' : incoming.protocol !== 'jmap' ? incoming.host : URL.canParse(incoming.sessionUrl) ? new URL(incoming.sessionUrl).hostname : ''
  return [received, forSending && !outgoing.shared ? outgoing.host : ''].map((name) => name.trim()).filter((name) => name !== '' && name.length <= 253)
}
