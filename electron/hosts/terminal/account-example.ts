/** Accounts, an organization and a unit as `mailroom … add` and `set` take them, for the help: what most people have, and nothing that can be left out. */
import type { z } from 'zod'
import type { AccountDraftInput } from '../../../shared/model/account.ts'
import type { organizationSchema, unitDraftSchema } from '../../../shared/model/levels.ts'

export const accountExample = {
  name: 'Anna',
  user: { displayName: 'Anna de Boer', address: 'anna@example.nl' },
  incoming: { protocol: 'imap', host: 'imap.example.nl', port: 993, security: 'tls', signIn: { userName: 'anna@example.nl' } },
  outgoing: { server: { use: 'own', host: 'smtp.example.nl', port: 587, security: 'starttls' } },
} satisfies AccountDraftInput

/** What differs where one server speaks HTTP (JMAP), for receiving and sending. */
export const httpExample = {
  incoming: { protocol: 'jmap', sessionUrl: 'https://mail.example.nl/.well-known/jmap', signIn: { userName: 'anna@example.nl' } },
  outgoing: { server: { use: 'incoming' } },
} satisfies Pick<AccountDraftInput, 'incoming' | 'outgoing'>

const server = { host: 'smtp.example.nl', port: 587, security: 'starttls', signIn: { userName: 'post@example.nl' }, noReplyAddress: 'no-reply@example.nl' } as const

export const organizationExample = { name: 'Example', footer: 'Example, The Hague', server } satisfies z.input<typeof organizationSchema>

export const unitExample = { name: 'Sales', kind: 'department', footer: 'Sales, Example', server: { ...server, noReplyAddress: '' } } satisfies z.input<typeof unitDraftSchema>

/** What else an account may say, with what holds where it does not. */
export const accountRest = {
  kind: 'personal',
  user: { ...accountExample.user, organization: '', replyToAddress: '', replyToName: '', jobTitle: '', telephone: '', ownFields: [{ label: 'Department', value: 'Sales' }] },
  outgoing: { enabled: true, server: { use: 'shared' }, signIn: { use: 'server' } },
  timeoutSeconds: 60,
  delivery: { leaveCopy: true, removeAfterDays: null, removeWhenDeleted: false },
  privacy: { incoming: false, outgoing: false },
  schedule: { everyMinutes: 10, atStart: true },
  sending: { signature: 'Anna', footer: '', readReceipt: 'none', deliveryReport: false, keepSent: 'auto' },
} satisfies Partial<AccountDraftInput>
