import type { Failure } from '../../../shared/failures/failure.ts'

/** How a failed connection reaches whoever waits for it through Node's own machinery; never leaves this room. */
export class ConnectionRefused extends Error {
  readonly reason: Failure
  constructor(reason: Failure) {
    super(reason.code)
    this.reason = reason
  }
}
