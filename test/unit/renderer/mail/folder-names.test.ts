import { expect, test } from 'vitest'
import { delimiterOf, pathOf, targetsFor } from '../../../../renderer/mail/folder-names.ts'
import { type Folder, folderSchema } from '../../../../shared/model/folder.ts'

const folder = (path: string, change: Partial<Folder> = {}): Folder =>
  folderSchema.parse({ accountId: 'a', path, name: path.split('.').at(-1), parent: path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : null, use: null, holdsMessages: true, onServer: true, messages: 0, unseen: 0, ...change })

test('a folder in another one is written as this server writes it, and only where that is known', () => {
  expect(delimiterOf([folder('INBOX'), folder('Work'), folder('Work.Roof')])).toBe('.')
  expect(delimiterOf([folder('INBOX'), folder('Work')])).toBeNull()
  expect(pathOf(' Tax ', 'Work', '.')).toBe('Work.Tax')
  expect(pathOf('Tax', 'Work', null)).toBe('Tax')
  expect(pathOf('Tax', null, '.')).toBe('Tax')
})

test('messages go to folders of their own account that can hold them', () => {
  const all = [folder('INBOX', { use: 'inbox' }), folder('Work'), folder('Gone', { onServer: false }), folder('Holder', { holdsMessages: false }), folder('All', { use: 'all' }), folder('', { use: 'not-on-server', onServer: false }), folder('Other', { accountId: 'b' })]
  expect(targetsFor(all, 'a', 'INBOX').map(({ path }) => path)).toEqual(['Work'])
  expect(targetsFor(all, 'a', null).map(({ path }) => path)).toEqual(['INBOX', 'Work'])
})
