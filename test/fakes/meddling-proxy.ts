/**
 * A relay in front of a real server that changes what the server says from a certain place on: it waits for words of the
 * server, or for a command of the client, and then does what a broken or hostile server would.
 */
import net from 'node:net'
import { scriptedServer } from './scripted-server.ts'
import type { Conversation } from './scripted-server.ts'

export interface Meddling {
  /** What the server says, or the client asks, when it happens. Once in a session. */
  readonly when: RegExp
  readonly in: 'answer' | 'question'
  /** Instead of what was matched; what comes after it is passed on only after `passOn`. */
  does(conversation: Conversation, passOn: () => void, matched: string): void | Promise<void>
}

export async function meddlingProxy(behind: { readonly host: string; readonly port: number }, meddling: Meddling) {
  let meddled = 0
  const counted: Meddling = { ...meddling, does: (conversation, passOn, matched) => ((meddled += 1), meddling.does(conversation, passOn, matched)) }
  const server = await scriptedServer(async (conversation) => {
    const { socket } = conversation
    const inner = net.connect({ ...behind, noDelay: true })
    inner.on('error', () => socket.destroy()).on('close', () => socket.end())
    socket.on('close', () => inner.destroy())
    relay(socket, inner, meddling.in === 'question' ? counted : null, conversation)
    relay(inner, socket, meddling.in === 'answer' ? counted : null, conversation)
  })
  return { port: server.port, close: () => server.close(), times: () => meddled }
}

function relay(from: net.Socket, to: net.Socket, meddling: Meddling | null, conversation: Conversation): void {
  let held: Buffer[] | null = null
  let happened = meddling === null
  const pass = (bytes: Buffer) => void (held === null ? !to.destroyed && to.write(bytes) : held.push(bytes))
  from.on('data', (bytes) => {
    const text = bytes.toString('latin1')
    const match = happened ? null : (meddling?.when.exec(text) ?? null)
    if (match === null || meddling === null) return pass(bytes)
    happened = true
    pass(bytes.subarray(0, match.index))
    held = [bytes.subarray(match.index + match[0].length)]
    const passOn = () => {
      const waiting = held ?? []
      held = null
      for (const one of waiting) pass(one)
    }
    Promise.resolve(meddling.does(conversation, passOn, match[0])).catch(() => conversation.hangUp())
  })
}
