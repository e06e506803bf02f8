import { mkdirSync, rmSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Conf from 'conf'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { dataFolderAt, type DataFolder } from '../../../electron/storage/data-folder.ts'
import { openSettings, type OpenSettingsOptions } from '../../../electron/storage/open-settings.ts'
import type { SettingsFileOptions } from '../../../electron/storage/settings-file.ts'
import { emptySettings } from '../../../electron/storage/settings-text.ts'
import { type Settings, settingsVersion } from '../../../electron/storage/settings.ts'

let folder: DataFolder

beforeEach(async () => {
  folder = dataFolderAt(await mkdtemp(join(tmpdir(), 'mailroom-settings-')))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder.root, { recursive: true, force: true })
})

const now = () => new Date('2026-11-22T12:00:00.000Z')
const aside = 'settings.damaged-2026-11-22T12-00-00-000Z.json'

async function open(options: OpenSettingsOptions = {}) {
  const opened = await openSettings(folder, { now, ...options })
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
  return opened.value
}
const read = (name = 'settings.json') => readFile(join(folder.root, name), 'utf8')
const named = (name: string) => (settings: Settings): Settings => ({ ...settings, organization: { ...settings.organization, name } })
const names = async () => (await readdir(folder.root)).sort()

/** A settings file of some history: `first`, then `second`, then `third`. */
async function withHistory() {
  const { settings } = await open()
  for (const name of ['first', 'second', 'third']) expect(await settings.change(named(name))).toMatchObject({ ok: true })
}

describe('settings', () => {
  it('start empty, and are there from then on', async () => {
    const { settings, setAside } = await open()
    expect(settings.get()).toEqual(emptySettings())
    expect(setAside).toBeNull()
    expect(JSON.parse(await read())).toEqual(emptySettings())
  })

  it('are the same after a restart, byte for byte', async () => {
    await withHistory()
    const before = await read()
    const { settings } = await open()
    expect(settings.get().organization.name).toBe('third')
    expect(await read()).toBe(before)
  })

  it('can be read by this user only, with every copy', async () => {
    await withHistory()
    const modes = await Promise.all((await names()).map(async (name) => (await stat(join(folder.root, name))).mode & 0o777))
    expect(modes).toEqual([0o600, 0o600, 0o600, 0o600])
  })

  it('keep three good copies beside them: of what they are, and of what they were', async () => {
    await withHistory()
    expect(await names()).toEqual(['settings.good-1.json', 'settings.good-2.json', 'settings.good-3.json', 'settings.json'])
    expect(JSON.parse(await read('settings.good-1.json'))).toMatchObject({ organization: { name: 'third' } })
    expect(JSON.parse(await read('settings.good-2.json'))).toMatchObject({ organization: { name: 'second' } })
    expect(JSON.parse(await read('settings.good-3.json'))).toMatchObject({ organization: { name: 'first' } })
  })

  it('see each change in the order it was asked for, and lose none', async () => {
    const { settings } = await open()
    await Promise.all(Array.from({ length: 20 }, (_, number) => settings.change((before) => named(`${before.organization.name}${number},`)(before))))
    expect(settings.get().organization.name).toBe(Array.from({ length: 20 }, (_, number) => `${number},`).join(''))
  })

  it('never hold what does not fit, and go on after such a change', async () => {
    const { settings } = await open()
    await expect(settings.change(named('two\nlines'))).rejects.toThrow('line-break')
    expect(settings.get()).toEqual(emptySettings())
    expect(await settings.change(named('fine'))).toMatchObject({ ok: true })
  })
})

