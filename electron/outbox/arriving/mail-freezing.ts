/**
 * Has many mails composed and frozen in a thread of its own, with a small heap of its own: the window never waits behind it, and what
 * ten thousand PDFs leave to be collected does not make the program's own heap grow (docs/decisions/batches.md). Lasts for one arrival.
 */
import { Worker } from 'node:worker_threads'
import type { Outcome } from '../../../shared/failures/failure.ts'
import type { FreezingAnswer, FreezingPlace, FreezingRequest, FreezingWork } from './serve-freezing.ts'

export interface MailFreezing {
  /** A rejection is a bug, or a thread that ran out of memory. */
  ask(work: FreezingWork): Promise<Outcome<void>>
  /** What is under way is left where it is. */
  end(): Promise<void>
}

/** Megabytes. */
const memory = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 128 } as const

export function startFreezing(place: FreezingPlace, thread = new URL('./freezing-thread.ts', import.meta.url)): MailFreezing {
  const asked = new Map<number, PromiseWithResolvers<Outcome<void>>>()
  let number = 0
  let ended: Error | null = null
  const worker = new Worker(thread, { workerData: place, resourceLimits: memory, execArgv: ['--disable-warning=ExperimentalWarning'] }) // node:sqlite's

  worker.on('message', (answer: FreezingAnswer) => {
    asked.get(answer.number)?.resolve(answer.outcome)
    asked.delete(answer.number)
  })
  worker.on('error', goOnWithout)
  worker.on('exit', () => goOnWithout(new Error('the freezing thread ended')))

  function goOnWithout(error: Error): void {
    ended ??= error
    for (const { reject } of asked.values()) reject(ended)
    asked.clear()
  }

  return {
    ask(work) {
      if (ended !== null) return Promise.reject(ended)
      const answer = Promise.withResolvers<Outcome<void>>()
      number += 1
      asked.set(number, answer)
      worker.postMessage({ number, work } satisfies FreezingRequest)
      return answer.promise
    },
    async end() {
      await worker.terminate()
    },
  }
}
