/** The thread that freezes many mails, whose steps count too. */
import { countHere } from './die-at-step.ts'

// Loaded by the first mail: its own files are no steps.
await import('nodemailer/lib/mail-composer')
await import('../../electron/outbox/arriving/freezing-thread.ts')
countHere()
