/** The thread that freezes many mails, and comes to grief the moment it shall bring them in. */
import { parentPort } from 'node:worker_threads'
import type { FreezingRequest } from '../../electron/outbox/arriving/serve-freezing.ts'

parentPort?.on('message', ({ work }: FreezingRequest) => {
  if (work.do === 'bring-in') process.exit()
})
await import('../../electron/outbox/arriving/freezing-thread.ts')
