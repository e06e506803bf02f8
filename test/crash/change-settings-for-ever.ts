/** A process that changes settings as fast as it can until it is killed; says the number of each change that is durable. */
import { writeSync } from 'node:fs'
import { dataFolderAt } from '../../electron/storage/data-folder.ts'
import { openSettings } from '../../electron/storage/open-settings.ts'
import { ownDataFolder } from '../../electron/storage/own-data-folder.ts'

const folder = dataFolderAt(process.argv[2]!)
const owned = ownDataFolder(folder)
const opened = await openSettings(folder)
if (!owned.ok || !opened.ok) throw new Error(JSON.stringify([owned, opened]))
if (opened.value.setAside !== null) throw new Error(JSON.stringify(opened.value.setAside))
const { settings } = opened.value
for (let number = Number(settings.get().organization.name || '0') + 1; ; number++) {
  // Of changing length, so that a torn write would show.
  const footer = 'x'.repeat((number * 7919) % 20_000)
  const changed = await settings.change((before) => ({ ...before, organization: { ...before.organization, name: String(number), footer: { text: footer, html: '' } } }))
  if (!changed.ok) throw new Error(JSON.stringify(changed.failure))
  writeSync(1, `${number}\n`)
}
