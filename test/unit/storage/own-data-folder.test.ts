import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dataFolderAt, type DataFolder } from '../../../electron/storage/data-folder.ts'
import { ownDataFolder } from '../../../electron/storage/own-data-folder.ts'

let root: string
let folder: DataFolder

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'mailroom-folder-'))
  folder = dataFolderAt(join(root, 'data'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

function own() {
  const owned = ownDataFolder(folder)
  if (!owned.ok) throw new Error(owned.failure.code)
  return owned.value
}

/** Another process that owns the folder until it is killed. */
async function anotherOwner() {
  const script = `
    import { ownDataFolder } from '${new URL('../../../electron/storage/own-data-folder.ts', import.meta.url).href}'
    import { dataFolderAt } from '${new URL('../../../electron/storage/data-folder.ts', import.meta.url).href}'
    // Held: what nobody holds may be collected, and gives the folder free.
    globalThis.owned = ownDataFolder(dataFolderAt(process.argv[1]))
    process.stdout.write(globalThis.owned.ok ? 'owned' : 'refused')
    setInterval(() => undefined, 60_000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder.root], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = await once(child.stdout, 'data')
  return { child, said: String(said) }
}

describe('the data folder', () => {
  it('is never one in which somebody else’s spool is: it stays as it is, with all that is in it', async () => {
    await mkdir(join(folder.root, 'spool'), { recursive: true })
    await writeFile(join(folder.root, 'spool', 'job.ps'), 'of another program')
    await mkdir(join(folder.root, 'www'))
    await chmod(folder.root, 0o755)
    expect(ownDataFolder(folder)).toMatchObject({ ok: false, failure: { code: 'data-folder.of-others', evidence: { name: folder.root } } })
    expect(await readdir(folder.root)).toEqual(['spool', 'www'])
    expect(await readdir(folder.spool)).toEqual(['job.ps'])
    expect((await stat(folder.root)).mode & 0o777).toBe(0o755)
  })

  it('is never one in which others may change what is there', async () => {
    await mkdir(join(folder.root, 'www'), { recursive: true })
    await chmod(folder.root, 0o1777)
    expect(ownDataFolder(folder)).toMatchObject({ ok: false, failure: { code: 'data-folder.of-others' } })
    expect(await readdir(folder.root)).toEqual(['www'])
  })

  it('stays open to whom it was where something else is in it too, at the first start and after; what is Mailroom’s is closed by itself', async () => {
    await mkdir(folder.root, { recursive: true, mode: 0o755 })
    await writeFile(join(folder.root, 'account.json'), '{}')
    for (let start = 0; start < 2; start += 1) {
      own().release()
      expect((await stat(folder.root)).mode & 0o777).toBe(0o755)
      for (const path of [folder.mail, folder.outbox, folder.spool, folder.log]) expect((await stat(path)).mode & 0o777).toBe(0o700)
    }
  })

  it.each([['nothing', []], ['what a start that was cut off left', ['mail', 'outbox']], ['a browser’s folder', ['browser']], ['the files of a disk', ['lost+found', '.Trash']], ['a settings file', ['settings.json', 'notes']]] as const)(
    'may be one with %s in it', async (_what, names) => {
      for (const name of names) await mkdir(join(folder.root, name), { recursive: true })
      own().release()
    })

  it('that cannot be made is refused, and not tried for ever', () => {
    expect(ownDataFolder(dataFolderAt('/proc/mailroom/data'))).toMatchObject({ ok: false, failure: { code: 'storage.failed' } })
  })

  it('is made with all that is in it, for this user only', async () => {
    own().release()
    for (const path of [folder.root, folder.mail, folder.outbox, folder.spool, folder.log]) {
      expect((await stat(path)).mode & 0o777).toBe(0o700)
    }
    expect((await stat(folder.lock)).mode & 0o777).toBe(0o600)
  })

  it('is closed to others also where it stood open before', async () => {
    await mkdir(folder.mail, { recursive: true })
    await chmod(folder.root, 0o755)
    await chmod(folder.mail, 0o777)
    own().release()
    expect((await stat(folder.root)).mode & 0o777).toBe(0o700)
    expect((await stat(folder.mail)).mode & 0o777).toBe(0o700)
  })

  it('belongs to one owner, and to the next once it is given free', () => {
    const first = own()
    expect(ownDataFolder(folder)).toEqual({ ok: false, failure: { code: 'data-folder.in-use', evidence: { name: folder.root } } })
    first.release()
    first.release()
    own().release()
  })

  it('that another process owns is refused, and free the moment that process is killed', async () => {
    const { child, said } = await anotherOwner()
    expect(said).toBe('owned')
    expect(ownDataFolder(folder)).toMatchObject({ ok: false, failure: { code: 'data-folder.in-use' } })
    child.kill('SIGKILL')
    await once(child, 'exit')
    own().release()
  })

  it('whose owner lives is not swept by the one who is refused', async () => {
    const first = own()
    await writeFile(join(folder.spool, 'on-its-way.eml'), 'x')
    ownDataFolder(folder)
    expect(await readdir(folder.spool)).toEqual(['on-its-way.eml'])
    first.release()
  })

  it('loses what a killed process left half written, and nothing else', async () => {
    own().release()
    await mkdir(join(folder.spool, 'batch'))
    await writeFile(join(folder.spool, 'batch', 'half.eml'), 'x')
    for (const name of ['settings.json', 'settings.good-1.json', 'settings.json.0123456789ab.tmp', 'settings.json.tmp-7012345678abcdef', 'vault.json.0123456789ab.tmp', 'notes.tmp']) {
      await writeFile(join(folder.root, name), 'x')
    }
    await writeFile(join(folder.mail, 'kept.eml'), 'x')
    own().release()
    expect(await readdir(folder.spool)).toEqual([])
    expect(await readdir(folder.mail)).toEqual(['kept.eml'])
    expect((await readdir(folder.root)).filter((name) => !['mail', 'outbox', 'spool', 'log', 'lock.db'].includes(name)).sort()).toEqual(['notes.tmp', 'settings.good-1.json', 'settings.json'])
  })

  it('that cannot be made says so', async () => {
    await writeFile(join(root, 'data'), 'a file where the folder should be')
    expect(ownDataFolder(folder)).toEqual({ ok: false, failure: { code: 'storage.failed', evidence: { name: 'data', detail: 'EEXIST' } } })
  })

  it('below something that is no folder says so', async () => {
    await writeFile(join(root, 'file'), '')
    expect(ownDataFolder(dataFolderAt(join(root, 'file', 'data')))).toMatchObject({ ok: false, failure: { code: 'storage.failed', evidence: { detail: 'ENOTDIR' } } })
  })
})
