import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lookEvery, settle, watchFolders } from '../../../electron/jobs/watch-folders.ts'
import type { Job } from '../../../shared/model/job.ts'
import type { WatchedFolder } from '../../../shared/model/watched-folder.ts'

let path: string
let timers: { at: number; call: () => void }[]
let told: () => void
let taken: string[]
let failure: Job['failure']
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'mailroom-watch-'))
  timers = []
  taken = []
  failure = null
})
afterEach(() => rmSync(path, { recursive: true, force: true }))

const folder = (): WatchedFolder => ({ id: 1, path, templateId: 1, accountId: null, files: null, polling: false, enabled: true, templateName: 'Invoice', last: null })
function watch(folders: readonly WatchedFolder[] = [folder()]) {
  return watchFolders({
    folders: { list: () => folders, onChange: () => () => undefined },
    jobs: { start: () => String(taken.length), finished: async () => ({ failure, detail: { kind: 'batch', name: 'may.csv' } }) as unknown as Job },
    take: (_, name) => {
      taken.push(name)
      return {} as never
    },
    tell: (_path, _polling, changed) => {
      told = changed
      return () => undefined
    },
    timers: {
      after(milliseconds, call) {
        const timer = { at: milliseconds, call }
        timers.push(timer)
        return () => void (timers = timers.filter((one) => one !== timer))
      },
    },
  }, true)
}
/** The look that is due, and how long it would have waited. */
async function look(): Promise<number> {
  const [next] = timers.splice(0, 1)
  next?.call()
  await vi.waitFor(() => expect(timers).toHaveLength(1))
  return next?.at ?? -1
}

test('a table is taken when nothing has changed between two looks, and once', async () => {
  writeFileSync(join(path, 'may.csv'), 'half')
  const watches = watch()
  expect(await look()).toBe(0)
  writeFileSync(join(path, 'may.csv'), 'half and the other half')
  expect(await look()).toBe(settle)
  expect(taken).toEqual([])
  expect(await look()).toBe(settle)
  expect(taken).toEqual(['may.csv'])
  expect(await look()).toBe(lookEvery)
  expect(taken).toEqual(['may.csv'])
  watches.stop()
})

test('what is told of a change makes the next look come after the quiet time', async () => {
  const watches = watch()
  await look()
  expect(timers[0]?.at).toBe(lookEvery)
  told()
  expect(timers.map(({ at }) => at)).toEqual([settle])
  watches.stop()
  expect(timers).toEqual([])
})

test('a table that another program still has open is tried again', async () => {
  writeFileSync(join(path, 'may.csv'), 'x')
  failure = { code: 'folder.unusable', evidence: {} }
  const watches = watch()
  for (let looks = 0; looks < 3; looks += 1) await look()
  expect(taken).toEqual(['may.csv', 'may.csv'])
  watches.stop()
})

test('a folder that is switched off is left alone', () => {
  watch([{ ...folder(), enabled: false }])
  expect(timers).toEqual([])
})
