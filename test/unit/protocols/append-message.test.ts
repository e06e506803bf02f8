/** Messages put into a folder on servers that can do more or less, and break where servers break. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FolderSession } from '../../../electron/protocols/mail-session.ts'
import { openInbox } from '../../../electron/protocols/open-inbox.ts'
import { type Conversation, scriptedServer, type ScriptedServer } from '../../fakes/scripted-server.ts'

let folder: string
let server: ScriptedServer | null = null
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'mailroom-append-'))))
afterEach(async () => {
  await server?.close()
  rmSync(folder, { recursive: true })
})

const at = new Date('2026-11-07T09:05:06.000Z')
const message = 'Subject: Invoice\r\n\r\nHello\r\n'

function fileOf(text: string): { readonly file: string; readonly size: number; readonly at: Date } {
  const file = join(folder, 'one.eml')
  writeFileSync(file, text)
  return { file, size: Buffer.byteLength(text), at }
}

/** `append` has the conversation once APPEND was heard; it gets the tag and the command. */
async function sentFolder(capabilities: string, append: (conversation: Conversation, tag: string, command: string) => Promise<void>, searches: Readonly<Record<string, string>> = {}): Promise<FolderSession> {
  server = await scriptedServer(async (conversation) => {
    const { says, hears } = conversation
    await says('* OK hi\r\n')
    for (let line = await hears(); line !== null; line = await hears()) {
      const [tag = '', ...words] = line.split(' ')
      const command = words.join(' ')
      if (command.startsWith('APPEND')) await append(conversation, tag, command)
      else {
        const search = Object.entries(searches).find(([id]) => command.includes(id))?.[1]
        const told: Readonly<Record<string, string>> = { CAPABILITY: `* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR ${capabilities}\r\n`, LIST: '* LIST (\\Sent) "/" "Sent &- more"\r\n', SELECT: '* OK [UIDVALIDITY 7] x\r\n', UID: search === undefined ? '* SEARCH\r\n' : `* SEARCH ${search}\r\n` }
        await says(`${told[words[0] ?? ''] ?? ''}${tag} OK done\r\n`)
      }
    }
  })
  const target = { host: '127.0.0.1', port: server.port, security: 'none' as const, trustedCertificate: null, timeoutSeconds: 5, signal: new AbortController().signal }
  const inbox = await openInbox('imap', target, { userName: 'anna', secret: 'x', method: 'password' })
  if (!inbox.ok || inbox.value.folders === null) throw new Error('no folders')
  await inbox.value.folders.names()
  return inbox.value.folders
}

const path = 'Sent & more'

async function linesUntilEnd({ hears }: Conversation, count: number): Promise<readonly (string | null)[]> {
  const lines: (string | null)[] = []
  while (lines.length < count) lines.push(await hears())
  return lines
}

describe('a message put into a folder', () => {
  test('is announced, waited with until the server wants it, and comes byte for byte, as read, with the time it was sent', async () => {
    const heard: unknown[] = []
    const folders = await sentFolder('', async (conversation, tag, command) => {
      heard.push(command)
      await conversation.says('+ go on\r\n')
      heard.push(await linesUntilEnd(conversation, 4))
      await conversation.says(`${tag} OK [APPENDUID 7 12] done\r\n`)
    })
    expect(await folders.append(path, fileOf(message))).toEqual({ ok: true, value: undefined })
    expect(heard).toEqual([`APPEND "Sent &- more" (\\Seen) " 7-Nov-2026 09:05:06 +0000" {${String(message.length)}}`, ['Subject: Invoice', '', 'Hello', '']])
    expect(folders.usable()).toBe(true)
  })

  test('goes along at once where it is small and the server takes that', async () => {
    let command = ''
    const folders = await sentFolder('LITERAL-', async (conversation, tag, said) => {
      command = said
      await linesUntilEnd(conversation, 4)
      await conversation.says(`${tag} OK done\r\n`)
    })
    expect((await folders.append(path, fileOf(message))).ok).toBe(true)
    expect(command).toContain(`{${String(message.length)}+}`)
  })

  test('that is large is asked about first, on any server', async () => {
    const text = `Subject: Invoice\r\n\r\n${'x'.repeat(60_000)}\r\n`.replaceAll(/x{70}/g, '$&\r\n')
    let asked = ''
    const folders = await sentFolder('LITERAL+', async ({ says }, tag, command) => {
      asked = command
      await says(`${tag} NO [OVERQUOTA] Your mailbox is full\r\n`)
    })
    expect(await folders.append(path, fileOf(text))).toMatchObject({ ok: false, failure: { code: 'quota.exceeded', evidence: { serverWords: expect.stringContaining('full') } } })
    expect(asked).toMatch(/\{\d+\}$/)
    expect(folders.usable()).toBe(true)
  })

  test('that the server says it is too large for is not sent at all', async () => {
    const appended: string[] = []
    const folders = await sentFolder('APPENDLIMIT=20', async (_conversation, _tag, command) => void appended.push(command))
    expect(await folders.append(path, fileOf(message))).toMatchObject({ failure: { code: 'message.too-large' } })
    expect(appended).toEqual([])
  })

  test('is too large, too, when the server finds that out when it is named', async () => {
    const folders = await sentFolder('', async ({ says }, tag) => says(`${tag} NO [TOOBIG] no\r\n`))
    expect(await folders.append(path, fileOf(message))).toMatchObject({ failure: { code: 'message.too-large' } })
  })

  test('may be there or not when the connection breaks: the session says that it is of no more use', async () => {
    const folders = await sentFolder('', async (conversation) => {
      await conversation.says('+ go on\r\n')
      await linesUntilEnd(conversation, 4)
      conversation.hangUp()
    })
    expect((await folders.append(path, fileOf(message))).ok).toBe(false)
    expect(folders.usable()).toBe(false)
  })

  test('is never half of one: a file that is shorter or longer than announced ends the connection', async () => {
    let after: string | null = ''
    const folders = await sentFolder('', async (conversation) => {
      await conversation.says('+ go on\r\n')
      await linesUntilEnd(conversation, 3)
      after = await conversation.hears()
    })
    expect(await folders.append(path, { ...fileOf(message), size: message.length + 5 })).toMatchObject({ failure: { code: 'mail.unreadable' } })
    expect(folders.usable()).toBe(false)
    await expect.poll(() => after).toBeNull()
  })

  test('whose file is gone is not begun', async () => {
    const folders = await sentFolder('', async ({ says }) => says('+ go on\r\n'))
    expect(await folders.append(path, { file: join(folder, 'gone.eml'), size: 10, at })).toMatchObject({ failure: { code: 'mail.unreadable' } })
  })

  test('goes nowhere when the folder is gone', async () => {
    const folders = await sentFolder('', async () => {})
    expect(await folders.append('Elsewhere', fileOf(message))).toMatchObject({ failure: { code: 'mailbox.missing' } })
  })
})

describe('a look for messages by their Message-ID', () => {
  test('finds those that are there, among many', async () => {
    const folders = await sentFolder('', async () => {}, { 'a"b@x': '3 9' })
    const ids = [...Array.from({ length: 120 }, (_, index) => `<${String(index)}@x>`), '<a"b@x>', '<größe@x>']
    expect(await folders.holds(path, ids, at)).toEqual({ ok: true, value: new Set() })
    const other = await sentFolder('', async () => {}, { 'a\\"b@x': '3 9' })
    expect(await other.holds(path, ids, at)).toEqual({ ok: true, value: new Set(['<a"b@x>']) })
  })
})
