/**
 * Does something soon after it was asked for, once for a whole burst of askings, and then rests: while mail comes in by the
 * thousands, what is shown is brought up to date a few times a second and not for every group of messages.
 */
export function spaced(work: () => void, burstMilliseconds: number, restMilliseconds: number): { readonly soon: () => void; readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null
  let last = Number.NEGATIVE_INFINITY
  return {
    soon() {
      const wait = Math.max(burstMilliseconds, last + restMilliseconds - performance.now())
      timer ??= setTimeout(() => {
        timer = null
        last = performance.now()
        work()
      }, wait)
    },
    stop() {
      if (timer !== null) clearTimeout(timer)
      timer = null
    },
  }
}
