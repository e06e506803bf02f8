/**
 * What a real server said in one session, and a server that says it again, byte for byte, up to the byte where it is told to
 * break off. The server's sign-in with challenges is left out of its announcements, because its numbers are new each time: the
 * client then says the same words each time, so how much was heard tells what is to be said next.
 */
import { once } from 'node:events'
import net from 'node:net'
import { scriptedServer } from './scripted-server.ts'
import type { ScriptedServer } from './scripted-server.ts'

interface Turn {
  /** Bytes heard from the client before this was said. */
  readonly heard: number
  readonly bytes: Buffer
}

export interface Dialogue {
  readonly turns: readonly Turn[]
  /** Bytes the server said in all. */
  readonly length: number
}

/** A relay to a real server that keeps what was said in its last session. */
export async function recorder(behind: { readonly host: string; readonly port: number }) {
  let turns: Turn[] = []
  const server = await scriptedServer(async ({ socket }) => {
    let heard = 0
    turns = []
    const said = turns
    const inner = net.connect(behind.port, behind.host)
    inner.on('error', () => socket.destroy()).on('close', () => socket.end())
    socket.on('close', () => inner.destroy())
    socket.on('data', (bytes) => {
      heard += bytes.length
      inner.write(bytes)
    })
    inner.on('data', (bytes) => {
      const told = withoutChallenges(bytes)
      said.push({ heard, bytes: told })
      socket.write(told)
    })
    await once(inner, 'connect')
  })
  return {
    port: server.port,
    close: () => server.close(),
    dialogue: (): Dialogue => ({ turns, length: turns.reduce((sum, { bytes }) => sum + bytes.length, 0) }),
  }
}

function withoutChallenges(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1')
  return Buffer.from(text.replace(/^SASL .*$/m, 'SASL PLAIN').replace(/^(\+OK .*)<.*>/, '$1').replace(/ AUTH=(?!PLAIN\b)[\w-]+/g, ''), 'latin1')
}

/** Says what was recorded, and breaks off after so many bytes: `reset` as a router that forgot the connection, else as a server that ends. */
export function replay({ turns }: Dialogue, breaksOffAt: number, reset = false): Promise<ScriptedServer> {
  return scriptedServer(async ({ socket, says }) => {
    let heard = 0
    let wake = () => {}
    socket.on('data', (bytes) => {
      heard += bytes.length
      wake()
    })
    const isOver = once(socket, 'close').then(() => true)
    let left = breaksOffAt
    for (const { heard: after, bytes } of turns) {
      while (heard < after) {
        if (await Promise.race([isOver, new Promise<boolean>((resolve) => (wake = () => resolve(false)))])) return
      }
      if (left > 0) await says(bytes.subarray(0, left))
      left -= bytes.length
      if (left <= 0) return void (reset ? socket.resetAndDestroy() : socket.destroy())
    }
  })
}
