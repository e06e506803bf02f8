/** node_modules as the lockfile wants it: `npm ci` when it is missing or belongs to another lockfile, nothing otherwise. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { oneAtATime } from './one-at-a-time.mjs'
import { runStep, exitCode, say } from './programs.mjs'

/** @param {string} root */
export async function bringPackages(root) {
  if (isCurrent(root)) return
  await oneAtATime(join(root, 'dist', '.install-lock'), async () => {
    if (isCurrent(root)) return
    say('installing the packages it is made of (once, about a minute)')
    // npm's own settings come down to us as npm_config_…; "silent" among them must not hide why this failed.
    const [program, ...args] = npm()
    const code = await runStep(program, [...args, 'ci', '--loglevel=error', '--no-audit', '--no-fund'], { cwd: root, shell: process.platform === 'win32' && args.length === 0 })
    if (code !== 0) {
      say(`"npm ci" failed with ${code}; its own words are above. Is there a network, and a package registry to be reached?`)
      process.exit(exitCode.unavailable)
    }
    writeFileSync(stampOf(root), digestOf(lockfileOf(root)))
  })
}

/** @returns {[string, ...string[]]} the npm that called us, or the one in the path */
function npm() {
  const caller = process.env['npm_execpath']
  return caller !== undefined && /npm-cli\.[cm]?js$/.test(caller) ? [process.execPath, caller] : ['npm']
}

const lockfileOf = (/** @type {string} */ root) => join(root, 'package-lock.json')
const stampOf = (/** @type {string} */ root) => join(root, 'node_modules', '.mailroom-installed')
const digestOf = (/** @type {string} */ file) => createHash('sha256').update(readFileSync(file)).digest('hex')

/** @param {string} root */
function isCurrent(root) {
  const stamp = stampOf(root)
  const wanted = digestOf(lockfileOf(root))
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true
  // Installed by hand: npm writes its own copy of the lockfile last of all.
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lockfileOf(root)).mtimeMs) return false
  writeFileSync(stamp, wanted)
  return true
}
