/** What leaves the server, and what never does, over JMAP against real Cyrus: the same promises as over POP3 and IMAP. */
import { keepsItsRemovalPromises } from '../protocol/removal-promises.ts'
import { importIntoCyrus, inCyrusInbox, jmapDraft } from './cyrus.ts'

keepsItsRemovalPromises({ draft: jmapDraft, deliver: (user, messages) => importIntoCyrus(user, messages.map(({ bytes }) => bytes)), onServer: inCyrusInbox })
