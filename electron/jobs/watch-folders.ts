/**
 * Looks after the watched folders. A table is taken when nothing in its folder has changed between two looks that are far enough apart,
 * so that nothing is read that is still being written; being told of changes only makes the look come sooner.
 *
 *   told of a change, or the next round ─▶ look ─┬─ as before ─▶ each table is taken, one job after the other
 *                                                ├─ changed ───▶ look again after `settle`
 *                                                └─ not there ─▶ look again; once it is back, told of its changes anew
 */
import { lstat, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Job, JobId } from '../../shared/model/job.ts'
import type { WatchedFolder, WatchedFolderId } from '../../shared/model/watched-folder.ts'
import { tableClaimed } from '../outbox/batches/claimed-table.ts'
import { isTableName } from '../outbox/batches/take-from-folder.ts'
import type { WatchedFolders } from '../outbox/batches/watched-folders.ts'
import type { JobEngine, Work } from './job-engine.ts'
import { machineTimers, type Timers } from './timers.ts'

export interface WatchFoldersParts {
  readonly folders: Pick<WatchedFolders, 'list' | 'onChange'>
  readonly jobs: Pick<JobEngine, 'start' | 'finished'>
  /** `mayWait`: files it lacks may still come. */
  readonly take: (folder: WatchedFolder, name: string, mayWait: boolean) => Work<'batch'>
  /** Tells of changes in a folder, from the first call on. Answers with a function that ends it. */
  readonly tell: (path: string, polling: boolean, changed: () => void) => () => void
  /** Of the tables this program has taken. */
  readonly mark: string
  readonly timers?: Timers
  readonly now?: () => Date
}

export interface FolderWatches {
  /** Watches until it is stopped. */
  keep(): void
  /** Looks twice, takes what is there, and answers with the jobs. */
  lookNow(): Promise<readonly JobId[]>
  stop(): void
}

/** Milliseconds. */
export const settle = 2000
export const lookEvery = 15_000
/** Files that a table names may come so long after the last change. */
export const filesPatience = 60_000
/** From one try to the next with a table that cannot be moved away: twice as long each time, up to this. */
const longestPause = 15 * 60_000

interface Watch {
  readonly folder: WatchedFolder
  /** Null = nobody tells: the folder is not there. */
  endTelling: (() => void) | null
  callOff: () => void
  /** A look is under way, and a change was told since it began. */
  looking: boolean
  told: boolean
  /** What stood there at the last look, and since when nothing has changed. */
  seen: Standing | null
  since: number
}

interface Taken {
  readonly stamp: string
  readonly tries: number
  /** Not before then; null = not again before something changed. */
  readonly again: number | null
}

