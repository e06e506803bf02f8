/** Folders, flags and messages in step with a server that another program uses at the same time: the same promises over every protocol that has folders. */
import { describe, expect, test } from 'vitest'
import { changeFolder } from '../../electron/jobs/change-folder.ts'
import { moveMessages } from '../../electron/jobs/move-messages.ts'
import { type FolderPlace, type FolderStage, uidOf } from './folder-stage.ts'

export function keepsItsFolderPromises(stage: FolderStage, { inProgram, inFolder, flagsIn }: FolderPlace['otherProgram']): void {
  const { fetch, put, here, subjectsIn, idOf, useOf } = stage

  describe('folders', () => {
    test('all of them come, with what they are for, whatever they are called', async () => {
      await inProgram(stage.user, async (client) => {
        await client.mailboxCreate('Années/Été & plage')
        await client.mailboxCreate('日本')
      })
      await put('INBOX', 'one')
      await put('Années/Été & plage', 'two')
      await put('日本', 'three')
      await put('Sent', 'four')
      expect(await fetch()).toMatchObject({ detail: { fetched: 4, arrived: 3, skipped: [] } })
      expect(useOf()).toMatchObject({ INBOX: 'inbox', Drafts: 'drafts', Sent: 'sent', Junk: 'junk', Trash: 'trash', Archive: 'archive', 'Années/Été & plage': null, 日本: null })
      expect(stage.parts.mail.folders('office').find(({ name }) => name === 'Été & plage')).toMatchObject({ parent: 'Années', messages: 1, unseen: 1 })
      expect([subjectsIn('INBOX'), subjectsIn('日本'), subjectsIn('Sent')]).toEqual([['one'], ['three'], ['four']])
      expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
    })

    test('a message that is moved here stands in its other folder on the server and here, with its marks, and is not fetched again', async () => {
      await inProgram(stage.user, (client) => client.mailboxCreate('Projects'))
      await put('INBOX', 'one', 'two')
      await fetch()
      stage.parts.mail.markPrivate([idOf('one')], true)
      const places = stage.parts.mail.placesOf([idOf('one')], 'INBOX')
      const byFolder = new Map([['INBOX', places.map(({ serverId }) => serverId)]])
      expect(await moveMessages(stage.parts, 'office', byFolder, 'Projects', AbortSignal.timeout(20_000))).toEqual({ ok: true, value: undefined })
      expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
      expect([subjectsIn('INBOX'), subjectsIn('Projects')]).toEqual([['two'], ['one']])
      expect(here('Projects')[0]).toMatchObject({ private: true })
      expect(stage.parts.mail.placesOf([idOf('one')], 'INBOX')).toEqual([])
      expect(stage.parts.storedFiles()).toHaveLength(2)
      expect(await moveMessages(stage.parts, 'office', byFolder, 'Nowhere', AbortSignal.timeout(20_000))).toMatchObject({ ok: false, failure: { code: 'mailbox.missing' } })
      // The server has it there no more.
      await moveMessages(stage.parts, 'office', byFolder, 'Projects', AbortSignal.timeout(20_000))
      expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
      expect(subjectsIn('Projects')).toEqual(['one'])
      // And back, as its undo does: the same message, with its marks, and nothing fetched.
      const back = new Map([['Projects', stage.parts.mail.placesOf([idOf('one')], 'Projects').map(({ serverId }) => serverId)]])
      expect(await moveMessages(stage.parts, 'office', back, 'INBOX', AbortSignal.timeout(20_000))).toEqual({ ok: true, value: undefined })
      expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
      expect([subjectsIn('INBOX').toSorted(), subjectsIn('Projects'), here('INBOX').find(({ subject }) => subject === 'one')?.private]).toEqual([['one', 'two'], [], true])
    })

    test('one that is renamed is followed with its mail, and nothing is fetched again', async () => {
      await inProgram(stage.user, (client) => client.mailboxCreate('Old'))
      await put('Old', 'one', 'two')
      await fetch()
      stage.parts.mail.markPrivate([idOf('one')], true)
      await inProgram(stage.user, (client) => client.mailboxRename('Old', 'New'))
      expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
      expect(Object.keys(useOf())).not.toContain('Old')
      expect(subjectsIn('New')).toEqual(['one', 'two'])
      expect(here('New').filter((one) => one.private).map(({ subject }) => subject)).toEqual(['one'])
      expect(stage.parts.storedFiles()).toHaveLength(2)
    })

    test('the mail of one that vanishes is kept, and is in its folder again when it comes back', async () => {
      await inProgram(stage.user, (client) => client.mailboxCreate('Project'))
      await put('Project', 'one')
      await fetch()
      await inProgram(stage.user, (client) => client.mailboxDelete('Project'))
      await fetch()
      expect(subjectsIn('')).toEqual(['one'])
      expect(useOf()).toMatchObject({ '': 'not-on-server' })
      await inProgram(stage.user, (client) => client.mailboxCreate('Project'))
      await put('Project', 'one')
      expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
      expect([subjectsIn(''), subjectsIn('Project')]).toEqual([[], ['one']])
      expect(stage.parts.storedFiles()).toHaveLength(1)
    })
  })

  describe('what a person does with folders', () => {
    const change = (one: Parameters<typeof changeFolder>[2]) => changeFolder(stage.parts, 'office', one, new AbortController().signal)

    test('they are made, renamed with their mail, and deleted when they are empty', async () => {
      for (const path of ['Été & plage', 'Project/日本']) expect(await change({ do: 'create', path })).toMatchObject({ ok: true })
      await put('Été & plage', 'one')
      await fetch()
      const id = idOf('one')
      expect(Object.keys(useOf())).toEqual(expect.arrayContaining(['Été & plage', `Project/日本`]))
      expect(await change({ do: 'delete', path: 'Été & plage' })).toMatchObject({ ok: false, failure: { code: 'mailbox.not-empty' } })
      expect(await change({ do: 'rename', path: 'Été & plage', to: 'Hiver' })).toMatchObject({ ok: true })
      await fetch()
      expect(here('Hiver')).toMatchObject([{ id, subject: 'one' }])
      expect(await change({ do: 'delete', path: `Project/日本` })).toMatchObject({ ok: true })
      await fetch()
      expect(Object.keys(useOf())).not.toEqual(expect.arrayContaining([`Project/日本`]))
      expect(await change({ do: 'rename', path: 'Hiver', to: 'Neu/Älter/Hiver' })).toMatchObject({ ok: true })
      await fetch()
      expect(here('Neu/Älter/Hiver')).toMatchObject([{ id, subject: 'one' }])
    })

    test.each([
      [{ do: 'create', path: 'Archive' }, 'mailbox.exists'],
      [{ do: 'rename', path: 'Sent', to: 'Verzonden' }, 'mailbox.special'],
      [{ do: 'delete', path: 'INBOX' }, 'mailbox.special'],
      [{ do: 'delete', path: 'Nowhere' }, 'mailbox.missing'],
    ] as const)('%o is refused: %s', async (one, code) => {
      await put('INBOX', 'one')
      expect(await change(one)).toMatchObject({ ok: false, failure: { code } })
    })
  })

  describe('flags', () => {
    test('what happened on the server shows here', async () => {
      await put('INBOX', 'one', 'two')
      await inFolder(stage.user, 'INBOX', async (client) => client.messageFlagsAdd(await uidOf(client, 'two'), ['\\Flagged', '\\Seen'], { uid: true }))
      await fetch()
      expect(here('INBOX').map(({ subject, seen, flagged }) => ({ subject, seen, flagged }))).toEqual(expect.arrayContaining([{ subject: 'one', seen: false, flagged: false }, { subject: 'two', seen: true, flagged: true }]))
      await inFolder(stage.user, 'INBOX', async (client) => {
        await client.messageFlagsAdd(await uidOf(client, 'one'), ['\\Answered', '\\Seen'], { uid: true })
        await client.messageFlagsRemove(await uidOf(client, 'two'), ['\\Flagged'], { uid: true })
      })
      await fetch()
      expect(here('INBOX')).toEqual(expect.arrayContaining([expect.objectContaining({ subject: 'one', seen: true, answered: true }), expect.objectContaining({ subject: 'two', flagged: false })]))
    })

    test('what a person marks here goes to the server, in every folder, and keywords of others stay', async () => {
      await put('INBOX', 'one')
      await put('Archive', 'two')
      await inFolder(stage.user, 'INBOX', async (client) => client.messageFlagsAdd('1', ['$Important', 'work']))
      await fetch()
      stage.parts.mail.markSeen([idOf('one'), idOf('two')], true)
      stage.parts.mail.markFlagged([idOf('one')], true)
      await fetch()
      expect(await flagsIn(stage.user, 'INBOX')).toEqual({ one: ['$Important', '\\Flagged', '\\Seen', 'work'] })
      expect(await flagsIn(stage.user, 'Archive')).toEqual({ two: ['\\Seen'] })
      stage.parts.mail.markSeen([idOf('one')], false)
      await fetch()
      expect(await flagsIn(stage.user, 'INBOX')).toEqual({ one: ['$Important', '\\Flagged', 'work'] })
      expect(stage.parts.mail.server.flagChanges('office').size).toBe(0)
    })

    test('of two who change one flag the last to tell the server wins, and each keeps what only he changed', async () => {
      await put('INBOX', 'one')
      await fetch()
      stage.parts.mail.markFlagged([idOf('one')], true)
      stage.parts.mail.markFlagged([idOf('one')], false)
      stage.parts.mail.markSeen([idOf('one')], true)
      await inFolder(stage.user, 'INBOX', (client) => client.messageFlagsAdd('1', ['\\Flagged', '\\Answered']))
      await fetch()
      expect(await flagsIn(stage.user, 'INBOX')).toEqual({ one: ['\\Answered', '\\Seen'] })
      await fetch()
      expect(here('INBOX')).toMatchObject([{ seen: true, flagged: false, answered: true }])
    })
  })

  describe('messages', () => {
    test('one that another program takes from the server is kept here, out of its folder', async () => {
      await put('INBOX', 'one', 'two')
      await fetch()
      await inFolder(stage.user, 'INBOX', async (client) => client.messageDelete(await uidOf(client, 'one'), { uid: true }))
      await fetch()
      expect([subjectsIn('INBOX'), subjectsIn('')]).toEqual([['two'], ['one']])
      expect(here('')).toMatchObject([{ notOnServer: true, folder: 'INBOX' }])
      expect(stage.parts.mail.removals('office', 10).total).toBe(0)
      expect(stage.parts.storedFiles()).toHaveLength(2)
    })

    test('one that another program moves is followed, and what was done to it here stays', async () => {
      await put('INBOX', 'one', 'two')
      await fetch()
      const id = idOf('one')
      stage.parts.mail.markPrivate([id], true)
      stage.parts.mail.markFlagged([id], true)
      await inFolder(stage.user, 'INBOX', async (client) => client.messageMove(await uidOf(client, 'one'), 'Archive', { uid: true }))
      expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
      expect(here('Archive')).toMatchObject([{ id, private: true, flagged: true }])
      expect([subjectsIn('INBOX'), subjectsIn('')]).toEqual([['two'], []])
      await fetch()
      expect(await flagsIn(stage.user, 'Archive')).toEqual({ one: ['\\Flagged'] })
    })

    test('a message without Message-ID that was moved is known by its bytes', async () => {
      await inProgram(stage.user, (client) => client.append('INBOX', Buffer.from('Subject: bare\r\n\r\nbare\r\n')))
      await fetch()
      const id = idOf('bare')
      await inFolder(stage.user, 'INBOX', (client) => client.messageMove('1', 'Archive'))
      await fetch()
      expect(here('Archive')).toMatchObject([{ id }])
      expect(stage.parts.storedFiles()).toHaveLength(1)
    })

    test('one deleted here stays on the server until a preview was agreed to, wherever it is kept', async () => {
      await stage.openAnew({ delivery: { removeWhenDeleted: true } })
      await put('INBOX', 'one', 'two')
      await put('Archive', 'three', 'four')
      await fetch()
      await stage.parts.mail.delete([idOf('one'), idOf('three')])
      expect(await fetch()).toMatchObject({ detail: { fetched: 0, removed: 0 } })
      expect(Object.keys(await flagsIn(stage.user, 'Archive'))).toHaveLength(2)
      expect(stage.parts.mail.previewRemovals('office', stage.parts.account.delivery)).toMatchObject({ due: 2, total: 2 })
      stage.parts.mail.agreeToRemovals('office', stage.parts.account.delivery)
      expect(await fetch()).toMatchObject({ detail: { removed: 2 } })
      expect([await flagsIn(stage.user, 'INBOX'), await flagsIn(stage.user, 'Archive')]).toEqual([{ two: [] }, { four: [] }])
      expect([subjectsIn(null), subjectsIn('')]).toEqual([['four', 'two'], []])
      expect(stage.parts.mail.removals('office', 10).total).toBe(2)
    })

    test('what is not left on the server goes from the inbox alone: other folders are where a person keeps mail', async () => {
      await stage.openAnew({ delivery: { leaveCopy: false } })
      await put('INBOX', 'one')
      await put('Sent', 'two')
      stage.parts.mail.agreeToRemovals('office', stage.parts.account.delivery)
      expect(await fetch()).toMatchObject({ detail: { fetched: 2, removed: 1 } })
      expect(await flagsIn(stage.user, 'Sent')).toEqual({ two: [] })
      await fetch()
      expect([subjectsIn('INBOX'), subjectsIn('')]).toEqual([['one'], []])
    })

    test('a deletion taken back brings the message back as it was, without fetching it', async () => {
      await put('Archive', 'one')
      await fetch()
      const id = idOf('one')
      stage.parts.mail.markPrivate([id], true)
      await stage.parts.mail.delete([id])
      await fetch()
      expect(subjectsIn('Archive')).toEqual([])
      expect(stage.parts.mail.undoDelete([id])).toEqual({ undone: [id], again: [] })
      expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
      expect(here('Archive')).toMatchObject([{ id, subject: 'one', private: true }])
    })

    test('one deleted in a folder stays on the server in the others, and in the others here', async () => {
      await stage.openAnew({ delivery: { removeWhenDeleted: true } })
      await put('INBOX', 'one', 'two')
      await put('Archive', 'one', 'two')
      stage.parts.mail.agreeToRemovals('office', stage.parts.account.delivery)
      await fetch()
      expect(subjectsIn(null)).toEqual(['one', 'two'])
      await stage.parts.mail.delete([idOf('one')], 'INBOX')
      expect([subjectsIn('INBOX'), subjectsIn('Archive')]).toEqual([['two'], ['one', 'two']])
      expect(await fetch()).toMatchObject({ detail: { removed: 1 } })
      expect([await flagsIn(stage.user, 'INBOX'), await flagsIn(stage.user, 'Archive')]).toEqual([{ two: [] }, { one: [], two: [] }])
      await stage.parts.mail.delete([idOf('one')])
      expect(await fetch()).toMatchObject({ detail: { removed: 1 } })
      expect(await flagsIn(stage.user, 'Archive')).toEqual({ two: [] })
      expect(stage.parts.storedFiles()).toHaveLength(1)
    })

    test('one that a person copies to another folder is one message in both, and stays in each until it leaves that one', async () => {
      await put('INBOX', 'one', 'two')
      await fetch()
      const id = idOf('one')
      await inFolder(stage.user, 'INBOX', async (client) => client.messageCopy(await uidOf(client, 'one'), 'Archive', { uid: true }))
      expect(await fetch()).toMatchObject({ detail: { fetched: 0 } })
      expect([subjectsIn(null), here('Archive').map((one) => one.id)]).toEqual([['one', 'two'], [id]])
      expect(stage.parts.storedFiles()).toHaveLength(2)
      await inFolder(stage.user, 'INBOX', async (client) => client.messageDelete(await uidOf(client, 'one'), { uid: true }))
      await fetch()
      expect([subjectsIn('INBOX'), subjectsIn('Archive'), subjectsIn('')]).toEqual([['two'], ['one'], []])
      await inFolder(stage.user, 'Archive', async (client) => client.messageDelete(await uidOf(client, 'one'), { uid: true }))
      await fetch()
      expect([subjectsIn('Archive'), subjectsIn('')]).toEqual([[], ['one']])
      expect(stage.parts.storedFiles()).toHaveLength(2)
    })
  })
}