describe('a damaged settings file', () => {
  it.each([
    ['nothing', ''],
    ['half of itself', '{"version":1,"accounts":['],
    ['zeros', '\0'.repeat(500)],
    ['other JSON', '[1,2,3]'],
    ['no version', '{"accounts":[]}'],
    ['a version that is none', '{"version":"1"}'],
    ['a field that does not fit', JSON.stringify({ ...emptySettings(), secretPlace: 'paper' })],
    ['a field nobody knows', JSON.stringify({ ...emptySettings(), password: 'x' })],
  ])('(%s) is kept under a name that is told, and nothing that was set is lost', async (_, text) => {
    await withHistory()
    await writeFile(folder.settings, text)
    const { settings, setAside } = await open()
    expect(settings.get().organization.name).toBe('third')
    expect(setAside).toMatchObject({ code: 'settings.damaged', evidence: { name: aside } })
    expect(setAside?.evidence.detail).toContain('settings.good-1.json')
    expect(await read(aside)).toBe(text)
    expect(JSON.parse(await read())).toMatchObject({ organization: { name: 'third' } })
    expect((await open()).setAside).toBeNull()
  })

  it('is kept byte for byte, also where it is no text', async () => {
    await withHistory()
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x7b])
    await writeFile(folder.settings, bytes)
    await open()
    expect((await readFile(join(folder.root, aside))).equals(bytes)).toBe(true)
  })

  it('falls back on an older copy where the latest is damaged as well', async () => {
    await withHistory()
    await writeFile(folder.settings, 'x')
    await writeFile(join(folder.root, 'settings.good-1.json'), 'x')
    expect((await open()).settings.get().organization.name).toBe('second')
  })

  it('loses no change that was made by hand, or for whose copy there was no room, once Mailroom has started with it', async () => {
    await withHistory()
    await writeFile(folder.settings, (await read()).replace('third', 'by hand'))
    await open()
    expect(JSON.parse(await read('settings.good-2.json'))).toMatchObject({ organization: { name: 'third' } })
    await writeFile(folder.settings, 'x')
    expect((await open()).settings.get().organization.name).toBe('by hand')
  })

  it('without any good copy leaves empty settings, and says so', async () => {
    await writeFile(folder.settings, '{"version":1')
    const { settings, setAside } = await open()
    expect(settings.get()).toEqual(emptySettings())
    expect(setAside).toMatchObject({ code: 'settings.damaged', evidence: { name: aside } })
    expect(setAside?.evidence.detail).toContain('empty settings')
    expect(await read(aside)).toBe('{"version":1')
  })

  it('that is gone is brought back from the last good copy, and that is said', async () => {
    await withHistory()
    await rm(folder.settings)
    const { settings, setAside } = await open()
    expect(settings.get().organization.name).toBe('third')
    expect(setAside).toMatchObject({ code: 'settings.damaged', evidence: { name: 'settings.json' } })
  })

  it('says where it does not fit but never quotes what is in it', async () => {
    await writeFile(folder.settings, JSON.stringify({ ...emptySettings(), organization: { name: 'hush-hush\n' + 'x\ny', footer: '' } }))
    const { setAside } = await open()
    expect(setAside?.evidence.detail).toContain('organization.name')
    expect(JSON.stringify(setAside)).not.toContain('hush-hush')
  })
})

describe('settings of another version', () => {
  it('that is newer are refused and left alone', async () => {
    const text = JSON.stringify({ version: settingsVersion + 1, fromTheFuture: true })
    await writeFile(folder.settings, text)
    expect(await openSettings(folder)).toMatchObject({ ok: false, failure: { code: 'settings.newer', evidence: { name: 'settings.json' } } })
    expect(await names()).toEqual(['settings.json'])
    expect(await read()).toBe(text)
  })

  it('that is older are brought forward, and kept as they were', async () => {
    const old = JSON.stringify({ version: settingsVersion - 1, office: 'Acme' })
    await writeFile(folder.settings, old)
    const migrations = [{ from: settingsVersion - 1, migrate: (before: Readonly<Record<string, unknown>>) => ({ ...emptySettings(), organization: { name: before['office'], footer: '' } }) }]
    const { settings, setAside } = await open({ migrations })
    expect(settings.get().organization.name).toBe('Acme')
    expect(setAside).toBeNull()
    expect(await read(`settings.version-${settingsVersion - 1}.json`)).toBe(old)
    expect(JSON.parse(await read())).toMatchObject({ version: settingsVersion, organization: { name: 'Acme' } })
  })

  const server = (id: string, level: string, unitId: string | null, enabled = true) => ({
    id, name: id, level, unitId, enabled, host: `${id}.example.nl`, port: 2525, security: 'tls', clearTextConfirmed: false, trustedCertificate: null,
    signIn: { userName: id, method: 'password', rememberPassword: true, issuer: null }, noReplyAddress: 'no-reply@example.nl', noReplyName: 'House', userNameMustBeAddress: false,
  })
  const ofVersion1 = (outgoingServers: unknown) => {
    const { outgoingServers: _none, ...settings } = { outgoingServers: null, ...emptySettings() }
    return JSON.stringify({ ...settings, version: 1, organization: { name: 'Acme', footer: 'KvK 123' }, units: [{ id: 'sales', name: 'Sales', footer: '' }, { id: 'support', name: 'Support', footer: 'Help' }], outgoingServers })
  }

  it('1 have their shared servers put with the level they belong to, the one that was used where there are several', async () => {
    await writeFile(folder.settings, ofVersion1([server('spare', 'organization', null, false), server('house', 'organization', null), server('desk', 'unit', 'sales', false)]))
    const { settings, setAside } = await open()
    const { organization, units } = settings.get()
    expect(setAside).toBeNull()
    expect(organization).toMatchObject({ name: 'Acme', footer: { text: 'KvK 123', html: '' }, server: { host: 'house.example.nl', port: 2525, signIn: { userName: 'house' }, noReplyAddress: 'no-reply@example.nl' } })
    expect(units.map((unit) => [unit.name, unit.kind, unit.footer.text, unit.server?.host, unit.server?.enabled])).toEqual([['Sales', 'company', '', 'desk.example.nl', false], ['Support', 'company', 'Help', undefined, undefined]])
    expect(JSON.parse(await read('settings.version-1.json'))).toHaveProperty('outgoingServers')
  })

  it.each([['no list', 'x'], ['no servers', ['x', null]], ['a server nobody could have written', [{ level: 'organization', host: 'not a host' }]]])('1 that hold %s are set aside whole, and that is said', async (_, servers) => {
    const text = ofVersion1(servers)
    await writeFile(folder.settings, text)
    const { setAside } = await open()
    expect(setAside).toMatchObject({ code: 'settings.damaged', evidence: { name: aside } })
    expect(await read(aside)).toBe(text)
  })
})

