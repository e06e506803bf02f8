/**
 * A session bus and a GNOME keyring of a test's own, so that it can be locked, stopped and killed without anybody else's
 * being touched. Nothing of a desktop is started on it, so a request for a person's password fails at once.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export class PrivateKeyring {
  readonly address: string
  readonly #folder: string
  readonly #bus: ChildProcess
  #daemon: ChildProcess | null = null

  private constructor(folder: string, bus: ChildProcess) {
    this.#folder = folder
    this.#bus = bus
    this.address = `unix:path=${join(folder, 'bus')}`
  }

  /** A bus with nobody on it yet. */
  static async start(): Promise<PrivateKeyring> {
    const folder = await mkdtemp(join(tmpdir(), 'mailroom-keyring-'))
    for (const name of ['home', 'run']) await mkdir(join(folder, name), { mode: 0o700 })
    await writeFile(join(folder, 'bus.conf'), `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
      <busconfig><type>session</type><listen>unix:path=${join(folder, 'bus')}</listen><auth>EXTERNAL</auth>
      <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`)
    const bus = spawn('dbus-daemon', ['--nofork', '--nopidfile', '--print-address=1', `--config-file=${join(folder, 'bus.conf')}`], { stdio: ['ignore', 'pipe', 'ignore'] })
    await once(bus.stdout!, 'data')
    return new PrivateKeyring(folder, bus)
  }

  /** Puts an unlocked Secret Service on the bus; the same passwords as before are in it. */
  async serve(): Promise<void> {
    const watch = spawn('dbus-monitor', ['--address', this.address, "type='signal',sender='org.freedesktop.DBus',member='NameOwnerChanged',arg0='org.freedesktop.secrets'"], { stdio: ['ignore', 'pipe', 'inherit'] })
    const lines = createInterface({ input: watch.stdout })[Symbol.asyncIterator]()
    await lines.next()
    const env = { PATH: process.env['PATH'], HOME: join(this.#folder, 'home'), XDG_RUNTIME_DIR: join(this.#folder, 'run'), DBUS_SESSION_BUS_ADDRESS: this.address }
    this.#daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], { env, stdio: ['pipe', 'ignore', 'ignore'] })
    this.#daemon.stdin!.end('a password')
    for (let line = await lines.next(); !line.done && !line.value.includes('member=NameOwnerChanged'); line = await lines.next());
    watch.kill('SIGKILL')
    await once(watch, 'exit')
  }

  async lock(): Promise<void> {
    const locking = spawn('dbus-send', [
      `--bus=${this.address}`, '--print-reply', '--dest=org.freedesktop.secrets', '/org/freedesktop/secrets',
      'org.freedesktop.Secret.Service.Lock', 'array:objpath:/org/freedesktop/secrets/collection/login',
    ], { stdio: 'ignore' })
    const [status] = await once(locking, 'exit')
    if (status !== 0) throw new Error(`dbus-send ended with ${String(status)}`)
  }

  /** Takes the Secret Service off the bus. */
  async silence(): Promise<void> {
    await end(this.#daemon)
    this.#daemon = null
  }

  /** It is there and answers nothing, as a hung one does. */
  hangService(): void {
    this.#daemon?.kill('SIGSTOP')
  }

  hangBus(): void {
    this.#bus.kill('SIGSTOP')
  }

  async stop(): Promise<void> {
    await end(this.#daemon)
    await end(this.#bus)
    await rm(this.#folder, { recursive: true, force: true })
  }
}

async function end(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}
