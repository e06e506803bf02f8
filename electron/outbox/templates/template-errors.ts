/** What liquidjs throws, as places and names. The only file that knows the library's words. */
import type { TemplateFault, TemplatePart } from '../../../shared/model/template.ts'

interface LiquidFailure {
  readonly message: string
  readonly token?: { getPosition?(): readonly number[] }
  readonly originalError?: { readonly variableName?: string }
}

const kinds: readonly (readonly [RegExp, TemplateFault['code']])[] = [
  [/^undefined filter: (.+?)(?:, line:|$)/, 'unknown-filter'],
  [/^tag "(.+?)" not found/, 'unknown-tag'],
  [/^(?:tag|output) (?:"|\{% *)?(.+?)(?: *%\}|")? not closed/, 'not-closed'],
  [/^raw (\S+) not closed/, 'not-closed'],
]

export function faultOf(error: unknown, part: TemplatePart): TemplateFault {
  const { message, token } = error as LiquidFailure
  const [line = 1, column = 1] = token?.getPosition?.() ?? []
  const place = { part, line, column }
  for (const [shape, code] of kinds) {
    const match = shape.exec(message)
    if (match !== null) return { ...place, code, name: (match[1] ?? '').slice(0, 60) }
  }
  return { ...place, code: 'not-understood', name: '' }
}

/** The field that has no value; null = something else went wrong. */
export function missingField(error: unknown): string | null {
  return (error as LiquidFailure).originalError?.variableName ?? null
}
