/** Folders and flags in step with real Cyrus over JMAP, which another program uses at the same time over IMAP: the same promises as over IMAP. */
import { otherProgramAt } from '../fakes/other-program.ts'
import { keepsItsFolderPromises } from '../protocol/folder-promises.ts'
import { folderStage } from '../protocol/folder-stage.ts'
import { jmapDraft } from './cyrus.ts'

const otherProgram = otherProgramAt('CYRUS_IMAP')
keepsItsFolderPromises(folderStage({ draft: jmapDraft, otherProgram }), otherProgram)
