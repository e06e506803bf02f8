/** Elke storing in het Nederlands: gewone woorden, geen vakterm zonder uitleg. */
import type { FailureLanguage } from '../failure-words.ts'
import { accounts } from './accounts.ts'
import { batches } from './batches.ts'
import { connection } from './connection.ts'
import { allowed, fields } from './fields.ts'
import { passwords } from './passwords.ts'
import { program } from './program.ts'
import { receiving } from './receiving.ts'
import { sending } from './sending.ts'
import { signIn } from './sign-in.ts'
import { storage } from './storage.ts'

export const wordsNl: FailureLanguage = {
  serverSaid: (words) => `De server antwoordde: “${words}”`,
  failures: { ...connection, ...signIn, ...receiving, ...sending, ...passwords, ...storage, ...accounts, ...batches, ...program },
  fieldProblems: fields,
  allowed,
}
