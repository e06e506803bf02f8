/** The whole contract, area by area. A method without a handler is a type error here. */
import { accountsHandlers } from './handlers/accounts.ts'
import { appHandlers } from './handlers/app.ts'
import { batchesHandlers, watchedHandlers } from './handlers/batches.ts'
import { contactsHandlers } from './handlers/contacts.ts'
import { draftsHandlers } from './handlers/drafts.ts'
import { filesHandlers } from './handlers/files.ts'
import { discoveryHandlers, jobsHandlers } from './handlers/jobs.ts'
import { levelsHandlers } from './handlers/levels.ts'
import { mailHandlers } from './handlers/mail.ts'
import { outboxHandlers } from './handlers/outbox.ts'
import { practiceHandlers } from './handlers/practice.ts'
import { preferencesHandlers, wizardHandlers } from './handlers/preferences.ts'
import { secretsHandlers } from './handlers/secrets.ts'
import { signInHandlers } from './handlers/sign-in.ts'
import { storeHandlers } from './handlers/store.ts'
import { templatesHandlers } from './handlers/templates.ts'
import type { Handlers } from './handlers.ts'
import type { Parts } from './parts.ts'

export function createHandlers(parts: Parts): Handlers {
  return {
    ...appHandlers(parts),
    ...preferencesHandlers(parts),
    ...secretsHandlers(parts),
    ...accountsHandlers(parts),
    ...levelsHandlers(parts),
    ...wizardHandlers(parts),
    ...discoveryHandlers(parts),
    ...signInHandlers(parts),
    ...jobsHandlers(parts),
    ...mailHandlers(parts),
    ...storeHandlers(parts),
    ...filesHandlers(parts),
    ...draftsHandlers(parts),
    ...outboxHandlers(parts),
    ...templatesHandlers(parts),
    ...batchesHandlers(parts),
    ...watchedHandlers(parts),
    ...contactsHandlers(parts),
    ...practiceHandlers(parts),
  }
}
