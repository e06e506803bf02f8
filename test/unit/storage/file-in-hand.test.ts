import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { FileInHand } from '../../../electron/storage/file-in-hand.ts'

let folder: string

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'mailroom-file-'))
})

afterEach(() => {
  vi.restoreAllMocks()
  fs.rmSync(folder, { recursive: true })
})

const piece = Buffer.alloc(1024 * 1024, 'x')

function write(megabytes: number): { readonly file: FileInHand; readonly path: string } {
  const path = join(folder, 'large.eml')
  const file = FileInHand.create(path)
  for (let count = 0; count < megabytes; count++) file.append(piece)
  return { file, path }
}

const syncAndClose = (file: FileInHand) => new Promise<Error | null>((resolve) => file.syncAndClose(resolve))

it('a large file is on its way to the disk before its end, and whole when it is closed', async () => {
  const ahead = vi.spyOn(fs, 'fdatasync')
  const { file, path } = write(12)
  expect(ahead).toHaveBeenCalled()
  expect(await syncAndClose(file)).toBeNull()
  expect(fs.statSync(path).size).toBe(12 * piece.byteLength)
})

it('what the disk refused while the file still came is told at its end', async () => {
  const refusal = new Error('EIO')
  vi.spyOn(fs, 'fdatasync').mockImplementationOnce((_file, over) => void setImmediate(over, refusal))
  const { file } = write(5)
  expect(await syncAndClose(file)).toBe(refusal)
})

it('a file is not closed under a sync that is under way', async () => {
  const under = Promise.withResolvers<() => void>()
  vi.spyOn(fs, 'fdatasync').mockImplementationOnce((_file, over) => under.resolve(() => over(null)))
  const closed = vi.spyOn(fs, 'closeSync')
  const { file, path } = write(5)
  file.discard()
  expect(closed).not.toHaveBeenCalled()
  expect(fs.existsSync(path)).toBe(false)
  ;(await under.promise)()
  expect(closed).toHaveBeenCalledOnce()
})
