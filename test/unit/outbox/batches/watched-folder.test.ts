import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { claimName } from '../../../../electron/outbox/batches/claimed-table.ts'
import { reachFolder } from '../../../../electron/outbox/batches/reach-folder.ts'
import { isTableName, takeFromFolder } from '../../../../electron/outbox/batches/take-from-folder.ts'
import { createWatchedFolders } from '../../../../electron/outbox/batches/watched-folders.ts'
import { batchFolder, pdf, valueOf } from '../../../fakes/batch-folder.ts'

let place: ReturnType<typeof batchFolder>
let watched: string
beforeEach(() => {
  place = batchFolder()
  watched = mkdtempSync(join(tmpdir(), 'mailroom-watched-'))
})
afterEach(() => {
  place.remove()
  rmSync(watched, { recursive: true, force: true })
})

const mark = 'ours'
const put = (name: string, text: string) => writeFileSync(join(watched, name), text)
const folders = () => createWatchedFolders({ ...place, root: place.folder.root })
const folder = () => valueOf(folders().save(null, { path: watched, templateId: place.templateId, accountId: null, files: null, polling: false, enabled: true }))
const parts = () => ({ batches: place.batches, spool: place.folder.spool, language: () => 'en' as const, defaultAccountId: () => 'office', now: place.now, mark })
const table = (...numbers: readonly string[]) => `email,invoice\n${numbers.map((number) => `jan@customer.example,${number}\n`).join('')}`
const tree = (at: string) => (existsSync(join(watched, at)) ? readdirSync(join(watched, at), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => name).toSorted() : [])
const plain = () => readdirSync(watched, { withFileTypes: true }).filter((entry) => !entry.isDirectory()).map(({ name }) => name).toSorted()

