/**
 * Which window `npm start` opens: Electron's where its binary is there or can be fetched in a bounded time, an installed
 * Chromium's otherwise. Says which and why in one line. Without a display it names the commands that need none.
 */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exitCode, projectNode, runStep, say } from './programs.mjs'

const fetchForSeconds = 20
/** A fetch that failed is not tried again at every start. */
const tryAgainAfterHours = 24

/**
 * MAILROOM_HOST=electron or =chromium overrules the choice.
 * @param {string} root
 * @returns {Promise<{ name: 'electron', program: string } | { name: 'chromium' }>}
 */
export async function chooseHost(root) {
  if (!hasDisplay()) {
    say('there is no display here to open a window on. In the terminal: "npm run demo" shows what it does, "npm run -s mailroom -- help" lists the commands.')
    process.exit(exitCode.unavailable)
  }
  const wanted = process.env['MAILROOM_HOST']
  if (wanted === 'chromium') {
    say('opening in Chromium, as MAILROOM_HOST says')
    return { name: 'chromium' }
  }
  const there = electronBinary(root)
  if (there !== undefined) {
    say('opening in Electron')
    return { name: 'electron', program: there }
  }
  const failed = join(root, 'dist', '.electron-not-fetched')
  const recently = wanted !== 'electron' && existsSync(failed) && Date.now() - statSync(failed).mtimeMs < tryAgainAfterHours * 3_600_000
  if (!recently) {
    say(`fetching Electron (once; ${fetchForSeconds} seconds at most)`)
    await runStep(projectNode(root), [join(root, 'node_modules', 'electron', 'install.js')], { cwd: root, timeout: fetchForSeconds * 1000, quiet: true })
    const fetched = electronBinary(root)
    if (fetched !== undefined) {
      say('opening in Electron')
      return { name: 'electron', program: fetched }
    }
    mkdirSync(join(root, 'dist'), { recursive: true })
    writeFileSync(failed, '')
  }
  if (wanted === 'electron') {
    say(`Electron, which MAILROOM_HOST asks for, is not here and could not be fetched within ${fetchForSeconds} seconds`)
    process.exit(exitCode.unavailable)
  }
  say(`opening in an installed Chromium, Chrome or Edge, because Electron could not be fetched${recently ? ' lately' : ` within ${fetchForSeconds} seconds`}`)
  return { name: 'chromium' }
}

function hasDisplay() {
  if (process.platform === 'win32' || process.platform === 'darwin') return true
  return Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY'])
}

/**
 * As Electron's own index.js finds it, without its fetching.
 * @param {string} root
 */
function electronBinary(root) {
  const folder = join(root, 'node_modules', 'electron')
  const name = join(folder, 'path.txt')
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const executable = existsSync(name) ? readFileSync(name, 'utf8').trim() : process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : process.platform === 'win32' ? 'electron.exe' : 'electron'
  const program = join(override ?? join(folder, 'dist'), executable)
  return existsSync(program) ? program : undefined
}
