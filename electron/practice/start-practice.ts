/**
 * A mail server inside the program, for people without an account at hand and for the demo: POP3 and SMTP on 127.0.0.1 only,
 * two users with passwords made at every start, everything in memory. Mail between them arrives, mail to a customer is
 * answered, and nothing ever leaves the machine. For an office trying the program out, not for use as a mail server.
 *
 * A sample mail has the same UIDL at every start, so a saved practice account does not fetch it twice.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import type { AddressInfo, Server, Socket } from 'node:net'
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'
import type { Secrets } from '../../shared/contract/methods.ts'
import { accountDraftSchema, type AccountDraft } from '../../shared/model/account.ts'
import { answerMail, isCustomer } from './answer-mail.ts'
import { createPop3Server, type PracticeMailbox, type StoredMessage } from './pop3-server.ts'
import { sampleMails, type SampleOwner } from './sample-mail.ts'
import { createSmtpSide, type Received } from './smtp-side.ts'

export interface PracticeOptions {
  /** Ports to use again; left out = any that is free. */
  readonly port?: { readonly pop3: number; readonly smtp: number }
  readonly now?: () => Date
}

export interface PracticeAccount {
  readonly draft: AccountDraft
  readonly secrets: Secrets
}

export interface PracticeServer {
  readonly port: { readonly pop3: number; readonly smtp: number }
  /** The accounts one can add, the main one first. */
  readonly accounts: readonly [PracticeAccount, PracticeAccount]
  /** What lies in a mailbox now, exact bytes, oldest first. */
  messages(address: string): readonly Buffer[]
  /** What was submitted, oldest first. */
  received(): readonly Received[]
  /** Puts one more message into a mailbox. */
  deliver(address: string, message: Buffer): void
  stop(): Promise<void>
}

const host = '127.0.0.1'
const people: readonly [SampleOwner, SampleOwner] = [
  { name: 'Practice Office', address: 'practice@mailroom.example' },
  { name: 'Practice Sales', address: 'sales@mailroom.example' },
]

interface User extends SampleOwner {
  readonly password: string
  messages: readonly StoredMessage[]
}

/** The ports a saved account uses the practice server at; null = it is no practice account. */
export function practicePorts(account: AccountDraft): { readonly pop3: number; readonly smtp: number } | null {
  const { incoming, outgoing } = account
  if (!people.some(({ address }) => address === account.user.address)) return null
  if (incoming?.protocol !== 'pop3' || incoming.host !== host || incoming.port === null) return null
  if (outgoing?.server.use !== 'own' || outgoing.server.host !== host || outgoing.server.port === null) return null
  return { pop3: incoming.port, smtp: outgoing.server.port }
}

export async function startPractice(options: PracticeOptions = {}): Promise<Outcome<PracticeServer>> {
  const { now = () => new Date() } = options
  const mails = await sampleMails(people[0], now())
  const salesMails = (await sampleMails(people[1], now())).slice(0, 4)
  const newUser = (owner: SampleOwner, messages: readonly Buffer[]): User => ({ ...owner, password: randomBytes(12).toString('base64url'), messages: messages.map((bytes, index) => ({ id: `sample-${index + 1}`, bytes })) })
  const users = [newUser(people[0], mails), newUser(people[1], salesMails)] as const
  const received: Received[] = []

  const userAt = (address: string) => users.find((user) => user.address === address.toLowerCase())
  const signIn = (userName: string, password: string) => {
    const user = userAt(userName)
    return user?.password === password ? user : undefined
  }
  const deliver = (address: string, message: Buffer) => {
    const user = userAt(address)
    if (user !== undefined) user.messages = [...user.messages, { id: randomUUID(), bytes: message }]
  }

  const pop3 = createPop3Server((userName, password) => mailboxOf(signIn(userName, password)))
  const smtp = await createSmtpSide({
    knows: (userName, password) => signIn(userName, password) !== undefined,
    async take(mail) {
      received.push(mail)
      for (const recipient of mail.recipients) {
        if (userAt(recipient) !== undefined) deliver(recipient, mail.bytes)
        else if (isCustomer(recipient)) deliver(mail.from, await answerMail(mail, recipient, now()))
      }
    },
  })
  // After it listens, smtp-server tells of connections that broke; that is their business.
  smtp.on('error', () => {})

  const sockets = new Set<Socket>()
  pop3.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const pop3Port = await listen(pop3, options.port?.pop3 ?? 0)
  const smtpPort = await listen(smtp.server, options.port?.smtp ?? 0)
  const stop = async () => {
    for (const socket of sockets) socket.destroy()
    await Promise.all([
      new Promise<void>((resolve) => {
        pop3.close(() => resolve())
      }),
      new Promise<void>((resolve) => {
        smtp.close(() => resolve())
      }),
    ])
  }
  if (pop3Port === null || smtpPort === null) {
    await stop()
    return failed('host.not-possible', { name: 'practice', host })
  }
  const port = { pop3: pop3Port, smtp: smtpPort }
  const account = (user: User): PracticeAccount => ({ draft: draftFor(user, port), secrets: { incoming: user.password } })
  return done({
    port,
    accounts: [account(users[0]), account(users[1])],
    messages: (address) => userAt(address)?.messages.map(({ bytes }) => bytes) ?? [],
    received: () => [...received],
    deliver,
    stop,
  })
}

function mailboxOf(user: User | undefined): PracticeMailbox | null {
  if (user === undefined) return null
  return {
    messages: () => user.messages,
    remove(ids) {
      user.messages = user.messages.filter(({ id }) => !ids.includes(id))
    },
  }
}

/** In clear, and confirmed so: it never leaves this machine. */
function draftFor(user: User, port: PracticeServer['port']): AccountDraft {
  const server = { host, security: 'none', clearTextConfirmed: true } as const
  return accountDraftSchema.parse({
    name: user.name,
    user: { displayName: user.name, address: user.address, organization: 'Mailroom practice' },
    incoming: { protocol: 'pop3', ...server, port: port.pop3, signIn: { userName: user.address, rememberPassword: false } },
    outgoing: { server: { use: 'own', ...server, port: port.smtp }, signIn: { use: 'same-as-incoming' } },
    timeoutSeconds: 10,
  })
}

/** null = that port can't be had. */
function listen(server: Pick<Server, 'once' | 'off' | 'listen' | 'address'>, port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const refused = () => resolve(null)
    server.once('error', refused)
    server.listen(port, host, () => {
      server.off('error', refused)
      resolve((server.address() as AddressInfo).port)
    })
  })
}
