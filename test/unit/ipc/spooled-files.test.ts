import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { createSpooledFiles, type SpooledFiles } from '../../../electron/ipc/spooled-files.ts'

let folder: string
let files: SpooledFiles
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'mailroom-spool-')), 'spool')
  files = createSpooledFiles(folder, { bytesEach: 10, bytesTogether: 25, files: 4 })
})

async function begun(name: string, size: number): Promise<string> {
  const outcome = await files.begin(name, size)
  if (!outcome.ok) throw new Error(outcome.failure.code)
  return outcome.value
}

it('pieces become the file in the order they came, even when nobody waits in between', async () => {
  const handle = await begun('a.txt', 6)
  await Promise.all(['ab', 'cd', 'ef'].map((piece) => files.append(handle, Buffer.from(piece))))
  const file = files.get(handle)
  expect(file.ok && readFileSync(file.value.path, 'utf8')).toBe('abcdef')
})

it.each([
  ['../../etc/passwd', 'passwd'], ['C:\\Users\\x\\rechnung.pdf', 'rechnung.pdf'], ['a\r\nBcc: x.pdf', 'aBcc: x.pdf'], ['..', '..'], ['\u0000', 'file'],
])('the name %j is kept as %j and never becomes a path', async (given, kept) => {
  const handle = await begun(given, 0)
  const file = files.get(handle)
  expect(file.ok && file.value).toMatchObject({ name: kept, path: join(folder, handle) })
  expect(readdirSync(folder)).toEqual([handle])
})

it('a file that is not complete is not there yet', async () => {
  const handle = await begun('a', 2)
  await files.append(handle, Buffer.from('x'))
  expect(files.get(handle)).toMatchObject({ ok: false, failure: { code: 'file.unknown' } })
})

it('no file, and not all together, grow beyond their bounds', async () => {
  expect(await files.begin('large', 11)).toMatchObject({ failure: { code: 'file.too-large' } })
  const handle = await begun('a', 10)
  expect(await files.append(handle, Buffer.alloc(11))).toMatchObject({ failure: { code: 'file.too-large' } })
  await begun('b', 10)
  expect(await files.begin('c', 10)).toMatchObject({ failure: { code: 'file.too-large' } })
  await files.discard(handle)
  await begun('c', 10)
  await begun('d', 0)
  await begun('e', 0)
  expect(await files.begin('f', 0)).toMatchObject({ failure: { code: 'file.too-large' } })
})

it('nothing is left when the program ends', async () => {
  await begun('a', 1)
  await begun('b', 1)
  await files.discardAll()
  expect(readdirSync(folder)).toEqual([])
})
