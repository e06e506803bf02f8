/**
 * Notices that the machine slept, where nobody tells: a timer that should have fired every half minute fired much later.
 * The network coming back is noticed by the sessions themselves.
 */
const everyMilliseconds = 30_000

export function watchWake(listener: () => void): () => void {
  let last = Date.now()
  const timer = setInterval(() => {
    const now = Date.now()
    if (now - last > everyMilliseconds * 3) listener()
    last = now
  }, everyMilliseconds)
  timer.unref()
  return () => clearInterval(timer)
}
