/**
 * Shows the built window over a fake Mailroom and takes pictures of it, for whoever builds a screen:
 *
 *   node test/journeys/look.ts mail outbox --theme dark,light,contrast --size 900x640,1280x800 --language en,nl --out FOLDER --axe
 *
 * Names are the scenes of `scenes.ts`; none = all. With `--axe` every scene is checked for accessibility too. The page gets the
 * policy and the nonce of the real hosts, so that what the policy forbids is seen here. Ends with 1 when a page logged an
 * error or axe found a violation.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { openLook, type Looked, type LookOptions } from './open-look.ts'
import { scenes } from './scenes.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    theme: { type: 'string', default: 'light' },
    size: { type: 'string', default: '1280x800' },
    language: { type: 'string', default: 'en' },
    out: { type: 'string' },
    axe: { type: 'boolean', default: false },
    built: { type: 'string' },
  },
})
const root = join(import.meta.dirname, '..', '..')
const out = values.out ?? mkdtempSync(join(tmpdir(), 'look-'))
const built = values.built ?? mkdtempSync(join(tmpdir(), 'look-built-'))
const wanted = positionals.length === 0 ? Object.keys(scenes) : positionals
const unknown = wanted.filter((name) => !(name in scenes))
if (unknown.length > 0) throw new Error(`no scene ${unknown.join(', ')}; there are: ${Object.keys(scenes).join(', ')}`)

if (values.built === undefined) {
  await build({
    root: join(root, 'renderer'), base: './', configFile: false, logLevel: 'error', plugins: [react()], html: { cspNonce: '__CSP_NONCE__' },
    build: { outDir: built, emptyOutDir: true, target: 'es2024', assetsInlineLimit: 0, minify: false, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 9999 },
  })
}

const look = await openLook(built)
let problems = 0
try {
  for (const name of wanted) {
    for (const theme of values.theme.split(',') as LookOptions['theme'][]) {
      for (const size of values.size.split(',')) {
        for (const language of values.language.split(',') as ('en' | 'nl')[]) {
          const [width = 1280, height = 800] = size.split('x').map(Number)
          const file = join(out, [name, theme, size, language].join('-') + '.png')
          const looked = await look.at(scenes[name]!, { theme, language, width, height, file, axe: values.axe })
          problems += report(file, looked)
        }
      }
    }
  }
} finally {
  await look.close()
  if (values.built === undefined) rmSync(built, { recursive: true, force: true })
}
process.exitCode = problems === 0 ? 0 : 1

function report(file: string, { errors, violations }: Looked): number {
  console.log(file)
  for (const error of errors) console.log(`  error: ${error}`)
  for (const violation of violations) console.log(`  axe: ${violation}`)
  return errors.length + violations.length
}
