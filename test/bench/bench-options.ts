/** What every bench is told, and how it tells. */
export interface BenchOptions {
  /** Fewer runs, fewer sets. */
  readonly quick: boolean
  /** Only the parts whose name contains this. */
  readonly only: string
  /** Progress, for whoever waits. */
  readonly say: (text: string) => void
  /** Results. */
  readonly print: (text: string) => void
}
