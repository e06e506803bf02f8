/**
 * What can be wrong with one field of a form, a hand-over file or a command line.
 *
 * A schema's message is always one of these codes, so that the words beside the field come from the catalogue in
 * `shared/failures/field-problems.ts`, in the user's language, and never from a validation library.
 */
import { z } from 'zod'

export const fieldProblemCodes = [
  'empty',
  'not-an-address',
  'not-a-host',
  'not-a-url',
  'port-range',
  'number-range',
  'line-break',
  'too-long',
  'not-a-fingerprint',
  'not-a-time',
  'not-a-choice',
  'wrong-type',
  'unknown-field',
  'must-be-address',
  'neither-direction',
  'passphrase-short',
  'no-recipient',
  'needs-incoming',
  'not-confirmed',
  'taken',
  'address-taken',
  'name-taken',
] as const

const fieldProblemCodeSchema = z.enum(fieldProblemCodes)
export type FieldProblemCode = z.infer<typeof fieldProblemCodeSchema>

/** `path` names the field with dots and indexes, as in `incoming.host` or `user.ownFields.2.label`. */
export const fieldProblemSchema = z.object({
  path: z.string(),
  problem: fieldProblemCodeSchema,
  /** What it may be: the choices, the bounds of a number or a length, the kind of value. For who writes files by hand. */
  choices: z.array(z.string()).optional(),
  least: z.number().optional(),
  most: z.number().optional(),
  kind: z.enum(['text', 'number', 'yes-or-no', 'list', 'object']).optional(),
})
export type FieldProblem = z.infer<typeof fieldProblemSchema>

/** As a schema's `error`: a field that is not there at all is empty; the rest is `otherwise`, or what the schema itself says. */
export const missingOr = (otherwise?: FieldProblemCode) => (issue: { readonly input?: unknown }): FieldProblemCode | undefined =>
  issue.input === undefined ? 'empty' : otherwise

const known = new Set<string>(fieldProblemCodes)

/** The problems of one failed parse, one per field, in the order the schema found them. */
export function fieldProblemsOf(error: z.ZodError): readonly FieldProblem[] {
  const problems = error.issues.flatMap((issue): FieldProblem[] => {
    const path = issue.path.map(String).join('.')
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: path === '' ? key : `${path}.${key}`, problem: 'unknown-field' }))
    }
    const problem = codeOf(issue)
    return [{ path, problem, ...allowedBy(issue, problem) }]
  })
  const seen = new Set<string>()
  return problems.filter(({ path }) => !seen.has(path) && seen.add(path))
}

function codeOf(issue: z.core.$ZodIssue): FieldProblemCode {
  if (known.has(issue.message)) return issue.message as FieldProblemCode
  if (issue.code === 'invalid_value' || issue.code === 'invalid_union') return 'not-a-choice'
  if (issue.code === 'too_big') return issue.origin === 'string' ? 'too-long' : 'number-range'
  if (issue.code === 'too_small') return issue.origin === 'string' ? 'empty' : 'number-range'
  return 'wrong-type'
}

const kinds: Readonly<Record<string, NonNullable<FieldProblem['kind']>>> = { string: 'text', number: 'number', int: 'number', boolean: 'yes-or-no', array: 'list', object: 'object' }

function allowedBy(issue: z.core.$ZodIssue, problem: FieldProblemCode): Omit<FieldProblem, 'path' | 'problem'> {
  if (issue.code === 'invalid_value' && problem === 'not-a-choice') return { choices: issue.values.map(String) }
  // Of a union told apart by a field, zod names that field's values in `options`, which its types do not say.
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options)) return { choices: issue.options.map(String) }
  if (issue.code === 'too_small' && problem === 'number-range') return { least: Number(issue.minimum) }
  if (issue.code === 'too_big' && (problem === 'number-range' || problem === 'too-long')) return { most: Number(issue.maximum) }
  const kind = issue.code === 'invalid_type' && problem === 'wrong-type' ? kinds[issue.expected] : undefined
  return kind === undefined ? {} : { kind }
}
