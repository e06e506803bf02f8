/**
 * The one way in: `npm start`, `npm run demo`, `npm test` and the rest each work as the first command on a fresh clone, with
 * Node 18 or later and npm. Installs the packages and builds when, and only when, something changed since; then runs the command
 * on the project's own Node 24. Prints nothing on standard output that is not the command's; exit codes and signals pass through.
 *
 * Has no dependency, and keeps to what Node 18 knows: it runs before there is anything else.
 */
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { bringPackages } from './run/packages.mjs'
import { bringBuild } from './run/builds.mjs'
import { chooseHost } from './run/choose-host.mjs'
import { exitCode, projectNode, runInstead, say } from './run/programs.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const [command = '', ...args] = process.argv.slice(2)
const app = (/** @type {string} */ entry) => join(root, 'dist', 'app', `${entry}.js`)

/** @type {Record<string, () => Promise<never>>} */
const commands = {
  async start() {
    await bringBuild(root, ['app', 'renderer'])
    const host = await chooseHost(root)
    return host.name === 'electron' ? runInstead(host.program, [root, ...args]) : onProjectNode(app('chromium'), args)
  },
  async demo() {
    await bringBuild(root, ['app'])
    return onProjectNode(app('terminal'), ['demo', ...args])
  },
  async mailroom() {
    await bringBuild(root, ['app'])
    return onProjectNode(app('terminal'), args)
  },
  async build() {
    await bringBuild(root, ['app', 'renderer'])
    return process.exit(0)
  },
  check: () => onProjectNode(join(root, 'build', 'checks', 'run-checks.ts'), args),
  test: () => onProjectNode(join(root, 'build', 'test', 'run-tests.ts'), args),
  'test:long': () => onProjectNode(join(root, 'build', 'test', 'run-tests.ts'), ['--long', ...args]),
  screenshots: () => onProjectNode(join(root, 'build', 'test', 'run-tests.ts'), ['--screenshots', ...args]),
  async bench() {
    await bringBuild(root, ['app', 'renderer'])
    return onProjectNode(join(root, 'test', 'bench', 'bench.ts'), args)
  },
  package: () => onProjectNode(join(root, 'build', 'package', 'package.ts'), args),
}

/**
 * @param {string} script
 * @param {readonly string[]} scriptArgs
 */
function onProjectNode(script, scriptArgs) {
  return runInstead(projectNode(root), [script, ...scriptArgs])
}

const run = commands[command]
if (run === undefined) {
  say(`there is no command "${command}". There are: ${Object.keys(commands).join(', ')}`)
  process.exit(exitCode.usage)
}
await bringPackages(root)
await run()
