import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { worksOfOthers } from '../../../../renderer/settings/works-of-others.ts'

test('every work of others is named with the licence its own package names', () => {
  const installed = worksOfOthers.map(({ name }) => {
    const { license } = JSON.parse(readFileSync(new URL(`../../../../node_modules/${name}/package.json`, import.meta.url), 'utf8')) as { license: string }
    return { name, licence: license }
  })
  expect(worksOfOthers).toEqual(installed)
})
