/** What the command line reads, writes and is told by the system: the process's own streams, or a test's. */
export interface Input extends AsyncIterable<Uint8Array> {
  readonly isTTY?: boolean
  setRawMode?(on: boolean): unknown
}

export interface Sink {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string | Uint8Array): unknown
}

export interface Io {
  readonly input: Input
  readonly output: Sink
  readonly errors: Sink
  readonly environment: NodeJS.ProcessEnv
  /** BCP 47, the system's. */
  readonly locale: string
  /** Ctrl+C, or being asked to end. Answers with a function that stops listening. */
  onInterrupt(listener: () => void): () => void
}
