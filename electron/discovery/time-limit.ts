/** Nothing here waits for ever: work that must be over after a while, whether or not it heeds its signal. */

/**
 * Ends with the work's result, or with `otherwise()` when `milliseconds` have passed or the outer signal says so. The work's own
 * signal is aborted then; what it still answers is dropped.
 */
export function within<T>(milliseconds: number, outer: AbortSignal, work: (signal: AbortSignal) => Promise<T>, otherwise: () => T): Promise<T> {
  const limit = new AbortController()
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      outer.removeEventListener('abort', giveUp)
    }
    const giveUp = () => {
      end()
      resolve(otherwise())
      limit.abort()
    }
    const timer = setTimeout(giveUp, milliseconds)
    if (outer.aborted) return giveUp()
    outer.addEventListener('abort', giveUp, { once: true })
    work(limit.signal).then(resolve, reject).finally(end)
  })
}
