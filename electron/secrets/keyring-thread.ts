/**
 * Asks the operating system's keychain through `@napi-rs/keyring`, in a thread of its own.
 *
 * Measured: already the constructor of an entry talks to the Secret Service, synchronously; with a service that hangs it
 * holds its thread for 2 s, with a bus that hangs for ever, and a call that waits for a person to unlock lasts as long as
 * they take. None of that may stop the window, and with one thread no more than one thread ever waits.
 *
 * The thread's few lines are text because a bundle has no file for them; the native module is found from here.
 */
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

export type KeyringRequest =
  | { readonly do: 'read'; readonly service: string; readonly key: string }
  | { readonly do: 'write'; readonly service: string; readonly key: string; readonly secret: string }
  | { readonly do: 'remove'; readonly service: string; readonly key: string }

/** `error` is the library's own text: it has no codes (2.1). `unloadable` = there is no such module on this machine. */
export type KeyringAnswer = { readonly value: string | null } | { readonly error: string } | { readonly unloadable: string }

/** Answers in order. Rejects only when it is closed. */
export interface Keyring {
  /** It is about to be asked: gets ready meanwhile, and asks nobody anything. */
  prepare?(): void
  ask(request: KeyringRequest): Promise<KeyringAnswer>
}

/** On Linux the store is pinned: left alone, the library falls back to the kernel's keyring, which a restart empties. */
const threadSource = `
const { parentPort, workerData } = require('node:worker_threads')
let module
const load = () => { module ??= require(workerData.module) }
const answer = (request) => {
  try { load() } catch (error) { return { unloadable: String(error && error.message) } }
  try {
    const entry = new module.Entry(request.service, request.key, { linux: { store: 'secret-service' } })
    if (request.do === 'read') return { value: entry.getPassword() }
    if (request.do === 'write') entry.setPassword(request.secret)
    else entry.deletePassword()
    return { value: null }
  } catch (error) { return { error: String(error && error.message) } }
}
parentPort.on('message', (request) => {
  parentPort.postMessage(answer(request))
  Atomics.add(workerData.answered, 0, 1)
  Atomics.notify(workerData.answered, 0)
})
try { load() } catch {}
`

export class KeyringThread implements Keyring {
  readonly #findModule: () => string
  readonly #waiting: ((answer: KeyringAnswer) => void)[] = []
  #worker: Worker | null = null
  /** How often the thread there is now was asked. */
  #asked = 0
  /** How often it answered: it counts there itself, so that this can be seen when nothing else runs any more. */
  #answered = new Int32Array(new SharedArrayBuffer(4))
  readonly #atEnd = () => endWithIt(this.#answered, this.#asked)

  /** `findModule` throws where the package is not installed for this system. */
  constructor(findModule: () => string = () => createRequire(import.meta.url).resolve('@napi-rs/keyring')) {
    this.#findModule = findModule
  }

  prepare(): void {
    try {
      this.#worker ??= this.#start(this.#findModule())
      if (this.#waiting.length === 0) this.#worker.unref()
    } catch {
      // Whoever asks is told.
    }
  }

  ask(request: KeyringRequest): Promise<KeyringAnswer> {
    return new Promise((resolve) => {
      try {
        this.#worker ??= this.#start(this.#findModule())
      } catch (error) {
        resolve({ unloadable: error instanceof Error ? error.message : String(error) })
        return
      }
      if (this.#waiting.push(resolve) === 1) process.on('exit', this.#atEnd)
      this.#worker.ref()
      this.#asked += 1
      this.#worker.postMessage(request)
    })
  }

  #start(module: string): Worker {
    const answered = new Int32Array(new SharedArrayBuffer(4))
    const worker = new Worker(threadSource, { eval: true, workerData: { module, answered } })
    this.#answered = answered
    this.#asked = 0
    worker.on('message', (answer: KeyringAnswer) => {
      this.#waiting.shift()?.(answer)
      if (this.#waiting.length > 0) return
      worker.unref()
      process.off('exit', this.#atEnd)
    })
    worker.on('error', (error) => {
      this.#worker = null
      process.off('exit', this.#atEnd)
      for (const resolve of this.#waiting.splice(0)) resolve({ error: error.message })
    })
    return worker
  }
}

/** So long is an answer waited for when the process ends, milliseconds. A reading takes 13. */
const lastWait = 1000

/**
 * The end of a process waits for its threads, and this one may be in a call that never returns. A process that kills itself has no exit
 * status of its own, so that is for a keychain that hangs, and not for one that is being read.
 */
function endWithIt(answered: Int32Array<SharedArrayBuffer>, asked: number): void {
  const until = performance.now() + lastWait
  for (let seen = Atomics.load(answered, 0); seen < asked; seen = Atomics.load(answered, 0)) {
    if (Atomics.wait(answered, 0, seen, until - performance.now()) === 'timed-out') process.kill(process.pid, 'SIGKILL')
  }
}
