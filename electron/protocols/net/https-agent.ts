/** Connections for HTTP/1.1, kept open between requests: dialled and trusted like every other connection of this program. */
import http from 'node:http'
import type { Duplex } from 'node:stream'
import type { Outcome } from '../../../shared/failures/failure.ts'
import { ConnectionRefused } from './connection-refused.ts'
import { dial } from './dial.ts'
import { type Begun, mostHeadBytes, type Place, type Told } from './https-exchange.ts'
import type { HttpsRequest } from './https-request.ts'
import type { ServerTarget, StepWatcher } from './server-target.ts'

/** Milliseconds a connection nobody uses is kept: less than the 5 s after which usual servers close it, which a request could run into. */
export const keptFor = 4000

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
  /** Open already, and not yet asked anything. */
  readonly #spare = new Map<string, Duplex>()

  constructor(options: AgentOptions) {
    super({ keepAlive: options.beforeSending === undefined, maxSockets: options.connections, maxFreeSockets: options.connections, timeout: keptFor })
    this.#options = options
  }

  override createConnection(request: http.ClientRequestArgs & { readonly secured?: boolean }, created?: (error: Error | null, socket: Duplex) => void): undefined {
    const spare = this.#spare.get(this.getName(request))
    this.#spare.delete(this.getName(request))
    const connect = async (): Promise<Duplex> => {
      if (spare?.destroyed === false) return spare
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

  keep({ host, port }: Place, socket: Duplex): void {
    this.#spare.set(this.getName({ host, port }), socket)
  }

  override destroy(): void {
    for (const socket of this.#spare.values()) socket.destroy()
    this.#spare.clear()
    super.destroy()
  }

  begin(place: Place, { method = 'GET' }: HttpsRequest, fields: Readonly<Record<string, string>>, told: Told): Begun {
    const sent = http.request({
      // Node's own types know nothing of what an agent is told beyond them.
      ...{ secured: place.url.protocol === 'https:' },
      agent: this,
      host: place.host,
      port: place.port,
      path: `${place.url.pathname}${place.url.search}`,
      method,
      maxHeaderSize: mostHeadBytes,
      headers: { ...fields, host: place.url.host },
    })
    sent.on('response', (response) => told.opened({ status: response.statusCode ?? 0, headers: new Map(Object.entries(response.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')])) }, response))
    sent.on('error', told.ended)
    sent.on('close', () => told.ended(new Error('closed')))
    sent.on('information', told.interim)
    sent.on('upgrade', (_, socket) => {
      socket.destroy()
      told.upgraded()
    })
    sent.on('socket', told.connected)
    return { stream: sent, reused: () => sent.reusedSocket, isCutOff: () => false, isUntouched: () => false }
  }

  override getName(request: http.ClientRequestArgs & { readonly secured?: boolean } = {}): string {
    return `${request.secured === false ? 'http' : 'https'}://${request.host}:${request.port}`
  }
}
