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
}

export function groupCommit(database: Database, committed: () => void): GroupCommit {
  let asked: Asked[] = []

  function commit(): void {
    const group = asked
    asked = []
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

  return {
    ask<T>(work: () => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        if (asked.length === 0) setImmediate(commit)
        asked.push({ work, resolve: resolve as (result: unknown) => void, reject })
      })
    },
  }
}
