import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { tellChanges } from '../../../electron/jobs/tell-changes.ts'
import { filesPatience, lookEvery, settle, watchFolders } from '../../../electron/jobs/watch-folders.ts'
import { claimName } from '../../../electron/outbox/batches/claimed-table.ts'
import type { Failure } from '../../../shared/failures/failure.ts'
import type { Job } from '../../../shared/model/job.ts'
import type { WatchedFolder } from '../../../shared/model/watched-folder.ts'

let path: string
let timers: { at: number; call: () => void }[]
let listening: { changed: () => void }[]
let taken: { name: string; mayWait: boolean }[]
let failure: Failure | null
let clock: number
let whileTaking: () => void
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'mailroom-watch-'))
  timers = []
  listening = []
  taken = []
  failure = null
  whileTaking = () => undefined
  clock = Date.parse('2027-01-31T12:00:00Z')
})
afterEach(() => rmSync(path, { recursive: true, force: true }))

const names = () => taken.map(({ name }) => name)
const put = (name: string, text: string) => writeFileSync(join(path, name), text)
const folder = (): WatchedFolder => ({ id: 1, path, templateId: 1, accountId: null, files: null, polling: false, enabled: true, templateName: 'Invoice', last: null })
function watch(folders: readonly WatchedFolder[] = [folder()]) {
  const watches = watchFolders({
    folders: { list: () => folders, onChange: () => () => undefined },
    jobs: { start: () => String(taken.length), finished: async () => ({ failure, detail: { kind: 'batch', name: taken.at(-1)?.name } }) as unknown as Job },
    take: (_, name, mayWait) => {
      taken.push({ name, mayWait })
      whileTaking()
      return {} as never
    },
    tell: (_path, _polling, changed) => {
      const listener = { changed }
      listening.push(listener)
      return () => void (listening = listening.filter((one) => one !== listener))
    },
    mark: 'ours',
    now: () => new Date(clock),
    timers: {
      after(milliseconds, call) {
        const timer = { at: milliseconds, call }
        timers.push(timer)
        return () => void (timers = timers.filter((one) => one !== timer))
      },
    },
  })
  watches.keep()
  return watches
}
/** The look that is due, and how long it would have waited. */
async function look(): Promise<number> {
  const [next] = timers.splice(0, 1)
  clock += next?.at ?? 0
  next?.call()
  await vi.waitFor(() => expect(timers).toHaveLength(1))
  return next?.at ?? -1
}
async function looks(times: number): Promise<void> {
  for (let done = 0; done < times; done += 1) await look()
}

test('a table is taken when nothing has changed between two looks, and once', async () => {
  put('may.csv', 'half')
  const watches = watch()
  expect(await look()).toBe(0)
  put('may.csv', 'half and the other half')
  expect(await look()).toBe(settle)
  expect(names()).toEqual([])
  failure = { code: 'batch.problems', evidence: {} }
  expect(await look()).toBe(settle)
  expect(names()).toEqual(['may.csv'])
  expect(await look()).toBe(lookEvery)
  expect(names()).toEqual(['may.csv'])
  watches.stop()
})

test('what is told of a change makes the next look come after the quiet time', async () => {
  const watches = watch()
  await look()
  expect(timers[0]?.at).toBe(lookEvery)
  listening[0]?.changed()
  expect(timers.map(({ at }) => at)).toEqual([settle])
  watches.stop()
  expect([timers, listening]).toEqual([[], []])
})

test('what changes while tables are being taken is looked at next, not at the next round', async () => {
  put('may.csv', 'x')
  const watches = watch()
  await look()
  failure = { code: 'batch.problems', evidence: {} }
  whileTaking = () => listening[0]?.changed()
  await look()
  expect(timers.map(({ at }) => at)).toEqual([settle])
  watches.stop()
})

test('a table that another program still has open is tried again, ever more seldom', async () => {
  put('may.csv', 'x')
  failure = { code: 'folder.unusable', evidence: {} }
  const watches = watch()
  const tries: number[] = []
  for (let done = 0; done < 40; done += 1) {
    const before = taken.length
    await look()
    if (taken.length > before) tries.push(done)
  }
  const gaps = tries.slice(1).map((at, index) => at - (tries[index] ?? 0))
  expect(gaps).toEqual([1, 2, 4, 8, 16])
  watches.stop()
})

test('files that a table lacks may come for a minute after the last change, and not longer', async () => {
  put('may.csv', 'x')
  failure = { code: 'batch.files-awaited', evidence: {} }
  const watches = watch()
  await looks(4)
  expect(taken.at(-1)).toEqual({ name: 'may.csv', mayWait: true })
  put('1.pdf', 'it comes')
  await looks(2)
  const changed = clock - settle
  while (clock - changed < filesPatience) await look()
  expect(taken.at(-1)).toEqual({ name: 'may.csv', mayWait: false })
  watches.stop()
})

test('a table that was taken before a crash is found again; one that another program has taken is left alone', async () => {
  put(claimName('may.csv', 'ours'), 'x')
  put(claimName('june.csv', 'theirs'), 'x')
  const watches = watch()
  await looks(2)
  expect(names()).toEqual(['may.csv'])
  watches.stop()
})

test('a folder that vanishes and comes back is watched on, and so is another one in its place', async () => {
  const watches = watch()
  await look()
  const first = listening[0]
  renameSync(path, `${path}-away`)
  await look()
  expect([listening, timers[0]?.at]).toEqual([[], lookEvery])
  renameSync(`${path}-away`, path)
  put('may.csv', 'x')
  await looks(2)
  expect(names()).toEqual(['may.csv'])
  expect(listening).toHaveLength(1)
  rmSync(path, { recursive: true })
  mkdirSync(`${path}-new`)
  renameSync(`${path}-new`, path)
  await look()
  expect(listening).toHaveLength(1)
  expect(listening[0]).not.toBe(first)
  watches.stop()
})

test('a folder that is switched off is left alone', () => {
  watch([{ ...folder(), enabled: false }])
  expect(timers).toEqual([])
})

describe.each([['told by the system', false], ['asking again and again, as on a network drive', true]])('a folder, %s', (_, polling) => {
  test('tells of a new table, from the moment it says that it does', async () => {
    const told: (() => void)[] = []
    const next = () => new Promise<void>((resolve) => void told.push(resolve))
    const listens = next()
    const end = tellChanges(path, polling, () => told.splice(0).forEach((resolve) => resolve()))
    await listens
    const changes = next()
    put('may.csv', 'x')
    await changes
    end()
  })
})
