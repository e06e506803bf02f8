/**
 * The built renderer, served on this machine as the hosts serve it, but for what a browser may keep: the scripts stay in its cache, and
 * compiled. A page whose every file is handed to it anew takes half as long again.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { loadRendererFiles } from '../../electron/hosts/window/renderer-files.ts'

export interface ServedRenderer {
  readonly origin: string
  stop(): void
}

export async function serveRenderer(folder: string): Promise<ServedRenderer> {
  const files = await loadRendererFiles(folder)
  const server = createServer((request, answer) => {
    const [path = '/'] = (request.url ?? '/').split('?')
    const { status, headers, body } = files(path)
    // The page itself is another each time: its nonce is.
    answer.writeHead(status, path === '/' ? headers : { ...headers, 'cache-control': 'max-age=3600, immutable' }).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}
