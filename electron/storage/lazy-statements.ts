/**
 * A database whose statements are compiled when they are first run. Every room prepares its own when it is made, some hundred and
 * fifty in all, and a command runs a dozen of them: compiling the others was a sixth of its start.
 *
 * A statement that cannot be compiled is told by its first run instead of where it is written.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'

export class DatabaseOfLazyStatements extends DatabaseSync {
  override prepare(sql: string): StatementSync {
    // What is left out of it is used nowhere, and would be missed at once.
    return new LazyStatement(() => super.prepare(sql)) as unknown as StatementSync
  }
}

class LazyStatement {
  readonly #compile: () => StatementSync
  #compiled: StatementSync | null = null

  constructor(compile: () => StatementSync) {
    this.#compile = compile
  }

  get #statement(): StatementSync {
    return (this.#compiled ??= this.#compile())
  }

  run(...values: SQLInputValue[]) {
    return this.#statement.run(...values)
  }

  get(...values: SQLInputValue[]) {
    return this.#statement.get(...values)
  }

  all(...values: SQLInputValue[]) {
    return this.#statement.all(...values)
  }

  iterate(...values: SQLInputValue[]) {
    return this.#statement.iterate(...values)
  }
}
