/** Everything Mailroom tells its window by itself. An event names what changed; whoever shows it asks again. */
import { z } from 'zod'
import { accountIdSchema } from '../model/account.ts'
import { jobSchema } from '../model/job.ts'
import { outgoingIdSchema } from '../model/outgoing-mail.ts'
import { noticeSchema, secretStoreSchema } from './methods.ts'

export const events = {
  /** The whole job, at most every 100 ms while it runs, and once for its end. */
  'job.changed': jobSchema,
  'accounts.changed': z.object({}),
  'preferences.changed': z.object({}),
  'secrets.changed': secretStoreSchema,
  'contacts.changed': z.object({}),
  'templates.changed': z.object({}),
  'watched.changed': z.object({}),
  'mail.changed': z.object({ accountId: accountIdSchema.nullable() }),
  'outbox.changed': z.object({ ids: z.array(outgoingIdSchema) }),
  'notice.added': noticeSchema,
  /** A menu, the tray or a second start asks the window to go somewhere. */
  'app.goTo': z.object({ place: z.enum(['mail', 'outbox', 'templates', 'contacts', 'activity', 'accounts', 'settings', 'add-account', 'compose']) }),
} as const

export type Events = typeof events
export type EventName = keyof Events
export type EventData<E extends EventName> = z.output<Events[E]>
