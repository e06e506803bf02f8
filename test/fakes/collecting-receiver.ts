/** Keeps what a fetch brings in memory: bytes of what came whole, failures of what could not be had. */
import type { Failure } from '../../shared/failures/failure.ts'
import type { MessageReceiver } from '../../electron/protocols/net/server-target.ts'

export class CollectingReceiver implements MessageReceiver {
  readonly messages = new Map<string, Buffer>()
  readonly failures = new Map<string, Failure>()
  readonly order: string[] = []
  readonly begun: string[] = []
  #pieces: Buffer[] = []

  begin(serverId: string) {
    this.begun.push(serverId)
    this.#pieces = []
    return { write: (piece: Uint8Array) => void this.#pieces.push(Buffer.from(piece)) }
  }

  end(serverId: string, outcome: Parameters<MessageReceiver['end']>[1]) {
    this.order.push(serverId)
    if (outcome.ok) this.messages.set(serverId, Buffer.concat(this.#pieces))
    else this.failures.set(serverId, outcome.failure)
  }
}
