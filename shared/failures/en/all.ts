/** Every failure in English: plain words, no term of the trade without an explanation. */
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

export const wordsEn: FailureLanguage = {
  serverSaid: (words) => `The server said: “${words}”`,
  failures: { ...connection, ...signIn, ...receiving, ...sending, ...passwords, ...storage, ...accounts, ...batches, ...program },
  fieldProblems: fields,
  allowed,
}
