import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { unsettledFiles } from '../../../electron/storage/unsettled-files.ts'
import { freshDataFolder } from '../../fakes/fresh-data-folder.ts'

let place: ReturnType<typeof freshDataFolder>
let known: Set<string>

beforeEach(() => {
  place = freshDataFolder()
  known = new Set()
})
afterEach(() => place.remove())

const journalOf = (room: 'mail' | 'outbox') => unsettledFiles({ ...place, room, isKnown: (file) => known.has(file) })
const notes = () => place.database.prepare('SELECT path, motion FROM unsettled_file ORDER BY path').all().map((row) => ({ ...row }))
const inMail = (path: string) => join(place.folder.mail, path)

function put(...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(inMail(path)), { recursive: true })
    writeFileSync(inMail(path), path)
  }
}
function note(path: string, motion: 'arriving' | 'leaving'): void {
  place.database.prepare("INSERT INTO unsettled_file VALUES ('mail', ?, ?)").run(path, motion)
}
/** A start: resolves when what was left is cleared away. */
async function sweep(): Promise<void> {
  const next = journalOf('mail')
  expect((await next.announce('next/00/round-')).ok).toBe(true)
  await next.withdraw('next/00/round-')
}

describe('an arrival', () => {
  test('that was cut off loses its own files at the next start, and nothing else', async () => {
    expect((await journalOf('mail').announce('office/3f/round-')).ok).toBe(true)
    put('office/3f/round-1.eml', 'office/3f/round-2.eml', 'office/3f/round-3.eml', 'office/3f/round-notes.txt', 'office/3f/other-1.eml', 'office/round-1.eml')
    known.add('office/3f/round-2.eml')
    await sweep()
    expect(readdirSync(inMail('office/3f')).toSorted()).toEqual(['other-1.eml', 'round-2.eml', 'round-notes.txt'])
    expect(existsSync(inMail('office/round-1.eml'))).toBe(true)
    expect(notes()).toEqual([])
  })

  test('that is noted but has no marker any more ended somehow: its files stay', async () => {
    note('office/3f/round-', 'arriving')
    put('office/3f/round-1.eml')
    await sweep()
    expect(readdirSync(inMail('office/3f'))).toEqual(['round-1.eml'])
    expect(notes()).toEqual([])
  })

  test('that was settled is neither noted nor marked, and its files stay', async () => {
    const journal = journalOf('mail')
    await journal.announce('office/3f/round-')
    put('office/3f/round-1.eml', 'office/3f/round-2.eml')
    expect(await journal.settle('office/3f/round-', (letGo) => { letGo(['office/3f/round-2.eml']); return 7 })).toEqual({ ok: true, value: 7 })
    expect(readdirSync(inMail('office/3f'))).toEqual(['round-1.eml'])
    expect(notes()).toEqual([])
    await sweep()
    expect(readdirSync(inMail('office/3f'))).toEqual(['round-1.eml'])
  })

  test('stays noted when its rows could not be written', async () => {
    const journal = journalOf('mail')
    await journal.announce('office/3f/round-')
    put('office/3f/round-1.eml')
    await expect(journal.settle('office/3f/round-', () => { throw new Error('taken back') })).rejects.toThrow('taken back')
    expect(notes()).toEqual([{ path: 'office/3f/round-', motion: 'arriving' }])
    expect(existsSync(inMail('office/3f/round-1.eml'))).toBe(true)
  })

  test("of one room is none of the other's business", async () => {
    await journalOf('mail').announce('office/3f/round-')
    put('office/3f/round-1.eml')
    const outbox = journalOf('outbox')
    await outbox.announce('2026-11/1.')
    await outbox.withdraw('2026-11/1.')
    expect(existsSync(inMail('office/3f/round-1.eml'))).toBe(true)
  })

  test('that the disk refuses leaves no note', async () => {
    writeFileSync(place.folder.mail, 'a file where the folder should be')
    expect(await journalOf('mail').announce('office/3f/round-')).toMatchObject({ ok: false, failure: { code: 'storage.failed' } })
  })
})

describe('a file that leaves', () => {
  test('and is still there at the next start goes then; the others of its folder stay', async () => {
    put('office/3f/a-1.eml', 'office/3f/a-2.eml')
    note('office/3f/a-1.eml', 'leaving')
    note('office/3f/a-3.eml', 'leaving')
    note('gone/3f/a-3.eml', 'leaving')
    await sweep()
    expect(readdirSync(inMail('office/3f'))).toEqual(['a-2.eml'])
    expect(notes()).toEqual([])
  })

  test('that a row knows all the same stays', async () => {
    put('office/3f/a-1.eml')
    known.add('office/3f/a-1.eml')
    note('office/3f/a-1.eml', 'leaving')
    await sweep()
    expect(existsSync(inMail('office/3f/a-1.eml'))).toBe(true)
  })

  test('and can not be deleted keeps its note', async () => {
    mkdirSync(inMail('office/3f/a-1.eml'), { recursive: true })
    note('office/3f/a-1.eml', 'leaving')
    await sweep()
    expect(notes()).toEqual([{ path: 'office/3f/a-1.eml', motion: 'leaving' }])
  })
})

test.each(['../outside.eml', 'office/../../outside.eml', '/outside.eml', 'office//outside.eml', 'office/3f/..eml', 'notes.txt', ''])('a note of %j is nothing that was made here, and touches nothing', async (path) => {
  mkdirSync(inMail('office/3f'), { recursive: true })
  writeFileSync(join(place.folder.root, 'outside.eml'), 'mine')
  writeFileSync(join(place.folder.root, 'outside.arriving'), '')
  for (const motion of ['leaving', 'arriving'] as const) {
    place.database.exec('DELETE FROM unsettled_file')
    note(motion === 'leaving' ? path : path.replace(/eml$/, ''), motion)
    await sweep()
    await journalOf('mail').settle(null, (letGo) => letGo([path]))
    expect(existsSync(join(place.folder.root, 'outside.eml'))).toBe(true)
  }
})

test('thousands of files leave, each with its note', async () => {
  const paths = Array.from({ length: 1000 }, (_, index) => `office/${(index % 4).toString().padStart(2, '0')}/a-${index}.eml`)
  put(...paths, 'office/00/b.eml')
  await journalOf('mail').settle(null, (letGo) => letGo(paths))
  expect(readdirSync(inMail('office'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.eml'))).toEqual([join('00', 'b.eml')])
  expect(notes()).toEqual([])
})
