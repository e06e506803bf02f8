/** Connections for HTTP/1.1, kept open between requests: dialled and trusted like every other connection of this program. */
import http from 'node:http'
import type { Duplex } from 'node:stream'
import type { Failure, Outcome } from '../../../shared/failures/failure.ts'
import { dial } from './dial.ts'
import type { ServerTarget, StepWatcher } from './server-target.ts'

/** Milliseconds a connection nobody uses is kept: less than the 5 s after which usual servers close it, which a request could run into. */
const keptFor = 4000

/** How a failed connection reaches whoever waits for it through Node's own machinery; never leaves this room. */
export class ConnectionRefused extends Error {
  readonly reason: Failure
  constructor(reason: Failure) {
    super(reason.code)
    this.reason = reason
  }
}

export interface AgentOptions {
  readonly target: (host: string, port: number, secured: boolean) => ServerTarget
  readonly connections: number
  readonly watcher?: StepWatcher
  /** Asked when the connection is open and before anything of the request is written; not ok = it is not written. */
  readonly beforeSending?: () => Promise<Outcome<void>>
}

/** Proxies of the environment are none of its business: whom a password goes to is decided by the settings alone. */
export class HttpsAgent extends http.Agent {
  readonly #options: AgentOptions

  constructor(options: AgentOptions) {
    super({ keepAlive: options.beforeSending === undefined, maxSockets: options.connections, maxFreeSockets: options.connections, timeout: keptFor })
    this.#options = options
  }

  override createConnection(request: http.ClientRequestArgs & { readonly secured?: boolean }, created?: (error: Error | null, socket: Duplex) => void): undefined {
    const connect = async (): Promise<Duplex> => {
      const { target, watcher, beforeSending } = this.#options
      const socket = await dial(target(String(request.host), Number(request.port), request.secured !== false), watcher)
      if (!socket.ok) throw new ConnectionRefused(socket.failure)
      const goesOn = (await beforeSending?.()) ?? { ok: true as const }
      if (goesOn.ok) return socket.value
      socket.value.destroy()
      throw new ConnectionRefused(goesOn.failure)
    }
    // Node looks at the socket only where there is no error.
    const give = created as (error: Error | null, socket?: Duplex) => void
    connect().then((socket) => give(null, socket), (error: Error) => give(error))
  }

  override getName(request: http.ClientRequestArgs & { readonly secured?: boolean } = {}): string {
    return `${request.secured === false ? 'http' : 'https'}://${request.host}:${request.port}`
  }
}
