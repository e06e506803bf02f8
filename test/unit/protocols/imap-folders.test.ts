/** Looking into folders on servers that can do more or less, in the words such servers use. */
import { afterEach, describe, expect, it, test } from 'vitest'
import { responseOf } from '../../../electron/protocols/imap/imap-responses.ts'
import { decodeName, encodeName, quoted } from '../../../electron/protocols/imap/mailbox-name.ts'
import { withUsesByName } from '../../../electron/protocols/imap/special-use.ts'
import { uidSet, uidsIn } from '../../../electron/protocols/imap/uid-set.ts'
import type { FolderSession } from '../../../electron/protocols/mail-session.ts'
import { openInbox } from '../../../electron/protocols/open-inbox.ts'
import { scriptedServer, type ScriptedServer } from '../../fakes/scripted-server.ts'

const open: ScriptedServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()))
})

/** Answers by the beginning of the command, tag left out: untagged lines, then the tagged one without its tag; OK where nothing is said. */
async function folders(capabilities: string, answers: Readonly<Record<string, readonly string[]>>, heard: string[] = []): Promise<FolderSession> {
  const server = await scriptedServer(async ({ says, hears }) => {
    await says('* OK hi\r\n')
    for (let line = await hears(); line !== null; line = await hears()) {
      const [tag = '', ...words] = line.split(' ')
      const command = words.join(' ')
      heard.push(command)
      const lines = command === 'CAPABILITY' ? [`CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR ${capabilities}`] : (Object.entries(answers).find(([beginning]) => command.startsWith(beginning))?.[1] ?? [])
      const refusal = lines.find((one) => one.startsWith('NO'))
      await says(lines.filter((one) => one !== refusal).map((one) => `* ${one}\r\n`).join('') + `${tag} ${refusal ?? 'OK done'}\r\n`)
    }
  })
  open.push(server)
  const target = { host: '127.0.0.1', port: server.port, security: 'none' as const, trustedCertificate: null, timeoutSeconds: 5, signal: new AbortController().signal }
  const inbox = await openInbox('imap', target, { userName: 'anna', secret: 'x', method: 'password' })
  if (!inbox.ok || inbox.value.folders === null) throw new Error('no folders')
  return inbox.value.folders
}

const selected = (exists: number, modseq: string | null = null) => [`${exists} EXISTS`, 'OK [UIDVALIDITY 7] x', ...(modseq === null ? ['OK [NOMODSEQ] x'] : [`OK [HIGHESTMODSEQ ${modseq}] x`])]
const fresh = (uid: number, flags = '') => `${uid} FETCH (UID ${uid} FLAGS (${flags}) RFC822.SIZE 10)`
const old = (uid: number, flags = '') => `${uid} FETCH (UID ${uid} FLAGS (${flags}))`
const mark = (modseq: string | null) => ({ uidValidity: '7', uidNext: 4, modseq })
const ids = (of: readonly { readonly serverId: string }[]) => of.map(({ serverId }) => serverId)

