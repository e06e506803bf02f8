/**
 * The thread's side of filing messages. Its calls to the system are synchronous: here nobody waits for one that takes its time,
 * and a message costs a third of what it costs by way of the thread pool. Only syncing goes through the pool, several files at
 * a time, while the next ones are written: a disk takes many at once as well as one.
 *
 *   open ─▶ write … ─▶ finish: header read ─▶ synced, closed ─▶ told
 *     └──────┴─ the disk refuses, or drop ─▶ closed, deleted ─▶ told; further steps of that message are passed over
 */
import { parentPort } from 'node:worker_threads'
import { FileInHand } from '../storage/file-in-hand.ts'
import { systemCodeOf } from '../storage/system-code.ts'
import { headerLimit, type MessageHeaders } from './message-headers.ts'
import { readHeaders } from './read-headers.ts'

export type FilingStep =
  | { readonly do: 'open'; readonly message: number; readonly path: string }
  /** A stretch of the tray, bytes. */
  | { readonly do: 'write'; readonly message: number; readonly from: number; length: number }
  | { readonly do: 'finish'; readonly message: number }
  | { readonly do: 'drop'; readonly message: number }

export interface FilingRequest {
  readonly tray: ArrayBuffer | null
  readonly steps: readonly FilingStep[]
}

/** What became of a message; `refusal`: the disk's, such as `ENOSPC`, or null where it was dropped. */
export type Filed =
  | { readonly message: number; readonly size: number; readonly headers: MessageHeaders }
  | { readonly message: number; readonly refusal: string | null }

export interface FilingAnswer {
  /** Empty again. */
  readonly tray: ArrayBuffer | null
  readonly filed: readonly Filed[]
}

/** So many files may be open because they are being synced: systems allow a process a few hundred. */
const mostSyncing = 128

interface OpenMessage {
  readonly file: FileInHand
  /** The first pieces, for the header: stretches of the tray in hand, copies of earlier ones. */
  start: Buffer[]
  startSize: number
}

export function serveFiling(): void {
  const requests: FilingRequest[] = []
  const open = new Map<number, OpenMessage>()
  /** The step that is to be taken next, of the first request. */
  let next = 0
  let syncing = 0
  let filed: Filed[] = []
  let telling = false

  function goOn(): void {
    for (let request = requests[0]; request !== undefined; request = requests[0]) {
      for (let step = request.steps[next]; step !== undefined; step = request.steps[next]) {
        if (syncing >= mostSyncing) return
        take(step, request.tray)
        next += 1
      }
      requests.shift()
      next = 0
      if (request.tray !== null) giveBack(request.tray)
    }
  }

  function take(step: FilingStep, tray: ArrayBuffer | null): void {
    const message = open.get(step.message)
    try {
      if (step.do === 'open') open.set(step.message, { file: FileInHand.create(step.path), start: [], startSize: 0 })
      else if (message === undefined) return
      else if (step.do === 'drop') discard(step.message, message, null)
      else if (step.do === 'finish') finish(step.message, message)
      else if (tray !== null) write(message, Buffer.from(tray, step.from, step.length))
    } catch (error) {
      discard(step.message, message, error)
    }
  }

  function write(message: OpenMessage, bytes: Buffer): void {
    message.file.append(bytes)
    if (message.startSize >= headerLimit) return
    message.start.push(bytes)
    message.startSize += bytes.byteLength
  }

  function finish(key: number, message: OpenMessage): void {
    open.delete(key)
    const headers = readHeaders(message.start.length === 1 ? (message.start[0] as Buffer) : Buffer.concat(message.start))
    syncing += 1
    message.file.syncAndClose((error) => {
      syncing -= 1
      if (error === null) tell({ message: key, size: message.file.size, headers })
      else discard(key, message, error)
      goOn()
    })
  }

  /** `error` null = it is not wanted any more. */
  function discard(key: number, message: OpenMessage | undefined, error: unknown): void {
    const refusal = error === null ? null : systemCodeOf(error)
    if (error !== null && refusal === null) throw error
    open.delete(key)
    message?.file.discard()
    tell({ message: key, refusal })
  }

  /** What is still to be read of it is copied first. */
  function giveBack(tray: ArrayBuffer): void {
    for (const message of open.values()) message.start = message.start.map((piece) => (piece.buffer === tray ? Buffer.from(piece) : piece))
    answer(tray)
  }

  /** What is over at about the same time is told at once. */
  function tell(news: Filed): void {
    filed.push(news)
    if (telling) return
    telling = true
    setImmediate(() => {
      telling = false
      if (filed.length > 0) answer(null)
    })
  }

  function answer(tray: ArrayBuffer | null): void {
    const message: FilingAnswer = { tray, filed }
    filed = []
    parentPort?.postMessage(message, tray === null ? [] : [tray])
  }

  parentPort?.on('message', (request: FilingRequest) => {
    requests.push(request)
    goOn()
  })
}