describe('a change that cannot be written', () => {
  class FullDisk extends Conf {
    constructor(options: SettingsFileOptions) {
      super(options)
      Object.defineProperty(this, 'store', { set: () => { throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', syscall: 'write' }) } })
    }
  }
  /** A disk that fills up in mid-write: write(2) takes what fits, and conf's library does not look at how much that was. */
  class ShortWrite extends Conf {
    constructor(options: SettingsFileOptions) {
      super({ ...options, serialize: (value: Record<string, unknown>) => options.serialize(value).slice(0, 50) })
    }
  }

  const copies = () => [1, 2].map((age) => join(folder.root, `settings.good-${String(age)}.json`))
  /** From the moment the file itself is written, no copy can be. */
  class CopiesInTheWay extends Conf {
    constructor(options: SettingsFileOptions) {
      super({
        ...options,
        serialize: (value: Record<string, unknown>) => {
          for (const path of copies()) {
            rmSync(path, { recursive: true, force: true })
            mkdirSync(join(path, 'in the way'), { recursive: true })
          }
          return options.serialize(value)
        },
      })
    }
  }

  it.each([['full', FullDisk], ['cut short', ShortWrite]])('(%s) fails, and leaves file and memory as they were', async (_, Store) => {
    await withHistory()
    const before = await read()
    const { settings } = await open({ Store: Store as never })
    expect(await settings.change(named('fourth'))).toMatchObject({ ok: false, failure: { code: 'storage.full', evidence: { name: 'settings.json' } } })
    expect(settings.get().organization.name).toBe('third')
    expect(await read()).toBe(before)
    expect((await open()).settings.get().organization.name).toBe('third')
  })

  it('comes back from no copy when the file is damaged later', async () => {
    await withHistory()
    const { settings } = await open({ Store: ShortWrite as never })
    expect(await settings.change(named('fourth'))).toMatchObject({ ok: false })
    await writeFile(folder.settings, 'x')
    expect((await open()).settings.get().organization.name).toBe('third')
  })

  it('is one only where the file itself is not written: without room for its copy alone it holds, and the next start makes the copy', async () => {
    await withHistory()
    const { settings } = await open({ Store: CopiesInTheWay as never })
    expect(await settings.change(named('fourth'))).toMatchObject({ ok: true })
    expect(JSON.parse(await read())).toMatchObject({ organization: { name: 'fourth' } })
    for (const path of copies()) await rm(path, { recursive: true })
    await open()
    expect(JSON.parse(await read('settings.good-1.json'))).toMatchObject({ organization: { name: 'fourth' } })
  })
})

describe('the library below', () => {
  it('may write in place, as it does within a Snap: a torn file still leaves the copy', async () => {
    vi.stubEnv('SNAP', '/snap/code/1')
    await withHistory()
    await truncate(folder.settings, 40)
    const { settings } = await open()
    expect(settings.get().organization.name).toBe('third')
  })

  it('is told the same name whichever of the two it is', async () => {
    const told: SettingsFileOptions[] = []
    class Watched extends Conf {
      constructor(options: SettingsFileOptions) {
        told.push(options)
        super(options)
      }
    }
    const { settings } = await open({ Store: Watched as never })
    await settings.change(named('x'))
    expect(told).toMatchObject([{ cwd: folder.root, name: 'settings', configName: 'settings', fileExtension: 'json', clearInvalidConfig: false }])
  })

  it('can be electron-store outside a window as well, on the same file', async () => {
    // The package `electron` wants its binary as soon as it is imported; outside of Electron it has nothing to offer anyway.
    const hooks = registerHooks({
      resolve: (specifier, context, next) => (specifier === 'electron' ? { url: 'data:text/javascript,export default {}', shortCircuit: true } : next(specifier, context)),
    })
    const { default: ElectronStore } = await import('electron-store')
    hooks.deregister()
    const { settings } = await open({ Store: ElectronStore as never })
    await settings.change(named('by electron-store'))
    expect((await open()).settings.get().organization.name).toBe('by electron-store')
  })
})
