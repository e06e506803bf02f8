/** A Mailroom to be killed: its real main process with its window, headless, or without one; works through the folder's socket. */
import { createApp } from '../../electron/app/create-app.ts'
import { runChromium } from '../../electron/hosts/chromium/run-chromium.ts'
import { terminalHost } from '../../electron/hosts/terminal/terminal-host.ts'
import { lookableFlags } from './open-window.ts'

const [kind, root = '', renderer = ''] = process.argv.slice(2)
const started = kind === 'window'
  ? await runChromium({ root, version: 'test', renderer, extraFlags: lookableFlags })
  : await createApp({ root, version: 'test', host: terminalHost('en'), background: false })
if (!started.ok) throw new Error(JSON.stringify(started.failure))
process.stdout.write(started.value === 'shown-elsewhere' ? 'shown elsewhere\n' : 'running\n')
