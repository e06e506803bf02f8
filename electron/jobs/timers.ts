/** Time as something that comes in as a parameter, so that a test can turn the clock. */
export interface Timers {
  /** Calls back once after that many milliseconds. Answers with a function that calls it off. */
  after(milliseconds: number, call: () => void): () => void
}

/** A timer of the machine. It keeps no process alive by itself. */
export const machineTimers: Timers = {
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** Resolves after that many milliseconds, or at once when `signal` is aborted. Never rejects. */
export function pause(timers: Timers, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const stop = () => {
      callOff()
      resolve()
    }
    const callOff = timers.after(milliseconds, () => {
      signal.removeEventListener('abort', stop)
      resolve()
    })
    signal.addEventListener('abort', stop, { once: true })
  })
}