export function watchFolders({ folders, jobs, take, tell, mark, timers = machineTimers, now = () => new Date() }: WatchFoldersParts): FolderWatches {
  const watches = new Map<WatchedFolderId, Watch>()
  /** Tables that are being taken, or were and could not be moved away. */
  const taken = new Map<string, Taken>()
  let stopListening: (() => void) | null = null

  function lookAround(): void {
    const wanted = new Map(folders.list().filter(({ enabled }) => enabled).map((folder) => [folder.id, folder]))
    for (const [id, watch] of watches) {
      if (sameWatch(wanted.get(id), watch.folder)) continue
      end(watch)
      watches.delete(id)
    }
    for (const folder of wanted.values()) {
      if (watches.has(folder.id)) continue
      const watch: Watch = { folder, seen: null, since: 0, looking: false, told: false, callOff: () => undefined, endTelling: null }
      watches.set(folder.id, watch)
      lookIn(watch, 0)
    }
  }

  function end(watch: Watch): void {
    watch.callOff()
    watch.endTelling?.()
    watch.endTelling = null
  }

  function hear(watch: Watch): void {
    if (watch.looking) watch.told = true
    else lookIn(watch, settle)
  }

  function lookIn(watch: Watch, milliseconds: number): void {
    watch.callOff()
    watch.callOff = timers.after(milliseconds, () => void look(watch))
  }

  async function look(watch: Watch): Promise<void> {
    const { folder, seen } = watch
    watch.looking = true
    watch.told = false
    const stands = await standsIn(folder.path, mark)
    if (watches.get(folder.id) !== watch) return
    const isSame = stands !== null && seen !== null && stands.whole === seen.whole
    if (!isSame) watch.since = now().getTime()
    // Another folder in its place tells those who watch the old one nothing.
    if (stands?.folder !== seen?.folder) {
      watch.endTelling?.()
      watch.endTelling = stands === null ? null : tell(folder.path, folder.polling, () => hear(watch))
    }
    watch.seen = stands
    const mayWait = now().getTime() - watch.since < filesPatience
    if (isSame) await Promise.all(start(folder, stands.tables, mayWait).map((id) => jobs.finished(id).then((job) => noteEnd(folder, job))))
    watch.looking = false
    const isQuiet = isSame || stands === null || stands.tables.size === 0
    if (watches.get(folder.id) === watch) lookIn(watch, isQuiet && !watch.told ? lookEvery : settle)
  }

  function start(folder: WatchedFolder, tables: ReadonlyMap<string, string>, mayWait: boolean): readonly JobId[] {
    return [...tables].flatMap(([name, stamp]) => {
      const before = taken.get(keyOf(folder, name))
      if (before?.stamp === stamp && (before.again === null || now().getTime() < before.again)) return []
      taken.set(keyOf(folder, name), { stamp, tries: before?.stamp === stamp ? before.tries + 1 : 1, again: null })
      return [jobs.start(take(folder, name, mayWait), 'schedule')]
    })
  }

  /** What could not even be moved away, because another program has it open or nobody may write there, is tried again, ever more seldom. */
  function noteEnd(folder: WatchedFolder, { detail, failure }: Job): void {
    if (detail.kind !== 'batch') return
    const key = keyOf(folder, detail.name)
    const tried = taken.get(key)
    if (failure === null || failure.code === 'batch.files-awaited' || tried === undefined) taken.delete(key)
    else if (failure.code === 'folder.unusable') taken.set(key, { ...tried, again: now().getTime() + Math.min(longestPause, lookEvery * 2 ** (tried.tries - 1)) })
  }

  return {
    keep() {
      if (stopListening !== null) return
      stopListening = folders.onChange(lookAround)
      lookAround()
    },
    async lookNow() {
      const before = await Promise.all(folders.list().filter(({ enabled }) => enabled).map(async (folder) => ({ folder, seen: await standsIn(folder.path, mark) })))
      await new Promise<void>((resolve) => void timers.after(settle, resolve))
      const started: JobId[] = []
      for (const { folder, seen } of before) {
        const stands = await standsIn(folder.path, mark)
        if (stands === null || stands.whole !== seen?.whole) continue
        for (const name of stands.tables.keys()) taken.delete(keyOf(folder, name))
        started.push(...start(folder, stands.tables, false))
      }
      return started
    },
    stop() {
      stopListening?.()
      for (const watch of watches.values()) end(watch)
      watches.clear()
    },
  }
}

function keyOf(folder: WatchedFolder, table: string): string {
  return `${folder.id}/${table}`
}

function sameWatch(one: WatchedFolder | undefined, other: WatchedFolder): boolean {
  const what = ({ last: _last, templateName: _name, ...folder }: WatchedFolder) => JSON.stringify(folder)
  return one !== undefined && what(one) === what(other)
}

interface Standing {
  /** Which folder it is. */
  readonly folder: string
  readonly whole: string
  /** Name → stamp. */
  readonly tables: ReadonlyMap<string, string>
}

/** All plain entries with size and time; a table that this program has taken counts under its own name. Null = the folder cannot be read now. */
async function standsIn(path: string, mark: string): Promise<Standing | null> {
  const facts = await stat(path).catch(() => null)
  const names = facts === null ? null : await readdir(path).catch(() => null)
  if (facts === null || names === null) return null
  const stamps = await Promise.all(names.map(async (name) => {
    const found = await lstat(join(path, name)).catch(() => null)
    return found === null || found.isDirectory() ? null : ([tableClaimed(name, mark) ?? name, `${found.ino} ${found.size} ${found.mtimeMs}`] as const)
  }))
  const files = stamps.filter((stamp) => stamp !== null).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return { folder: `${facts.dev} ${facts.ino}`, whole: JSON.stringify(files), tables: new Map(files.filter(([name]) => isTableName(name))) }
}
