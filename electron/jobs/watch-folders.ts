/**
 * Looks after the watched folders while the program runs. A table is taken when nothing in its folder has changed between two looks
 * that are far enough apart, so that nothing is read that is still being written; being told of changes only makes the look come sooner.
 *
 *   told of a change, or the next round ─▶ look ── as before ─▶ each table is taken, one job after the other
 *                                              └── changed ───▶ look again after `settle`
 */
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Job, JobId } from '../../shared/model/job.ts'
import type { WatchedFolder, WatchedFolderId } from '../../shared/model/watched-folder.ts'
import { isTableName } from '../outbox/batches/take-from-folder.ts'
import type { WatchedFolders } from '../outbox/batches/watched-folders.ts'
import type { JobEngine, Work } from './job-engine.ts'
import { machineTimers, type Timers } from './timers.ts'

export interface WatchFoldersParts {
  readonly folders: Pick<WatchedFolders, 'list' | 'onChange'>
  readonly jobs: Pick<JobEngine, 'start' | 'finished'>
  readonly take: (folder: WatchedFolder, name: string) => Work<'batch'>
  /** Tells of changes in a folder. Answers with a function that ends it. */
  readonly tell: (path: string, polling: boolean, changed: () => void) => () => void
  readonly timers?: Timers
}

export interface FolderWatches {
  /** Looks twice, takes what is there, and answers with the jobs. */
  lookNow(): Promise<readonly JobId[]>
  stop(): void
}

/** Milliseconds. */
export const settle = 2000
export const lookEvery = 15_000

interface Watch {
  readonly folder: WatchedFolder
  readonly endTelling: () => void
  callOff: () => void
  /** What stood there at the last look. */
  seen: string | null
}

export function watchFolders({ folders, jobs, take, tell, timers = machineTimers }: WatchFoldersParts, background: boolean): FolderWatches {
  const watches = new Map<WatchedFolderId, Watch>()
  /** Tables that are being taken, or were and could not be moved away: not again before something changed. */
  const taken = new Map<string, string>()

  function lookAround(): void {
    const wanted = new Map(folders.list().filter(({ enabled }) => enabled).map((folder) => [folder.id, folder]))
    for (const [id, watch] of watches) {
      if (sameWatch(wanted.get(id), watch.folder)) continue
      watch.callOff()
      watch.endTelling()
      watches.delete(id)
    }
    for (const folder of wanted.values()) {
      if (watches.has(folder.id)) continue
      const watch: Watch = { folder, seen: null, callOff: () => undefined, endTelling: tell(folder.path, folder.polling, () => lookIn(watch, settle)) }
      watches.set(folder.id, watch)
      lookIn(watch, 0)
    }
  }

  function lookIn(watch: Watch, milliseconds: number): void {
    watch.callOff()
    watch.callOff = timers.after(milliseconds, () => void look(watch))
  }

  async function look(watch: Watch): Promise<void> {
    const now = await standsIn(watch.folder.path)
    if (watches.get(watch.folder.id) !== watch) return
    const settled = now !== null && now.whole === watch.seen
    watch.seen = now?.whole ?? null
    if (settled) await Promise.all(start(watch.folder, now.tables).map((id) => jobs.finished(id).then((job) => noteEnd(watch.folder, job))))
    lookIn(watch, settled || now === null || now.tables.size === 0 ? lookEvery : settle)
  }

  function start(folder: WatchedFolder, tables: ReadonlyMap<string, string>): readonly JobId[] {
    return [...tables].flatMap(([name, stamp]) => {
      const key = `${folder.id}/${name}`
      if (taken.get(key) === stamp) return []
      taken.set(key, stamp)
      return [jobs.start(take(folder, name), 'schedule')]
    })
  }

  /** What could not even be moved away, because another program has it open, is tried again. */
  function noteEnd(folder: WatchedFolder, { detail, failure }: Job): void {
    if (detail.kind === 'batch' && failure?.code === 'folder.unusable') taken.delete(`${folder.id}/${detail.name}`)
  }

  const stopListening = background ? folders.onChange(lookAround) : () => undefined
  if (background) lookAround()

  return {
    async lookNow() {
      const before = await Promise.all(folders.list().filter(({ enabled }) => enabled).map(async (folder) => ({ folder, seen: await standsIn(folder.path) })))
      await new Promise<void>((resolve) => void timers.after(settle, resolve))
      const started: JobId[] = []
      for (const { folder, seen } of before) {
        const now = await standsIn(folder.path)
        if (now === null || now.whole !== seen?.whole) continue
        taken.clear()
        started.push(...start(folder, now.tables))
      }
      return started
    },
    stop() {
      stopListening()
      for (const watch of watches.values()) {
        watch.callOff()
        watch.endTelling()
      }
      watches.clear()
    },
  }
}

function sameWatch(one: WatchedFolder | undefined, other: WatchedFolder): boolean {
  const what = ({ last: _last, templateName: _name, ...folder }: WatchedFolder) => JSON.stringify(folder)
  return one !== undefined && what(one) === what(other)
}

/** All plain entries with size and time; null = the folder cannot be read now. */
async function standsIn(path: string): Promise<{ readonly whole: string; readonly tables: ReadonlyMap<string, string> } | null> {
  const names = await readdir(path).catch(() => null)
  if (names === null) return null
  const stamps = await Promise.all(names.toSorted().map(async (name) => {
    const facts = await lstat(join(path, name)).catch(() => null)
    return facts === null || facts.isDirectory() ? null : ([name, `${facts.ino} ${facts.size} ${facts.mtimeMs}`] as const)
  }))
  const files = stamps.filter((stamp) => stamp !== null)
  return { whole: JSON.stringify(files), tables: new Map(files.filter(([name]) => isTableName(name))) }
}
