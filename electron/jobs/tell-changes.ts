/**
 * Is told by the system, through chokidar, when something in a folder changes; polls where the system does not tell, as on network
 * drives. `changed` is called once as soon as it is certain that nothing is missed any more, and then at each change.
 */
export function tellChanges(path: string, polling: boolean, changed: () => void): () => void {
  let ended = false
  let end = () => {
    ended = true
  }
  // Only who watches a folder waits for it.
  void import('chokidar').then(({ watch }) => {
    if (ended) return
    const watcher = watch(path, { depth: 0, ignoreInitial: true, followSymlinks: false, usePolling: polling, interval: 2000, ignorePermissionErrors: true })
    watcher.on('ready', changed)
    watcher.on('all', changed)
    // What it cannot tell is seen at the next look.
    watcher.on('error', () => undefined)
    end = () => {
      ended = true
      void watcher.close()
    }
  })
  return () => end()
}
