/** What must be undone at the end, in the reverse order. Once: a second call waits for the first. One that fails stops no other. */
export interface PuttingAway {
  add(undo: () => unknown): void
  run(): Promise<void>
}

export function createPuttingAway(): PuttingAway {
  const undos: (() => unknown)[] = []
  let running: Promise<void> | null = null

  async function undoAll(): Promise<void> {
    const faults: unknown[] = []
    for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) {
      try {
        await undo()
      } catch (error) {
        faults.push(error)
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, 'not everything could be put away')
  }

  return {
    add: (undo) => void undos.push(undo),
    run: () => (running ??= undoAll()),
  }
}
