export interface Figure {
  readonly bench: 'batch'
  readonly set: string
  readonly what: 'check' | 'queue'
  readonly seconds: number
  readonly perSecond: number
  /** Of all its threads. */
  readonly cpuSeconds: number
  /** Of the whole process, MB: before, and at most. */
  readonly startMb: number
  readonly peakMb: number
  /** The longest time the main thread was kept from everything else, ms, and that which one in a thousand moments exceeds. */
  readonly longestStallMs: number
  readonly stallMs999: number
  /** Of the machine, over the last minute: on a busy one, the threads of other programs keep ours waiting. */
  readonly load: number
}
