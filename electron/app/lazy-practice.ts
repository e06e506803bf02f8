/** The practice server, loaded and started when somebody first asks for it, and stopped with the program. */
import { done, type Outcome } from '../../shared/failures/failure.ts'
import type { Parts } from '../ipc/parts.ts'
import type { PracticeServer } from '../practice/start-practice.ts'

export interface LazyPractice {
  start: Parts['practice']['start']
  stop(): Promise<void>
}

export function createLazyPractice(): LazyPractice {
  let running: Promise<Outcome<PracticeServer>> | null = null
  const load = async () => (await import('../practice/start-practice.ts')).startPractice()
  return {
    async start() {
      running ??= load()
      const server = await running
      if (server.ok) return done(server.value.accounts[0])
      running = null
      return server
    },
    async stop() {
      const server = await running
      if (server?.ok) await server.value.stop()
    },
  }
}
