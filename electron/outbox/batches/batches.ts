/** Many mails from one table and one template, all or none (PRODUCT D9). The way of a batch is drawn in `shared/model/batch.ts`. */
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { BatchMail, BatchMailRow, BatchOrder, BatchRow, OpenedTable } from '../../../shared/model/batch.ts'
import type { OutgoingRow } from '../../../shared/model/outgoing-mail.ts'

export interface BatchRun {
  readonly signal: AbortSignal
  /** Rows so far, of how many, and how many of them have a problem. */
  progress(done: number, total: number, problems: number): void
}

export interface Batches {
  /** `name` is what a person knows the file by. Only the latest few stay open. */
  open(file: { readonly name: string; readonly path: string }): Promise<Outcome<OpenedTable>>
  opened(id: string): Outcome<OpenedTable>
  close(id: string): void
  /** Looks at every row, and remembers what it found for `rows` and `preview`. Answers with how many have a problem. */
  check(id: string, order: BatchOrder, run: BatchRun): Promise<Outcome<{ readonly problems: number }>>
  /** As it was checked last. */
  rows(id: string, query: { readonly only: 'all' | 'problems'; readonly offset: number; readonly limit: number }): Outcome<{ readonly rows: readonly BatchMailRow[]; readonly total: number; readonly problems: number; readonly leftOut: number }>
  preview(id: string, index: number): Outcome<BatchMail>
  /** Queues the mail of this row as it was checked, to the account itself or to `to`. It belongs to no batch, and is remembered as no document. */
  sendTest(id: string, index: number, to: string | null): Promise<Outcome<OutgoingRow>>
  /**
   * `batch.problems` at the first row with a problem; then, and when it is cancelled or killed, nothing of it stays. `source` is the
   * hash of the table where it must be queued only once: `batch.queued-before`.
   */
  queue(id: string, order: BatchOrder, run: BatchRun, source?: string | null): Promise<Outcome<BatchRow>>
  /** One that was queued. */
  get(id: string): Outcome<BatchRow>
  /** The latest first. */
  list(limit: number): readonly BatchRow[]
  /** What a row says as a template's fields, for a preview while the template is written. */
  fieldsOfRow(id: string, index: number, mapping?: Readonly<Record<string, string>>): Outcome<{ readonly recipient: Readonly<Record<string, string>>; readonly document: Readonly<Record<string, string>> }>
  /** What the files of its rows are called; null = the order cannot be carried out. */
  fileNames(id: string, order: BatchOrder): Promise<readonly string[] | null>
  /** A batch that was made from exactly this table; null = none was. */
  batchOfSource(source: string): string | null
}
