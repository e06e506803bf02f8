/** An HTTPS server in front of Cyrus, or alone: it passes requests on, or answers as a test wants. */
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { Agent, createServer, request, type Server } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { newIdentity } from './tls-front.ts'
import { lab } from '../servers/lab.ts'

export interface Heard {
  readonly method: string
  readonly path: string
  readonly authorization: string | undefined
  readonly body: string
}

export interface HttpFront {
  readonly port: number
  readonly sessionUrl: string
  readonly fingerprint: string
  readonly heard: readonly Heard[]
  close(): Promise<void>
}

/** `ask` hands the request to Cyrus and its answer back; without it, the answer of Cyrus is known and nobody is told. */
export type Play = (heard: Heard, answer: ServerResponse, ask: (fields?: Readonly<Record<string, string>>) => Promise<{ readonly status: number; readonly type: string; readonly body: Buffer }>) => void | Promise<void>

export async function httpFront(play: Play): Promise<HttpFront> {
  const identity = newIdentity()
  const heard: Heard[] = []
  // Each connection is a process of Cyrus.
  const kept = new Agent({ keepAlive: true, maxSockets: 8 })
  const server: Server = createServer(identity, (asked, answer) => {
    void collect(asked).then((body) => {
      const one: Heard = { method: asked.method ?? '', path: asked.url ?? '', authorization: asked.headers.authorization, body: body.toString('latin1') }
      heard.push(one)
      return play(one, answer, (fields) => askCyrus(kept, asked, body, fields))
    }).catch(() => asked.socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    sessionUrl: `https://127.0.0.1:${port}/jmap`,
    fingerprint: new X509Certificate(identity.cert).fingerprint256.replaceAll(':', '').toLowerCase(),
    heard,
    async close() {
      kept.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export const passOn: Play = async (_, answer, ask) => {
  const { status, type, body } = await ask()
  answer.writeHead(status, { 'content-type': type }).end(body)
}

async function collect(asked: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of asked as AsyncIterable<Buffer>) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function askCyrus(agent: Agent, asked: IncomingMessage, body: Buffer, fields: Readonly<Record<string, string>> = {}): Promise<{ readonly status: number; readonly type: string; readonly body: Buffer }> {
  const { host: _, connection: __, ...headers } = asked.headers
  const passed = request({ agent, host: 'localhost', port: lab.port('JMAP_TLS'), path: asked.url, method: asked.method, headers: { ...headers, ...fields }, ca: readFileSync(lab.ca) })
  passed.end(body)
  const [answer] = (await once(passed, 'response')) as [IncomingMessage]
  return { status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', body: await collect(answer) }
}
