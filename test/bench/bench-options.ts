/** What every bench is told, and how it tells. */
export interface BenchOptions {
  /** Fewer runs, fewer sets. */
  readonly quick: boolean
  /** Only the parts whose name contains this. */
  readonly only: string
  /** A folder of the caller's own to work on; null = none given. */
  readonly dir: string | null
  /** Progress, for whoever waits. */
  readonly say: (text: string) => void
  /** Results. */
  readonly print: (text: string) => void
}

export interface BenchResult {
  /** For `--json`. */
  readonly rows: readonly object[]
  /** Mailroom failed somewhere. */
  readonly failed: boolean
}
