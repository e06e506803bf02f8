/** An account as `mailroom accounts add` takes it, for the help: what most people have, and nothing that can be left out. */
import type { AccountDraftInput } from '../../../shared/model/account.ts'

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
