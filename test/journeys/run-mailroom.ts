/** The command line as another program uses it: a process of its own, arguments, standard input, and what it ends with. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
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
  /** For a test that interferes while it runs. */
  begin(words: readonly string[]): ChildProcessWithoutNullStreams
  /** Its one JSON document; throws when it did not end with 0. */
  json<T>(words: readonly string[], input?: string): Promise<T>
}

export function mailroomOn(data: string, environment: NodeJS.ProcessEnv = {}): Mailroom {
  const begin = (words: readonly string[]) =>
    spawn(process.execPath, [program, '--data', data, ...words], { env: { ...process.env, LC_ALL: 'en_GB.UTF-8', ...environment }, stdio: 'pipe' })
  const run = async (words: readonly string[], input: string | Buffer = ''): Promise<Ended> => {
    const child = begin(words)
    child.stdin.on('error', () => undefined) // it may have ended without reading
    child.stdin.end(input)
    const [out, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    return { code: code as number, out, errors }
  }
  return Object.assign(run, {
    data,
    begin,
    async json<T>(words: readonly string[], input?: string): Promise<T> {
      const { code, out, errors } = await run([...words, '--json'], input)
      if (code !== 0) throw new Error(`mailroom ${words.join(' ')} ended with ${code}: ${errors}`)
      return JSON.parse(out) as T
    },
  })
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
