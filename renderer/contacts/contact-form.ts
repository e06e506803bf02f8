/** What is typed about a contact, and what was wrong with it. */
import type { Failure } from '../../shared/failures/failure.ts'
import type { FieldProblemCode } from '../../shared/model/field-problem.ts'

/** One on each line, or as people paste them; each once. */
export function addressesIn(typed: string): readonly string[] {
  const addresses = typed.split(/[\n\r,;]+/).map((piece) => /<([^<>]*)>/.exec(piece)?.[1] ?? piece).map((piece) => piece.trim())
  return [...new Map(addresses.filter((address) => address !== '').map((address) => [address.toLowerCase(), address])).values()]
}

/** The first problem of this field or of anything in it. */
export function problemOf(failure: Failure | null, field: 'name' | 'addresses' | 'note'): FieldProblemCode | null {
  const found = failure?.evidence.fields?.find(({ path }) => path.replace(/^draft\./, '').split('.')[0] === field)
  return found?.problem ?? null
}
