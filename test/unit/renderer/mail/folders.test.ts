import { describe, expect, test } from 'vitest'
import { compareFolders, type Folder } from '../../../../shared/model/folder.ts'
import { folderNodes, openNodes } from '../../../../renderer/mail/folder-nodes.ts'
import { stepInTree } from '../../../../renderer/mail/step-in-tree.ts'
import { mail } from '../../../../renderer/text/en/mail.ts'

const folder = (accountId: string, path: string, more: Partial<Folder> = {}): Folder => {
  const cut = path.lastIndexOf('/')
  return { accountId, path, name: path.slice(cut + 1), parent: cut < 0 ? null : path.slice(0, cut), use: path === 'INBOX' ? 'inbox' : null, holdsMessages: true, onServer: true, messages: 9, unseen: 0, ...more }
}
const emma = { id: 'emma', name: 'Emma', kind: 'personal' } as const
const support = { id: 'support', name: 'Support', kind: 'team' } as const
const nodesOf = (folders: readonly Folder[], accounts: Parameters<typeof folderNodes>[0] = [emma]) => folderNodes(accounts, folders.toSorted(compareFolders), mail.folders)
const drawn = (nodes: ReturnType<typeof nodesOf>) => nodes.map(({ level, name }) => `${'  '.repeat(level - 1)}${name}`)

describe('the folder tree', () => {
  test('shows each account’s folders nested, by what they are for, whatever the server calls them', () => {
    const nodes = nodesOf([folder('emma', 'INBOX', { unseen: 4 }), folder('emma', 'Prullenbak', { use: 'trash' }), folder('emma', 'Work'), folder('emma', 'Work/2026'), folder('emma', '[Gmail]/Drafts', { use: 'drafts', parent: null, messages: 2, unseen: 2 })])
    expect(drawn(nodes)).toEqual(['All mail', 'Emma', '  Inbox', '  Drafts', '  Work', '    2026', '  Deleted'])
    expect(nodes.find(({ name }) => name === 'Inbox')).toMatchObject({ unseen: 4, counted: null, position: 1, siblings: 4, place: { accountId: 'emma', folder: 'INBOX' } })
    expect(nodes.find(({ name }) => name === 'Drafts')).toMatchObject({ unseen: 0, counted: 2 })
  })

  test('offers the inboxes of several accounts as one, with all that is unread in them', () => {
    const nodes = nodesOf([folder('emma', 'INBOX', { unseen: 4 }), folder('support', 'INBOX', { unseen: 3 })], [emma, support])
    expect(drawn(nodes)).toEqual(['All inboxes', 'All mail', 'Emma', '  Inbox', 'Support', '  Inbox'])
    expect(nodes[0]).toMatchObject({ unseen: 7, place: { accountId: null, folder: 'INBOX' } })
  })

  test('lifts folders out of the inbox where a server keeps all of them in there', () => {
    expect(drawn(nodesOf([folder('emma', 'INBOX'), folder('emma', 'INBOX/Sent', { use: 'sent' }), folder('emma', 'INBOX/Work'), folder('emma', 'INBOX/Work/2026')]))).toEqual(['All mail', 'Emma', '  Inbox', '  Sent', '  Work', '    2026'])
  })

  test('a second folder for one use goes by its own name, one that only holds others cannot be shown, one that is gone says so', () => {
    const nodes = nodesOf([folder('emma', 'INBOX'), folder('emma', 'Sent', { use: 'sent' }), folder('emma', 'Verzonden', { use: 'sent' }), folder('emma', 'Box', { holdsMessages: false }), folder('emma', 'Old', { onServer: false })])
    expect(drawn(nodes)).toEqual(['All mail', 'Emma', '  Inbox', '  Sent', '  Verzonden', '  Box', '  Old'])
    expect(nodes.find(({ name }) => name === 'Box')?.place).toBeNull()
    expect(nodes.find(({ name }) => name === 'Old')?.isGone).toBe(true)
  })

  test('a collapsed folder hides all below it', () => {
    const nodes = nodesOf([folder('emma', 'INBOX'), folder('emma', 'Work'), folder('emma', 'Work/2026'), folder('emma', 'Work/2026/May')])
    const work = nodes.find(({ name }) => name === 'Work')!
    expect(drawn(openNodes(nodes, new Set([work.key])))).toEqual(['All mail', 'Emma', '  Inbox', '  Work'])
  })
})

describe('keys in the folder tree', () => {
  const nodes = nodesOf([folder('emma', 'INBOX'), folder('emma', 'Work'), folder('emma', 'Work/2026'), folder('emma', 'Box', { holdsMessages: false })])
  const of = (name: string) => nodes.find((node) => node.name === name)!
  const step = (key: string, from: string, collapsed: readonly string[] = []) => {
    const closed = new Set(collapsed.map((name) => of(name).key))
    const done = stepInTree(key, of(from), openNodes(nodes, closed), closed)
    return done?.is === 'go' ? nodes.find((node) => node.key === done.key)?.name : (done?.is ?? null)
  }

  test('walk it, and stay in it', () => {
    expect(step('ArrowDown', 'Work')).toBe('2026')
    expect(step('ArrowDown', 'Work', ['Work'])).toBeNull()
    expect(step('ArrowUp', 'All mail')).toBeNull()
    expect(step('Home', '2026')).toBe('All mail')
    expect(step('End', 'Inbox')).toBe('2026')
  })

  test('open, close, and go in and out', () => {
    expect(step('ArrowRight', 'Work', ['Work'])).toBe('open')
    expect(step('ArrowRight', 'Work')).toBe('2026')
    expect(step('ArrowLeft', 'Work')).toBe('close')
    expect(step('ArrowLeft', '2026')).toBe('Work')
    expect(step('ArrowLeft', 'All mail')).toBeNull()
  })

  test('show the folder, and go to the next of the typed letter', () => {
    expect(step('Enter', 'Work')).toBe('choose')
    expect(step(' ', 'Box')).toBe('open')
    expect(step('w', 'Inbox')).toBe('Work')
    expect(step('W', 'Work')).toBe('Work')
    expect(step('/', 'Inbox')).toBeNull()
    expect(step('z', 'Inbox')).toBeNull()
  })
})
