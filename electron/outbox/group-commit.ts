/**
 * Many small pieces of work on the database in one transaction, so that they wait for the disk together: whatever is asked for in one
 * turn of the event loop is one commit. Each is durable when its promise resolves. Should the disk refuse them together, or one of them
 * be a bug, each is tried alone: none fails for another's sake.
 */
import { type Database, transaction } from '../storage/database.ts'

interface Asked {
  work(): unknown
  resolve(result: unknown): void
  reject(reason: unknown): void
}

export interface GroupCommit {
  /** `work` must not await; it may be called twice, the first time rolled back. */
  ask<T>(work: () => T): Promise<T>
  /** The same for what nobody waits for: with the next that is asked for, or soon. Order is kept. */
  askSoon<T>(work: () => T): Promise<T>
}

/** Milliseconds. What is lost with a crash in this time is found out anew. */
const soon = 10

export function groupCommit(database: Database, committed: () => void): GroupCommit {
  let asked: Asked[] = []
  let isComing = false
  let timer: NodeJS.Timeout | null = null

  function commit(): void {
    const group = asked
    asked = []
    isComing = false
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (group.length === 0) return
    try {
      const results = transaction(database, () => group.map(({ work }) => work()))
      for (const [index, { resolve }] of group.entries()) resolve(results[index])
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error)
      else group.forEach(commitAlone)
    }
    committed()
  }

  function commitAlone({ work, resolve, reject }: Asked): void {
    try {
      resolve(transaction(database, work))
    } catch (error) {
      reject(error)
    }
  }

  function add<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      asked.push({ work, resolve: resolve as (result: unknown) => void, reject })
    })
  }

  return {
    ask(work) {
      if (!isComing) setImmediate(commit)
      isComing = true
      return add(work)
    },
    askSoon(work) {
      if (!isComing) timer ??= setTimeout(commit, soon)
      return add(work)
    },
  }
}
