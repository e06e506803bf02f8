/**
 * dist/ as the sources want it. A look at the size and time of every source tells in a few milliseconds that nothing changed;
 * where that differs their content decides, so that a mere checkout builds nothing.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { oneAtATime } from './one-at-a-time.mjs'
import { projectNode, runStep, say } from './programs.mjs'

/** @type {Record<'app' | 'renderer', { sources: readonly string[], result: string }>} */
const parts = {
  app: { sources: ['electron', 'shared', 'build/bundle', 'build/icons', 'package-lock.json'], result: 'dist/app/terminal.js' },
  renderer: { sources: ['renderer', 'shared', 'build/bundle', 'package-lock.json'], result: 'dist/renderer/index.html' },
}

/**
 * @param {string} root
 * @param {readonly ('app' | 'renderer')[]} wanted
 * @param {{ complete?: boolean }} [options] complete: an entry that is missing is an error
 */
export async function bringBuild(root, wanted, { complete = process.env['CI'] === 'true' } = {}) {
  if (wanted.every((part) => isCurrent(root, part, complete))) return
  await oneAtATime(join(root, 'dist', '.build-lock'), async () => {
    const stale = wanted.filter((part) => !isCurrent(root, part, complete))
    if (stale.length === 0) return
    say('building')
    const stamps = stale.map((part) => stamp(root, part)) // before the build: what changes while it runs is built next time
    const code = await runStep(projectNode(root), [join(root, 'build', 'bundle', 'bundle.ts'), ...stale], {
      cwd: root,
      env: { NODE_ENV: 'production', ...(complete ? { MAILROOM_COMPLETE_BUILD: '1' } : {}) },
    })
    if (code !== 0) {
      say('the build failed; its own words are above')
      process.exit(1)
    }
    stale.forEach((part, at) => writeFileSync(stampFile(root, part), JSON.stringify({ ...stamps[at], complete })))
  })
}

/** @typedef {{ seen: string, content: string }} Stamp what the sources looked like, and their content */

/**
 * @param {string} root
 * @param {'app' | 'renderer'} part
 * @param {boolean} complete
 */
function isCurrent(root, part, complete) {
  if (!existsSync(stampFile(root, part)) || !existsSync(join(root, parts[part].result))) return false
  /** @type {Stamp & { complete: boolean }} */
  const built = JSON.parse(readFileSync(stampFile(root, part), 'utf8'))
  if (complete && !built.complete) return false
  const files = sourcesOf(root, part)
  const seen = seenOf(root, files)
  if (built.seen === seen) return true
  if (built.content !== contentOf(root, files)) return false
  writeFileSync(stampFile(root, part), JSON.stringify({ ...built, seen }))
  return true
}

/**
 * @param {string} root
 * @param {'app' | 'renderer'} part
 * @returns {Stamp}
 */
function stamp(root, part) {
  const files = sourcesOf(root, part)
  return { seen: seenOf(root, files), content: contentOf(root, files) }
}

/**
 * @param {string} root
 * @param {readonly string[]} files
 */
function seenOf(root, files) {
  const digest = createHash('sha1')
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(root, file))
    digest.update(`${file}\0${size}\0${mtimeMs}\n`)
  }
  return digest.digest('hex')
}

/**
 * @param {string} root
 * @param {readonly string[]} files
 */
function contentOf(root, files) {
  const digest = createHash('sha1')
  for (const file of files) digest.update(`${file}\0`).update(readFileSync(join(root, file)))
  return digest.digest('hex')
}

/**
 * @param {string} root
 * @param {'app' | 'renderer'} part
 */
function sourcesOf(root, part) {
  return parts[part].sources.flatMap((source) => filesBelow(root, source)).sort()
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(root, path) {
  if (!existsSync(join(root, path))) return []
  if (!statSync(join(root, path)).isDirectory()) return [path]
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(root, `${path}/${entry.name}`) : entry.isFile() ? [`${path}/${entry.name}`] : [])
}

/**
 * @param {string} root
 * @param {'app' | 'renderer'} part
 */
function stampFile(root, part) {
  mkdirSync(join(root, 'dist'), { recursive: true })
  return join(root, 'dist', `.${part}-built`)
}
