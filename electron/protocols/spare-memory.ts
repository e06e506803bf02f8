/**
 * V8 lets its heap grow to several times what is alive in it before it collects. Of an inbox of 200,000 messages 65 MB are alive,
 * and it held 208 MB; told to prefer memory over speed, 67 MB. The same for every inbox would cost a fetch of 10,000 messages
 * half as much processor time again, so it is asked for where a list gets long, from then on (docs/decisions/very-large-mailboxes.md).
 */
import { setFlagsFromString } from 'node:v8'

const many = 20_000

/** Over HTTP each message is a request, of which more garbage is left, and the server is what takes the time: of 10,000 messages 330 MB were held. */
const manyRequests = 1000

export function spareMemoryFor(requests: number): void {
  if (requests >= manyRequests) setFlagsFromString('--optimize-for-size')
}

/** Called with each message that is counted, while it is counted: before the list is whole. */
export function spareMemoryAt(messages: number): void {
  if (messages === many) setFlagsFromString('--optimize-for-size')
}
