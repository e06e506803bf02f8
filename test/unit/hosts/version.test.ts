import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { version } from '../../../electron/hosts/version.ts'

test('the version the program tells is the one it is packaged under', async () => {
  const manifest = JSON.parse(await readFile('package.json', 'utf8')) as { version: string }
  expect(version).toBe(manifest.version)
})
