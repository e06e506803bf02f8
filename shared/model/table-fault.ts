/** Why a table cannot be read, and where: rows as people count them in their own program, columns by their heading. */
import { z } from 'zod'

export const tableFaultSchema = z.object({
  code: z.enum([
    'too-many-rows', 'too-many-columns', 'cell-too-long', 'too-large', 'too-slow',
    'not-text', 'control-character', 'quote-not-closed', 'quote-inside', 'too-many-cells', 'not-csv',
    'not-json', 'json-not-a-list', 'json-not-an-object', 'json-nested',
    'not-xlsx', 'old-excel', 'formula-without-result', 'formula-error', 'wrong-cell',
  ]),
  row: z.number().int().nullable(),
  column: z.string().nullable(),
  /** How many there are or may be, or what stands there. */
  value: z.string().nullable(),
})
export type TableFault = z.infer<typeof tableFaultSchema>

export function tableFault(code: TableFault['code'], about: Partial<Omit<TableFault, 'code'>> = {}): TableFault {
  return { code, row: about.row ?? null, column: about.column?.slice(0, 100) ?? null, value: about.value?.slice(0, 100) ?? null }
}
