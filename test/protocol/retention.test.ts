/** What leaves the server, and what never does, over POP3 and IMAP against real Dovecot; over JMAP it is test/jmap/retention.test.ts. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe } from 'vitest'
import { lab } from '../servers/lab.ts'
import { keepsItsRemovalPromises, type RemovalPlace } from './removal-promises.ts'
import { clearDraft, serverFiles } from './running-parts.ts'

const deliver: RemovalPlace['deliver'] = (user, messages) => {
  const inbox = join(lab.mail, user, 'Maildir')
  for (const folder of ['cur', 'new', 'tmp']) mkdirSync(join(inbox, folder), { recursive: true })
  for (const { name, bytes } of messages) writeFileSync(join(inbox, 'new', name), bytes)
  execFileSync('chown', ['-R', '--reference', lab.mail, join(lab.mail, user)])
}

describe.each([['pop3', 'CLEAR_POP3'], ['imap', 'CLEAR_IMAP']] as const)('over %s', (protocol, port) => {
  keepsItsRemovalPromises({ draft: (user) => clearDraft(protocol, user, lab.port(port)), deliver, onServer: serverFiles })
})
