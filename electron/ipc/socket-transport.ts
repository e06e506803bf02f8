/**
 * The contract between two processes of one user: JSON lines over a Unix domain socket (0600) or a Windows named pipe.
 * Only the process that owns the data folder listens, so a socket left by a dead one can be taken away without asking.
 *
 * A peer that sends a line beyond the bound, or does not read what it is sent, is cut off.
 */
import { unlinkSync } from 'node:fs'
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import type { Caller } from '../../shared/contract/caller.ts'
import { done, failed, type Outcome } from '../../shared/failures/failure.ts'
import { createRemoteCaller } from './remote-caller.ts'
import { maxTextLength, type ServedConnection } from './serve-connection.ts'
import { socketPathOf } from './socket-path.ts'
import { onLines } from './text-lines.ts'

/** Bytes waiting for a peer that does not read. */
const maxUnread = 64 * 1024 * 1024

export interface SocketServer {
  /** Takes no new peers, and resolves when those connected have gone. */
  letPeersFinish(): Promise<void>
  /** Cuts everybody off. */
  close(): Promise<void>
}

/** null = other processes cannot reach this one; everything else works. */
export async function listenForPeers(root: string, connect: (send: (text: string) => void) => ServedConnection): Promise<SocketServer | null> {
  const path = socketPathOf(root)
  if (path === null) return null
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    const connection = connect((text) => {
      if (socket.writableLength > maxUnread) socket.destroy()
      else socket.write(`${text}\n`)
    })
    onLines(socket, maxTextLength, (line) => connection.receive(line), () => socket.destroy())
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      connection.close()
      sockets.delete(socket)
    })
  })
  if (!(await listen(server, path))) return null
  const closed = new Promise<void>((resolve) => server.once('close', resolve))
  const stopListening = () => {
    if (server.listening) server.close()
  }
  return {
    async letPeersFinish() {
      stopListening()
      await closed
    },
    async close() {
      stopListening()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

function listen(server: Server, path: string): Promise<boolean> {
  if (process.platform !== 'win32') removeStale(path)
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    // The socket is made inside `listen`, so it never exists with wider rights than these.
    const before = process.umask(0o177)
    try {
      server.listen(path, () => resolve(true))
    } finally {
      process.umask(before)
    }
  })
}

function removeStale(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // Usually there is none; if it cannot be removed, listening fails and says so.
  }
}

export interface OwnerConnection extends Caller {
  close(): Promise<void>
}

/** The contract of the process that owns this data folder. `data-folder.in-use` when it does not answer. */
export function connectToOwner(root: string): Promise<Outcome<OwnerConnection>> {
  const path = socketPathOf(root)
  if (path === null) return Promise.resolve(failed('data-folder.in-use', { name: root }))
  return new Promise((resolve) => {
    const socket = createConnection(path)
    socket.once('error', () => resolve(failed('data-folder.in-use', { name: root })))
    socket.once('connect', () => {
      const closed = new Promise<void>((gone) => socket.once('close', () => gone()))
      const caller = createRemoteCaller({
        send: (text) => void socket.write(`${text}\n`),
        onMessage: (listener) => onLines(socket, maxUnread, listener, () => socket.destroy()),
      })
      socket.on('error', () => socket.destroy())
      void closed.then(() => caller.lost())
      resolve(
        done({
          call: caller.call,
          on: caller.on,
          async close() {
            socket.end()
            await closed
          },
        }),
      )
    })
  })
}
