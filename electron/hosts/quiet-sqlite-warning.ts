/** node:sqlite is stable enough for us and announces itself at every start; every other warning is still shown. */
export function quietSqliteWarning(): void {
  const shown = process.listeners('warning')
  process.removeAllListeners('warning')
  process.on('warning', (warning) => {
    if (warning.name === 'ExperimentalWarning' && warning.message.includes('SQLite')) return
    for (const show of shown) show(warning)
  })
}
