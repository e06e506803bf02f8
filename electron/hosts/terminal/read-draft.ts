/** What a command takes as JSON, from a file or from standard input: read, bounded, and parsed field by field. */
import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'
import { fieldProblemsOf } from '../../../shared/model/field-problem.ts'
import type { Io } from './io.ts'
import { parseJson, readAll } from './read-input.ts'

const maxBytes = 1024 * 1024

/** The JSON that `show --json` prints; its `id` belongs to what it came from. */
export async function readDraft<T>(io: Io, file: string, schema: z.ZodType<T>): Promise<Outcome<T>> {
  const text = await textOf(io, file)
  if (!text.ok) return text
  const json = parseJson(text.value, file)
  if (!json.ok) return json
  if (typeof json.value !== 'object' || json.value === null || Array.isArray(json.value)) return failed('input.invalid', { name: file, fields: [{ path: '', problem: 'wrong-type', kind: 'object' }] })
  const { id: _, ...draft } = json.value as Record<string, unknown>
  const parsed = schema.safeParse(draft)
  return parsed.success ? done(parsed.data) : failed('input.invalid', { name: file, fields: [...fieldProblemsOf(parsed.error)] })
}

async function textOf(io: Io, file: string): Promise<Outcome<string>> {
  if (file === '-') {
    const read = await readAll(io, maxBytes)
    return read.ok ? done(read.value.toString('utf8')) : read
  }
  try {
    const bytes = await readFile(file)
    return bytes.byteLength > maxBytes ? failed('file.too-large', { name: file }) : done(bytes.toString('utf8'))
  } catch (error) {
    return failed('input.unreadable-file', { name: file, detail: (error as NodeJS.ErrnoException).code ?? '' })
  }
}