describe('a look into a folder', () => {
  it('without CONDSTORE asks for the flags of all, and knows by them what is left', async () => {
    const heard: string[] = []
    const session = await folders('', { SELECT: selected(3), 'UID FETCH 1:3': [old(1, '\\Seen'), old(3)], 'UID FETCH 4:*': [fresh(4, '\\Flagged work')] }, heard)
    const { news } = { news: await session.look('INBOX', mark(null), 3) }
    if (!news.ok) throw new Error(news.failure.code)
    expect(news.value).toMatchObject({ mark: { uidNext: 5, modseq: null }, numberedAnew: false, left: new Set(['7:1', '7:3']) })
    expect(ids(news.value.messages)).toEqual(['7:4'])
    expect(news.value.messages[0]).toMatchObject({ size: 10, flags: { flagged: true, seen: false, keywords: ['work'] } })
    expect(heard.some((command) => /CONDSTORE|QRESYNC|CHANGEDSINCE|SEARCH/.test(command))).toBe(false)
  })

  it('with CONDSTORE asks for what changed, and lists UIDs only when the count does not come out even', async () => {
    const answers = { SELECT: selected(4, '9'), 'UID FETCH 1:3 (UID FLAGS) (CHANGEDSINCE 5)': [old(2, '\\Seen')], 'UID FETCH 4:*': [fresh(4)], 'UID SEARCH': ['SEARCH 1 3'] }
    const heard: string[] = []
    const session = await folders('CONDSTORE', answers, heard)
    expect(await session.look('INBOX', mark('5'), 3)).toMatchObject({ value: { mark: { modseq: '9' }, left: null, flags: [{ serverId: '7:2' }] } })
    expect(heard.some((command) => command.startsWith('UID SEARCH'))).toBe(false)
    expect(await session.look('INBOX', mark('5'), 4)).toMatchObject({ value: { left: new Set(['7:1', '7:3']) } })
  })

  it('with QRESYNC is told changed flags and vanished messages by opening it', async () => {
    const heard: string[] = []
    const session = await folders('QRESYNC CONDSTORE', { SELECT: [...selected(3, '9'), 'VANISHED (EARLIER) 1,40:41', '2 FETCH (UID 3 FLAGS (\\Answered) MODSEQ (8))'], 'UID FETCH 4:*': [fresh(4)] }, heard)
    expect(await session.look('INBOX', mark('5'), 3)).toMatchObject({ value: { vanished: ['7:1', '7:40', '7:41'], left: null, flags: [{ serverId: '7:3', flags: { answered: true } }], messages: [{ serverId: '7:4' }] } })
    expect(heard.filter((command) => command.startsWith('SELECT'))).toEqual(['SELECT "INBOX" (QRESYNC (7 5))'])
  })

  it('numbered anew brings everything', async () => {
    const session = await folders('QRESYNC CONDSTORE', { SELECT: [...selected(2, '9').filter((one) => !one.includes('UIDVALIDITY')), 'OK [UIDVALIDITY 8] x'], 'UID FETCH 4:*': [fresh(2)], 'UID FETCH 1:*': [fresh(1), fresh(2)] })
    expect(await session.look('INBOX', mark('5'), 3)).toMatchObject({ value: { numberedAnew: true, mark: { uidValidity: '8', uidNext: 3 }, messages: [{ serverId: '8:1' }, { serverId: '8:2' }] } })
  })

  it('a message told by half is asked for again next time, and never passed over', async () => {
    const session = await folders('', { SELECT: selected(3), 'UID FETCH 1:*': [fresh(1), old(2), fresh(3)] })
    expect(await session.look('INBOX', null, 0)).toMatchObject({ value: { mark: { uidNext: 2 }, messages: [{ serverId: '7:1' }, { serverId: '7:3' }] } })
  })

  it('more vanished messages than can be told one by one are found out by what is left', async () => {
    const session = await folders('QRESYNC CONDSTORE', { SELECT: [...selected(1, '9'), 'VANISHED (EARLIER) 1:4294967295'], 'UID FETCH 4:*': [], 'UID FETCH 1:*': [fresh(2)] })
    expect(await session.look('INBOX', mark('5'), 3)).toMatchObject({ value: { numberedAnew: true, messages: [{ serverId: '7:2' }], vanished: [] } })
  })

  it('a folder that refuses is a failure of its own, and the next one is looked into', async () => {
    const session = await folders('', { LIST: ['LIST () "/" Locked', 'LIST () "/" INBOX'], 'SELECT "Locked"': ['NO [NOPERM] not yours'], SELECT: selected(0) })
    await session.list(null, 0)
    expect(await session.look('Locked', null, 0)).toMatchObject({ ok: false })
    expect(session.usable()).toBe(true)
    expect(await session.look('INBOX', null, 0)).toMatchObject({ ok: true })
    expect(await session.look('Nowhere', null, 0)).toMatchObject({ ok: false, failure: { code: 'mailbox.missing' } })
  })
})

describe('all folders', () => {
  it('come with their use by XLIST, under the one name an inbox has, and each is asked how far it is', async () => {
    const heard: string[] = []
    const session = await folders('XLIST', {
      XLIST: ['XLIST (\\Inbox) "/" "Posteingang"', 'XLIST (\\Noselect) "/" "[Gmail]"', 'XLIST (\\Starred) "/" "[Gmail]/Wichtig"', 'XLIST (\\Spam) "/" {11}\r\nEntw&APw-rf'],
      STATUS: ['STATUS "Entw&APw-rf" (MESSAGES 3 UIDNEXT 9 UIDVALIDITY 7 UNSEEN 1)'], SELECT: selected(0),
    }, heard)
    const listed = await session.list(null, 0)
    if (!listed.ok) throw new Error(listed.failure.code)
    expect(listed.value.folders.map(({ path, use, holdsMessages, messages }) => [path, use, holdsMessages, messages])).toEqual([['INBOX', 'inbox', true, null], ['[Gmail]', null, false, null], ['[Gmail]/Wichtig', 'flagged', true, null], ['Entwürf', 'junk', true, 3]])
    expect(heard.filter((command) => command.startsWith('STATUS'))).toHaveLength(2)
  })

  test('have a use by their name where the server gives none', () => {
    const folder = (path: string, delimiter = '.') => ({ path, delimiter, use: null, holdsMessages: true })
    expect(withUsesByName([folder('INBOX.Verzonden items'), folder('Sent'), folder('Prullenbak'), folder('Projects.Old.Archive'), folder('Spam')]).map(({ use }) => use)).toEqual([null, 'sent', 'trash', null, 'junk'])
    expect(withUsesByName([{ ...folder('Gone'), use: 'trash' as const }, folder('Trash')]).map(({ use }) => use)).toEqual(['trash', null])
  })
})

