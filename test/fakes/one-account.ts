/** An account book with one account in it, whose routes need no server. */
import type { AccountBook, Route } from '../../electron/accounts/account-book.ts'
import { accountDraftSchema, type Account, type AccountDraft, type AccountDraftInput } from '../../shared/model/account.ts'
import { done, failed, refused, type Failure } from '../../shared/failures/failure.ts'

export function draftOf(change: Partial<AccountDraftInput> = {}): AccountDraft {
  return accountDraftSchema.parse({
    name: 'Office',
    user: { displayName: 'Office', address: 'office@shop.example' },
    incoming: { protocol: 'imap', host: 'imap.shop.example', signIn: { userName: 'office' } },
    outgoing: { server: { use: 'own', host: 'smtp.shop.example' } },
    timeoutSeconds: 10,
    ...change,
  })
}

export function oneAccount(change: Partial<AccountDraftInput> = {}): Pick<AccountBook, 'get' | 'route' | 'wayMark' | 'routeOfDraft' | 'list' | 'onChange'> & {
  account: Account
  routeFailure: Failure | null
} {
  const book = {
    account: { id: 'office', ...draftOf(change) },
    routeFailure: null as Failure | null,
    get: (id: string) => (id === book.account.id ? done(book.account) : failed('account.unknown', { name: id })),
    list: () => [book.account],
    onChange: () => () => {},
    wayMark: () => JSON.stringify([book.account.outgoing, book.routeFailure]),
    route: async (_id: string, direction: 'incoming' | 'outgoing') => (book.routeFailure === null ? done(routeOf(direction)) : refused(book.routeFailure)),
    routeOfDraft: async (_draft: unknown, _secrets: unknown, direction: 'incoming' | 'outgoing') =>
      book.routeFailure === null ? done(routeOf(direction)) : refused(book.routeFailure),
  }
  return book
}

function routeOf(direction: 'incoming' | 'outgoing'): Route {
  const server = { host: 'server.shop.example', security: 'tls', trustedCertificate: null, timeoutSeconds: 10 } as const
  const credentials = { userName: 'office', secret: 'not-a-secret', method: 'password' } as const
  return direction === 'incoming' ? { protocol: 'imap', server: { ...server, port: 993 }, credentials } : { protocol: 'smtp', server: { ...server, port: 465 }, credentials }
}
