/** A relay that hands everything on in segments of 1 to 7 bytes, both ways, each of them by itself on the wire (TCP_NODELAY). */
import net from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { scriptedServer } from './scripted-server.ts'
import type { ScriptedServer } from './scripted-server.ts'

export function segmentingProxy(behind: { readonly host: string; readonly port: number }): Promise<ScriptedServer> {
  return scriptedServer(async ({ socket }) => {
    const inner = net.connect({ ...behind, noDelay: true })
    await Promise.all([relay(socket, inner), relay(inner, socket)])
  })
}

async function relay(from: net.Socket, to: net.Socket): Promise<void> {
  from.on('error', () => to.destroy())
  let turn = 0
  for await (const bytes of from as AsyncIterable<Buffer>) {
    for (let at = 0; at < bytes.length; ) {
      const size = 1 + (turn++ % 7)
      to.write(bytes.subarray(at, at + size))
      at += size
      await nextTurn()
    }
  }
  to.end()
}
