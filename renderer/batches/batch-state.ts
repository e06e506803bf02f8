/**
 * The steps of a batch in the window, as a pure reducer. What is done beside (reading the table, handing over files, the jobs) sits in
 * `use-batch.ts`.
 *
 *   file ─▶ letter ─▶ check ─▶ queue
 *     ◀─ back ─┴─ back ─┘        └─ another table: file
 */
import { assertNever, type Failure } from '../../shared/failures/failure.ts'
import type { AccountId } from '../../shared/model/account.ts'
import type { BatchOrder, CellCorrection, OpenedTable } from '../../shared/model/batch.ts'
import type { JobId } from '../../shared/model/job.ts'
import type { TemplateId } from '../../shared/model/template.ts'

export type BatchStep = 'file' | 'letter' | 'check' | 'queue'

/** A file of the window, by its name. */
export interface ChosenPdf {
  readonly name: string
  readonly size: number
}

export interface BatchState {
  readonly step: BatchStep
  readonly table: OpenedTable | null
  readonly reading: boolean
  readonly pdfs: readonly ChosenPdf[]
  readonly templateId: TemplateId | null
  readonly accountId: AccountId | null
  readonly mapping: Readonly<Record<string, string>>
  readonly rule: string
  readonly hold: boolean
  /** As a field of the page has it, in this machine's time; '' = as soon as possible. */
  readonly later: string
  /** Rows that are left out, by their index. */
  readonly without: readonly number[]
  readonly again: readonly string[]
  readonly corrections: readonly CellCorrection[]
  /** Files handed over so far, while they are. */
  readonly handing: number | null
  readonly jobId: JobId | null
  readonly failure: Failure | null
}

export type BatchAction =
  | { readonly do: 'reading' }
  | { readonly do: 'opened'; readonly table: OpenedTable }
  | { readonly do: 'pdfs'; readonly pdfs: readonly ChosenPdf[] }
  | { readonly do: 'go'; readonly step: BatchStep }
  | { readonly do: 'choose'; readonly change: Partial<Pick<BatchState, 'templateId' | 'accountId' | 'rule' | 'hold' | 'later'>> }
  | { readonly do: 'map'; readonly field: string; readonly column: string | null }
  | { readonly do: 'again'; readonly name: string }
  | { readonly do: 'rows'; readonly change: Partial<Pick<BatchState, 'without' | 'corrections'>> }
  | { readonly do: 'handing'; readonly files: number | null }
  | { readonly do: 'started'; readonly step: 'check' | 'queue'; readonly jobId: JobId }
  | { readonly do: 'failed'; readonly failure: Failure | null }
  | { readonly do: 'anew' }

export function newBatch(templateId: TemplateId | null): BatchState {
  return { step: 'file', table: null, reading: false, pdfs: [], templateId, accountId: null, mapping: {}, rule: '', hold: false, later: '', without: [], again: [], corrections: [], handing: null, jobId: null, failure: null }
}

export function afterBatch(state: BatchState, action: BatchAction): BatchState {
  switch (action.do) {
    case 'reading':
      return { ...state, reading: true, failure: null }
    case 'opened':
      return { ...state, reading: false, table: action.table, mapping: action.table.mapping, rule: action.table.fileRule ?? '', without: [], again: [], corrections: [], jobId: null, failure: null }
    case 'pdfs':
      return { ...state, pdfs: action.pdfs }
    case 'go':
      return { ...state, step: action.step, jobId: null, failure: null }
    case 'choose':
      return { ...state, ...action.change, failure: null }
    case 'map': {
      const { [action.field]: _before, ...others } = state.mapping
      return { ...state, mapping: action.column === null ? others : { ...others, [action.field]: action.column }, failure: null }
    }
    case 'again':
      return { ...state, again: [...new Set([...state.again, action.name])] }
    case 'rows':
      return { ...state, ...action.change }
    case 'handing':
      return { ...state, handing: action.files }
    case 'started':
      return { ...state, step: action.step, jobId: action.jobId, handing: null, failure: null }
    case 'failed':
      return { ...state, failure: action.failure, reading: false, handing: null }
    case 'anew':
      return { ...newBatch(state.templateId), accountId: state.accountId }
    default:
      return assertNever(action)
  }
}

/** null = something is not chosen yet. */
export function orderOf(state: BatchState, handles: readonly string[]): BatchOrder | null {
  if (state.templateId === null || state.accountId === null) return null
  const files = state.pdfs.length === 0 || state.rule.trim() === '' ? null : { rule: state.rule.trim(), from: { is: 'handed' as const, handles: [...handles] } }
  return { accountId: state.accountId, templateId: state.templateId, mapping: { ...state.mapping }, files, again: [...state.again], without: [...state.without], corrections: [...state.corrections], skipQueued: false, hold: state.hold, notBefore: timeOf(state.later) }
}

/** What a person wrote into the cells of a row, instead of what was written there before; cells that are as in the file need none. */
export function correctedTo(before: readonly CellCorrection[], index: number, cells: readonly { readonly column: string; readonly value: string; readonly inFile: string }[]): readonly CellCorrection[] {
  const others = before.filter((one) => one.index !== index)
  return [...others, ...cells.filter(({ value, inFile }) => value.trim() !== inFile).map(({ column, value }) => ({ index, column, value: value.trim() }))]
}

/** A field that is not filled in whole says nothing yet. */
export function timeOf(later: string): string | null {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(later) ? Date.parse(later) : Number.NaN
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

export function mayGoOn(state: BatchState): boolean {
  if (state.step === 'file') return state.table !== null && !state.reading
  return state.templateId !== null && state.accountId !== null && state.mapping['recipient.address'] !== undefined
}
