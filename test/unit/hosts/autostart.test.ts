import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { setAutostart } from '../../../electron/hosts/window/autostart.ts'

test('starting with the system is an autostart entry that is there when on and gone when off', async () => {
  const config = await mkdtemp(join(tmpdir(), 'mailroom-autostart-'))
  const environment = { XDG_CONFIG_HOME: config }
  await setAutostart(false, ['mailroom'], environment)
  await setAutostart(true, ['/opt/My "Mail" 100%/mailroom', '--minimised'], environment)
  const entry = await readFile(join(config, 'autostart', 'mailroom.desktop'), 'utf8')
  expect(entry).toContain('[Desktop Entry]\nType=Application\n')
  expect(entry).toContain(String.raw`Exec="/opt/My \\"Mail\\" 100%%/mailroom" "--minimised"`)
  await setAutostart(false, ['mailroom'], environment)
  expect(await readdir(join(config, 'autostart'))).toEqual([])
  await rm(config, { recursive: true })
})
