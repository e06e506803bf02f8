/** How much longer than announced a message may be before its end is no longer waited for, bytes. Servers announce wrongly, and some send for ever. */
const longerThanAnnounced = 256 * 1024 * 1024

/** Bytes of one message that are taken in at most. */
export function mostBytesOf(announced: number): number {
  return 2 * announced + longerThanAnnounced
}
