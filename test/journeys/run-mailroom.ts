/**
 * The command line as another program uses it: arguments, standard input, and what it ends with. In this very process, which
 * spares a start per command; as a process of its own where a test asks for one, or gives it another environment.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { runTerminal } from '../../electron/hosts/terminal/run-terminal.ts'
import type { AccountDraftInput } from '../../shared/model/account.ts'
import { lab } from '../servers/lab.ts'

const program = join(import.meta.dirname, '..', '..', 'electron', 'hosts', 'terminal', 'main.ts')

export interface Ended {
  readonly code: number
  readonly out: string
  readonly errors: string
}

export interface Mailroom {
  readonly data: string
  /** Runs to its end; `input` is all of its standard input. */
  (words: readonly string[], input?: string | Buffer): Promise<Ended>
  /** The same, as a process of its own. */
  alone(words: readonly string[], input?: string | Buffer): Promise<Ended>
  /** For a test that interferes while it runs. */
  begin(words: readonly string[]): ChildProcessWithoutNullStreams
  /** Its one JSON document; throws when it did not end with 0. */
  json<T>(words: readonly string[], input?: string): Promise<T>
}

export function mailroomOn(data: string, environment: NodeJS.ProcessEnv = {}): Mailroom {
  const begin = (words: readonly string[]) =>
    spawn(process.execPath, [program, '--data', data, ...words], { env: { ...process.env, LC_ALL: 'en_GB.UTF-8', ...environment }, stdio: 'pipe' })
  const alone = async (words: readonly string[], input: string | Buffer = ''): Promise<Ended> => {
    const child = begin(words)
    child.stdin.on('error', () => undefined) // it may have ended without reading
    child.stdin.end(input)
    const [out, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    return { code: code as number, out, errors }
  }
  const run = (words: readonly string[], input: string | Buffer = '') =>
    Object.keys(environment).length > 0 ? alone(words, input) : here(['--data', data, ...words], input)
  return Object.assign(run, {
    data,
    alone,
    begin,
    async json<T>(words: readonly string[], input?: string): Promise<T> {
      const { code, out, errors } = await run([...words, '--json'], input)
      if (code !== 0) throw new Error(`mailroom ${words.join(' ')} ended with ${code}: ${errors}`)
      return JSON.parse(out) as T
    },
  })
}

async function here(words: readonly string[], input: string | Buffer): Promise<Ended> {
  const out: Buffer[] = []
  const errors: Buffer[] = []
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(input)
  }
  const code = await runTerminal(words, {
    input: pieces(),
    output: { write: (piece) => out.push(Buffer.from(piece)) },
    errors: { write: (piece) => errors.push(Buffer.from(piece)) },
    environment: {},
    locale: 'en-GB',
    onInterrupt: () => () => undefined,
  }, 'test')
  return { code, out: Buffer.concat(out).toString('utf8'), errors: Buffer.concat(errors).toString('utf8') }
}

/** An account on the lab: POP3 inside TLS or IMAP with STARTTLS, and submission with STARTTLS. */
export function labDraft(user: string, protocol: 'pop3' | 'imap', name = user): AccountDraftInput {
  const incoming = protocol === 'pop3'
    ? { protocol, host: lab.host, port: lab.port('POP3S'), security: 'tls' as const, signIn: { userName: user } }
    : { protocol, host: lab.host, port: lab.port('IMAP'), security: 'starttls' as const, signIn: { userName: user } }
  return {
    name,
    user: { displayName: `The ${name}`, address: `${user}@${lab.domain}` },
    incoming,
    outgoing: { server: { use: 'own', host: lab.host, port: lab.port('SUBMISSION'), security: 'starttls' } },
    timeoutSeconds: 20,
  }
}
