/** Standard input: passwords, an account, a message. Bounded, read once, and passwords typed on a terminal are not shown. */
import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import { type Secrets, secretsSchema } from '../../../shared/contract/methods.ts'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import { fieldProblemsOf } from '../../../shared/model/field-problem.ts'
import type { Io } from './io.ts'

export async function readAll(io: Pick<Io, 'input'>, maxBytes: number): Promise<Outcome<Buffer>> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of io.input) {
    size += piece.byteLength
    if (size > maxBytes) return failed('file.too-large', { name: '-' })
    pieces.push(piece)
  }
  return done(Buffer.concat(pieces))
}

/** A text file, or standard input for `-`. */
export async function readText(io: Pick<Io, 'input'>, file: string, maxBytes = 2 * 1024 * 1024): Promise<Outcome<string>> {
  if (file === '-') {
    const read = await readAll(io, maxBytes)
    return read.ok ? done(read.value.toString('utf8')) : read
  }
  try {
    const { size } = await stat(file)
    return size > maxBytes ? failed('file.too-large', { name: file }) : done(await readFile(file, 'utf8'))
  } catch (error) {
    return failed('input.unreadable-file', { name: file, detail: (error as NodeJS.ErrnoException).code ?? '' })
  }
}

export function parseJson(text: string, name: string): Outcome<unknown> {
  try {
    return done(JSON.parse(text.replace(/^\uFEFF/, '')))
  } catch {
    // The parser's own message quotes the text, which may be a password.
    return failed('input.not-json', { name })
  }
}

const givenSecretsSchema = secretsSchema.extend({ passphrase: z.string().min(1).max(1024).optional() })

export interface GivenSecrets {
  readonly secrets: Secrets
  readonly passphrase: string | null
}

/** `{"incoming":"…","outgoing":"…","passphrase":"…"}`, each of which may be left out. */
export async function readSecrets(io: Pick<Io, 'input'>): Promise<Outcome<GivenSecrets>> {
  const read = await readAll(io, 64 * 1024)
  if (!read.ok) return read
  const json = parseJson(read.value.toString('utf8'), '-')
  if (!json.ok) return json
  const parsed = givenSecretsSchema.safeParse(json.value)
  if (!parsed.success) return failed('input.invalid', { fields: [...fieldProblemsOf(parsed.error)] })
  const { passphrase, ...secrets } = parsed.data
  return done({ secrets, passphrase: passphrase ?? null })
}

/** The first line, without its line break. */
export async function readFirstLine(io: Pick<Io, 'input'>): Promise<Outcome<string>> {
  const read = await readAll(io, 64 * 1024)
  return read.ok ? done(read.value.toString('utf8').split(/\r?\n/, 1)[0] ?? '') : read
}

/** Asks on the terminal and shows nothing of what is typed. null = Ctrl+C, Ctrl+D or the end of input. */
export async function askHidden(io: Pick<Io, 'input' | 'errors'>, question: string): Promise<string | null> {
  io.errors.write(question)
  io.input.setRawMode?.(true)
  let typed = ''
  const pieces = io.input[Symbol.asyncIterator]()
  const decoder = new TextDecoder()
  try {
    for (;;) {
      const next = await pieces.next()
      if (next.done === true) return null
      for (const character of decoder.decode(next.value, { stream: true })) {
        if (character === '\r' || character === '\n') return typed
        if (character === '\u0003' || character === '\u0004') return null
        typed = character === '\u007f' || character === '\b' ? typed.slice(0, -1) : typed + character
      }
    }
  } finally {
    io.input.setRawMode?.(false)
    io.errors.write('\n')
  }
}
