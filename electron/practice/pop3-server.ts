/**
 * The receiving side of the practice server: POP3 (RFC 1939) with UIDL, TOP, CAPA and pipelining (RFC 2449), on loopback, over
 * mailboxes in memory. Messages are sent exactly as they are, dot-stuffed as section 3 demands.
 */
import { createServer, type Server, type Socket } from 'node:net'

export interface StoredMessage {
  readonly id: string
  readonly bytes: Buffer
}

/** The mailbox behind a sign-in; null = wrong user name or password. */
export type OpenMailbox = (userName: string, password: string) => PracticeMailbox | null

export interface PracticeMailbox {
  messages(): readonly StoredMessage[]
  remove(ids: readonly string[]): void
}

/** RFC 2449 section 4: a command line is at most 255 octets; passwords may be longer than that line leaves room for. */
const longestLine = 1024

const crlf = Buffer.from('\r\n')

export function createPop3Server(openMailbox: OpenMailbox): Server {
  return createServer((socket) => serve(socket, openMailbox))
}

function serve(socket: Socket, openMailbox: OpenMailbox): void {
  const session = createSession(openMailbox)
  let rest = Buffer.alloc(0)
  socket.on('error', () => socket.destroy())
  socket.setNoDelay(true)
  socket.write('+OK Mailroom practice server\r\n')
  socket.on('data', (data: Buffer) => {
    rest = Buffer.concat([rest, data])
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      const line = rest.subarray(0, end).toString('latin1').replace(/\r$/, '')
      rest = rest.subarray(end + 1)
      const answer = session.answer(line)
      socket.write(answer.bytes)
      if (answer.isLast) return void socket.end()
    }
    if (rest.length > longestLine) socket.end('-ERR line too long\r\n')
  })
}

interface Answer {
  readonly bytes: Buffer | string
  readonly isLast?: boolean
}

const ok = (words = ''): Answer => ({ bytes: `+OK${words === '' ? '' : ` ${words}`}\r\n` })
const err = (words: string): Answer => ({ bytes: `-ERR ${words}\r\n` })
const lines = (words: string, all: readonly string[]): Answer => ({ bytes: `+OK ${words}\r\n${all.map((one) => `${one}\r\n`).join('')}.\r\n` })

/** AUTHORIZATION ── PASS ──▶ TRANSACTION ── QUIT ──▶ UPDATE: only QUIT removes what DELE marked (RFC 1939 section 6). */
function createSession(openMailbox: OpenMailbox) {
  let userName = ''
  let mailbox: PracticeMailbox | null = null
  /** The mailbox as it was at sign-in: numbers stay, whatever arrives meanwhile. */
  let messages: readonly StoredMessage[] = []
  const marked = new Set<number>()

  const here = () => messages.flatMap((message, index) => (marked.has(index) ? [] : [{ message, number: index + 1 }]))
  const size = () => here().reduce((sum, { message }) => sum + message.bytes.length, 0)

  function signIn(password: string): Answer {
    mailbox = openMailbox(userName, password)
    if (mailbox === null) return err('[AUTH] wrong user name or password')
    messages = mailbox.messages()
    return ok(`${messages.length} messages`)
  }

  function withMessage(argument: string, work: (message: StoredMessage, index: number) => Answer): Answer {
    const index = Number(argument) - 1
    const message = messages[index]
    return message === undefined || marked.has(index) ? err('no such message') : work(message, index)
  }

  function list(argument: string | undefined, show: (message: StoredMessage) => string | number): Answer {
    if (argument === undefined) return lines('', here().map(({ message, number }) => `${number} ${show(message)}`))
    return withMessage(argument, (message, index) => ok(`${index + 1} ${show(message)}`))
  }

  function quit(): Answer {
    mailbox?.remove([...marked].flatMap((index) => messages[index]?.id ?? []))
    return { ...ok('bye'), isLast: true }
  }

  function transaction(command: string, [first, second]: readonly string[]): Answer {
    switch (command) {
      case 'STAT': return ok(`${here().length} ${size()}`)
      case 'LIST': return list(first, ({ bytes }) => bytes.length)
      case 'UIDL': return list(first, ({ id }) => id)
      case 'RETR': return withMessage(first ?? '', ({ bytes }) => ({ bytes: Buffer.concat([Buffer.from('+OK\r\n'), stuffed(bytes)]) }))
      case 'TOP': return withMessage(first ?? '', ({ bytes }) => ({ bytes: Buffer.concat([Buffer.from('+OK\r\n'), stuffed(topOf(bytes, Number(second)))]) }))
      case 'DELE': return withMessage(first ?? '', (_message, index) => {
        marked.add(index)
        return ok('marked')
      })
      case 'RSET':
        marked.clear()
        return ok()
      case 'NOOP': return ok()
      default: return err('unknown command')
    }
  }

  return {
    answer(line: string): Answer {
      const [word = '', ...rest] = line.split(' ')
      const command = word.toUpperCase()
      if (command === 'QUIT') return quit()
      if (command === 'CAPA') return lines('', ['USER', 'UIDL', 'TOP', 'PIPELINING', 'IMPLEMENTATION Mailroom-practice'])
      if (mailbox !== null) return transaction(command, rest)
      if (command === 'USER') {
        userName = rest.join(' ')
        return ok()
      }
      if (command === 'PASS') return signIn(rest.join(' '))
      return err('sign in first')
    },
  }
}

/** The message as it goes over the wire: a line that begins with a dot gets another, and a dot alone ends it. */
function stuffed(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1').replace(/^\./gm, '..')
  const whole = Buffer.from(text, 'latin1')
  const end = whole.subarray(-2).equals(crlf) || whole.length === 0 ? '.\r\n' : '\r\n.\r\n'
  return Buffer.concat([whole, Buffer.from(end)])
}

/** The header, the empty line, and so many lines of the body (RFC 1939 section 7). */
function topOf(bytes: Buffer, count: number): Buffer {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return bytes
  const body = bytes.subarray(end + 4).toString('latin1').split('\r\n').slice(0, Number.isInteger(count) ? count : 0)
  return Buffer.concat([bytes.subarray(0, end + 4), Buffer.from(body.map((line) => `${line}\r\n`).join(''), 'latin1')])
}