describe('a table in a watched folder', () => {
  test('is queued with its PDFs, and all of it is put away', async () => {
    put('may.csv', table('1', '2'))
    put('1.pdf', pdf('one'))
    put('2.pdf', pdf('two'))
    put('other.pdf', pdf('nobody names it'))
    expect(valueOf(await takeFromFolder(parts(), folder(), 'may.csv', place.quiet))).toMatchObject({ mails: 2 })
    expect(place.mails().map(({ attachmentNames }) => attachmentNames[0]).toSorted()).toEqual(['1.pdf', '2.pdf'])
    expect([tree('done'), plain()]).toEqual([['1.pdf', '2.pdf', 'may.csv'], ['other.pdf']])
    expect(readdirSync(place.folder.spool)).toEqual([])
  })

  test('that cannot be queued is put aside with the reason in plain words; its PDFs stay', async () => {
    put('may.csv', table('1', '2'))
    put('1.pdf', pdf('one'))
    expect(await takeFromFolder(parts(), folder(), 'may.csv', place.quiet)).toMatchObject({ ok: false, failure: { code: 'batch.problems' } })
    expect([place.mails(), tree('failed'), plain()]).toEqual([[], ['may.csv', 'reason.txt'], ['1.pdf']])
    const [reason] = readdirSync(join(watched, 'failed'))
    expect(readFileSync(join(watched, 'failed', reason ?? '', 'reason.txt'), 'utf8')).toContain('Row 3 (jan@customer.example): The file 2.pdf is not there.')
  })

  test('that was queued when the program died is only put away at the next start, never queued again', async () => {
    const before = table('1', '2')
    const kept = folder()
    put('may.csv', before)
    put('1.pdf', pdf('one'))
    put('2.pdf', pdf('two'))
    valueOf(await takeFromFolder(parts(), kept, 'may.csv', place.quiet))
    // As if it had died after the transaction, with one file moved.
    const [done = ''] = readdirSync(join(watched, 'done'))
    for (const name of ['may.csv', '2.pdf']) renameSync(join(watched, 'done', done, name), join(watched, name))
    expect(valueOf(await takeFromFolder(parts(), kept, 'may.csv', place.quiet))).toMatchObject({ mails: 0 })
    expect(place.mails()).toHaveLength(2)
    expect([tree('done'), plain()]).toEqual([['1.pdf', '2.pdf', 'may.csv'], []])
  })

  test('waits for PDFs that may still come, and is refused without them when its time is over', async () => {
    put('may.csv', table('1', '2'))
    put('1.pdf', pdf('one'))
    put('2.pdf', pdf('two').slice(0, 12))
    const kept = folder()
    expect(await takeFromFolder(parts(), kept, 'may.csv', place.quiet, true)).toMatchObject({ ok: false, failure: { code: 'batch.files-awaited' } })
    expect([place.mails(), plain()]).toEqual([[], ['1.pdf', '2.pdf', 'may.csv']])
    expect(await takeFromFolder(parts(), kept, 'may.csv', place.quiet)).toMatchObject({ ok: false, failure: { code: 'batch.problems' } })
    put('may.csv', table('1', '2'))
    put('2.pdf', pdf('two'))
    expect(valueOf(await takeFromFolder(parts(), kept, 'may.csv', place.quiet, true))).toMatchObject({ mails: 2 })
  })

  test('that has any other problem is refused at once', async () => {
    put('may.csv', `${table('1')}nobody at home,2\n`)
    expect(await takeFromFolder(parts(), folder(), 'may.csv', place.quiet, true)).toMatchObject({ ok: false, failure: { code: 'batch.problems' } })
    expect(tree('failed')).toEqual(['may.csv', 'reason.txt'])
  })

  test('is taken by one of two programs that watch the same folder', async () => {
    put('may.csv', table('1'))
    put('1.pdf', pdf('one'))
    const other = batchFolder()
    const kept = folder()
    const theirs = { ...parts(), batches: other.batches, spool: other.folder.spool, mark: 'theirs' }
    const both = await Promise.all([takeFromFolder(parts(), kept, 'may.csv', place.quiet), takeFromFolder(theirs, { ...kept, templateId: other.templateId }, 'may.csv', other.quiet)])
    expect(both.map((one) => valueOf(one).mails).toSorted()).toEqual([0, 1])
    expect(place.mails().length + other.mails().length).toBe(1)
    other.remove()
  })

  test('that was taken when the program died is its own at the next start, and nobody else’s', async () => {
    put(claimName('may.csv', mark), table('1'))
    put(claimName('june.csv', 'theirs'), table('2'))
    put('1.pdf', pdf('one'))
    const kept = folder()
    expect(valueOf(await takeFromFolder(parts(), kept, 'may.csv', place.quiet))).toMatchObject({ mails: 1 })
    expect(valueOf(await takeFromFolder(parts(), kept, 'june.csv', place.quiet))).toEqual({ batchId: null, mails: 0 })
    expect([tree('done'), plain()]).toEqual([['1.pdf', 'may.csv'], [claimName('june.csv', 'theirs')]])
  })

  test('that is put there once more is refused, and says why', async () => {
    const kept = folder()
    put('letter.csv', 'email,invoice\njan@customer.example,9\n')
    put('9.pdf', pdf('nine'))
    valueOf(await takeFromFolder(parts(), kept, 'letter.csv', place.quiet))
    put('letter.csv', 'email,invoice\njan@customer.example,9\n')
    expect(await takeFromFolder(parts(), kept, 'letter.csv', place.quiet)).toMatchObject({ ok: false, failure: { code: 'batch.queued-before' } })
    expect([place.mails().length, tree('failed')]).toEqual([1, ['letter.csv', 'reason.txt']])
  })

  test('reaches nothing outside the folder, by a link or by a name', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'mailroom-outside-'))
    writeFileSync(join(outside, 'secret.pdf'), pdf('secret'))
    writeFileSync(join(outside, 'table.csv'), table('1'))
    symlinkSync(join(outside, 'secret.pdf'), join(watched, '1.pdf'))
    symlinkSync(join(outside, 'table.csv'), join(watched, 'link.csv'))
    put('may.csv', table('1', '../../secret'))
    expect(await takeFromFolder(parts(), folder(), 'may.csv', place.quiet)).toMatchObject({ ok: false })
    expect(await takeFromFolder(parts(), folders().list()[0] as never, 'link.csv', place.quiet)).toMatchObject({ ok: false, failure: { code: 'input.unreadable-file' } })
    expect(place.mails()).toEqual([])
    expect(readdirSync(outside).toSorted()).toEqual(['secret.pdf', 'table.csv'])
    rmSync(outside, { recursive: true })
  })

  test('is known by its name, and not while its program still writes it', () => {
    expect(['a.csv', 'B.XLSX', 'c.json'].every(isTableName)).toBe(true)
    expect(['.a.csv', '~$b.xlsx', 'c.csv.part', 'd.pdf', '.~lock.e.csv#'].some(isTableName)).toBe(false)
  })
})

test('only a real folder that is not ours can be watched, and once', () => {
  symlinkSync(watched, `${watched}-link`)
  mkdirSync(join(place.folder.root, 'inside'))
  const draft = { templateId: place.templateId, accountId: null, files: null, polling: false, enabled: true }
  for (const path of ['relative', '/no/such/folder', `${watched}-link`, place.folder.root, join(place.folder.root, 'inside'), '/']) {
    expect(folders().save(null, { ...draft, path }), path).toMatchObject({ ok: false, failure: { code: 'folder.unusable' } })
  }
  folder()
  expect(folders().save(null, { ...draft, path: watched })).toMatchObject({ ok: false, failure: { code: 'input.invalid' } })
  unlinkSync(`${watched}-link`)
})

test('whether a folder can be worked in is told as it is now', async () => {
  expect(await reachFolder(watched)).toBe('ok')
  expect(await reachFolder(join(watched, 'nowhere'))).toBe('gone')
  put('file', 'x')
  expect(await reachFolder(join(watched, 'file'))).toBe('gone')
})