it('a flag that the folder cannot keep is settled, one that the server refuses is told again', async () => {
  const heard: string[] = []
  const session = await folders('', { SELECT: [...selected(3), 'OK [PERMANENTFLAGS (\\Seen \\Flagged)] x'], 'UID STORE 2 +FLAGS.SILENT (\\Flagged)': ['NO [LIMIT] later'] }, heard)
  const change = (uid: number, flag: string) => ({ serverId: `7:${uid}`, flag, isSet: true })
  const changes = [change(1, '\\Seen'), change(3, '\\Seen'), change(2, '\\Flagged'), change(1, 'work'), { ...change(1, '\\Seen'), serverId: '6:1' }]
  expect(await session.setFlags('INBOX', changes)).toEqual({ ok: true, value: expect.toSatisfy((settled: unknown[]) => settled.length === 4 && !settled.includes(changes[2])) })
  expect(heard.filter((command) => command.startsWith('UID STORE'))).toEqual(['UID STORE 1,3 +FLAGS.SILENT (\\Seen)', 'UID STORE 2 +FLAGS.SILENT (\\Flagged)'])
})

test('names of folders come out as they went in, and what is no proper name is shown as it is', () => {
  for (const name of ['Sent', 'Entwürfe', '日本語', 'R&D', 'a/b "c" \\d', '😀', '~peter/mail/台北/日本語']) expect(decodeName(encodeName(name))).toBe(name)
  expect(encodeName('~peter/mail/台北/日本語')).toBe('~peter/mail/&U,BTFw-/&ZeVnLIqe-')
  expect(decodeName('inbox')).toBe('INBOX')
  expect(['R&D', '&Jjo', '&AGE-', 'Été'].map(decodeName)).toEqual(['R&D', '&Jjo', '&AGE-', 'Été'])
  expect([quoted('a "b"'), quoted('a\r\nb')]).toEqual(['"a \\"b\\""', null])
})

test('sets of UIDs', () => {
  expect(uidSet([7, 1, 2, 3, 9, 8])).toBe('1:3,7:9')
  expect(uidsIn('1:3,9,12:11', 100)).toEqual([1, 2, 3, 9, 11, 12])
  expect([uidsIn('1:4294967295', 100), uidsIn('1:*', 100), uidsIn('x', 100)]).toEqual([null, null, null])
})

test('what is no response of IMAP is none', () => {
  for (const line of ['* 1 FETCH (UID 1', '* 1 FETCH UID 1)', '* LIST () "/', 'hello', '', '* ', `* 1 FETCH ${'('.repeat(40)}${')'.repeat(40)}`]) expect(responseOf([line]), line).toBeNull()
  expect(responseOf(['* 1 FETCH (BODY[HEADER.FIELDS (MESSAGE-ID)] ', Buffer.from('x'), ' UID NIL)'])?.values).toEqual([['BODY[HEADER.FIELDS (MESSAGE-ID)]', Buffer.from('x'), 'UID', null]])
})

describe('moving messages', () => {
  const listed = { LIST: ['LIST () "/" INBOX', 'LIST () "/" "Proj \\"x\\""'], SELECT: selected(3) }
  const moving = (heard: readonly string[]) => heard.filter((command) => /^(?:UID|EXPUNGE)/.test(command))
  const move = async (capabilities: string, answers: Readonly<Record<string, readonly string[]>> = {}) => {
    const heard: string[] = []
    const session = await folders(capabilities, { ...listed, ...answers }, heard)
    await session.names()
    return { moved: await session.move('INBOX', ['7:1', '7:2'], 'Proj "x"'), heard: moving(heard) }
  }

  it('is one command where the server knows it', async () => {
    expect(await move('MOVE UIDPLUS')).toMatchObject({ moved: { ok: true }, heard: ['UID MOVE 1:2 "Proj \\"x\\""'] })
  })

  it('is copied first, and only then removed, where it does not; a copy that is refused removes nothing', async () => {
    expect(await move('UIDPLUS')).toMatchObject({ moved: { ok: true }, heard: ['UID COPY 1:2 "Proj \\"x\\""', 'UID STORE 1:2 +FLAGS.SILENT (\\Deleted)', 'UID EXPUNGE 1:2'] })
    expect(await move('UIDPLUS', { 'UID COPY': ['NO [OVERQUOTA] full'] })).toMatchObject({ moved: { ok: false }, heard: ['UID COPY 1:2 "Proj \\"x\\""'] })
  })

  it('never removes what somebody else marked: then both stay, and it says so', async () => {
    expect(await move('', { 'UID SEARCH DELETED': ['SEARCH 1 3'] })).toMatchObject({ moved: { ok: false, failure: { code: 'server.refused' } }, heard: ['UID COPY 1:2 "Proj \\"x\\""', 'UID SEARCH DELETED'] })
  })

  it('of another numbering, or into a folder that is not there, is refused before anything is asked', async () => {
    const session = await folders('MOVE', listed)
    await session.names()
    expect(await session.move('INBOX', ['6:1'], 'Proj "x"')).toMatchObject({ failure: { code: 'message.gone' } })
    expect(await session.move('INBOX', ['7:1'], 'Nowhere')).toMatchObject({ failure: { code: 'mailbox.missing' } })
  })
})
