/** Folders and flags in step with real Dovecot; over JMAP it is test/jmap/folders.test.ts. What only IMAP can do to them is here. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { objectIdsProxy } from '../fakes/object-ids-proxy.ts'
import { otherProgramAt } from '../fakes/other-program.ts'
import { lab } from '../servers/lab.ts'
import { keepsItsFolderPromises } from './folder-promises.ts'
import { folderStage, uidOf } from './folder-stage.ts'
import { clearDraft, labDraft } from './running-parts.ts'

const otherProgram = otherProgramAt('CLEAR_IMAP')
const { inFolder } = otherProgram
const stage = folderStage({ draft: (user) => labDraft('imap', user), otherProgram })
const { fetch, put, subjectsIn, idOf } = stage

keepsItsFolderPromises(stage, otherProgram)

test('numbered anew by the server, its messages are known again, and deleted ones stay deleted', async () => {
  await put('INBOX', 'one', 'two', 'three')
  await fetch()
  await stage.parts.mail.delete([idOf('three')])
  const maildir = join(lab.mail, stage.user, 'Maildir')
  for (const name of readdirSync(maildir).filter((one) => one.startsWith('dovecot'))) rmSync(join(maildir, name))
  await put('INBOX', 'four')
  expect(await fetch()).toMatchObject({ detail: { fetched: 1, skipped: [] } })
  expect([subjectsIn('INBOX'), subjectsIn('')]).toEqual([['four', 'one', 'two'], []])
  expect(stage.parts.storedFiles()).toHaveLength(4)
  expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
})

test.each(['OBJECTID', 'X-GM-EXT-1'] as const)('one that the server calls the same in every folder (%s) is fetched from one of them, at once and later', async (dialect) => {
  const proxy = await objectIdsProxy(lab.port('CLEAR_IMAP'), lab.host, dialect)
  await stage.openAnew(clearDraft('imap', stage.user, proxy.port))
  await put('INBOX', 'one', 'two')
  const copy = (subject: string, folder: string) => inFolder(stage.user, 'INBOX', async (client) => client.messageCopy(await uidOf(client, subject), folder, { uid: true }))
  await copy('one', 'Archive')
  expect(await fetch()).toMatchObject({ detail: { fetched: 2, known: 1 } })
  await copy('two', 'Archive')
  await inFolder(stage.user, 'INBOX', async (client) => client.messageMove(await uidOf(client, 'one'), 'Junk', { uid: true }))
  const before = proxy.asked.length
  expect(await fetch()).toMatchObject({ detail: { fetched: 0, bytes: 0 } })
  expect(proxy.asked.slice(before).filter((line) => line.includes('BODY'))).toEqual([])
  expect([subjectsIn('INBOX'), subjectsIn('Archive'), subjectsIn('Junk'), subjectsIn(null)]).toEqual([['two'], ['one', 'two'], ['one'], ['one', 'two']])
  expect(stage.parts.storedFiles()).toHaveLength(2)
  // Gone from one of its folders, or labels, it stays in the other.
  await inFolder(stage.user, 'Archive', async (client) => client.messageDelete(await uidOf(client, 'two'), { uid: true }))
  expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
  expect([subjectsIn('INBOX'), subjectsIn('Archive'), subjectsIn(null)]).toEqual([['two'], ['one'], ['one', 'two']])
  await proxy.close()
})
