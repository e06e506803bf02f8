/**
 * The keychain in a process of its own, because a process finds its session bus only once. One JSON request a line comes in:
 * `["read", key]`, `["write", key, secret]`, `["remove", key]`, `["state"]`; one answer a line goes out.
 */
import { createInterface } from 'node:readline'
import { SystemKeychain } from '../../electron/secrets/system-keychain.ts'

const keychain = new SystemKeychain({ waitSeconds: Number(process.argv[2] ?? '120') })

for await (const line of createInterface({ input: process.stdin })) {
  const [what, key = '', secret = ''] = JSON.parse(line) as string[]
  let ticks = 0
  const clock = setInterval(() => (ticks += 1), 5)
  const answer = await (what === 'read' ? keychain.read(key) : what === 'write' ? keychain.write(key, secret) : what === 'remove' ? keychain.remove(key) : keychain.state())
  clearInterval(clock)
  process.stdout.write(`${JSON.stringify({ answer, ticks })}\n`)
}
process.exit(0)
