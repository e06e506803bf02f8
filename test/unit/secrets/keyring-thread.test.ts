import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

const thread = join(import.meta.dirname, '../../../electron/secrets/keyring-thread.ts')
let folder: string
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'mailroom-keyring-')) })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A process that asks a keychain whose answer takes so long, and ends with 7 at once. */
async function endingWhileAsked(milliseconds: string): Promise<readonly unknown[]> {
  const module = join(folder, `keychain-${milliseconds}.cjs`)
  writeFileSync(module, `exports.Entry = class { constructor() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${milliseconds}) } getPassword() { return null } }`)
  const program = `import(${JSON.stringify(thread)}).then(({ KeyringThread }) => { void new KeyringThread(() => ${JSON.stringify(module)}).ask({ do: 'read', service: 's', key: 'k' }); setImmediate(() => process.exit(7)) })`
  return once(spawn(process.execPath, ['-e', program], { stdio: 'ignore' }), 'close')
}

it('a program that ends while the keychain is being read ends with its own exit status', async () => expect(await endingWhileAsked('200')).toEqual([7, null]))

it('a keychain that never answers keeps no program from ending', async () => expect(await endingWhileAsked('Infinity')).toEqual([null, 'SIGKILL']))
