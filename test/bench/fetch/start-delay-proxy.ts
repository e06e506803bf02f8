/** A delayed way to a port, in a process of its own that ends with it or with us. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const program = join(import.meta.dirname, '..', 'delay-proxy.ts')

export interface Way {
  readonly port: number
  end(): void
}

export async function startDelayProxy(port: number, rttMs: number): Promise<Way> {
  if (rttMs === 0) return { port, end: () => undefined }
  const child = spawn(process.execPath, [program, String(port), String(rttMs)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { port: Number(line.toString()), end: () => void child.stdin.end() }
}
