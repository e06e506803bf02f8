/** The thread that files messages, whose steps count too. */
import { countHere } from './die-at-step.ts'

await import('../../electron/mail/filing-thread.ts')
countHere()
