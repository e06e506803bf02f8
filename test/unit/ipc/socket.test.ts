import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createDispatcher } from '../../../electron/ipc/create-dispatcher.ts'
import type { Handlers } from '../../../electron/ipc/handlers.ts'
import { maxTextLength, serveConnection } from '../../../electron/ipc/serve-connection.ts'
import { socketPathOf } from '../../../electron/ipc/socket-path.ts'
import { connectToOwner, listenForPeers } from '../../../electron/ipc/socket-transport.ts'
import { done } from '../../../shared/failures/failure.ts'

const freshRoot = () => mkdtempSync(join(tmpdir(), 'mailroom-socket-'))
const quiet = { error: () => undefined, warn: () => undefined }

async function listening(root: string) {
  const dispatcher = createDispatcher({ handlers: { 'wizard.kept': () => done({ state: 'owner' }) } as Partial<Handlers> as Handlers, log: quiet })
  const server = await listenForPeers(root, (send) => serveConnection(dispatcher, send, quiet))
  if (server === null) throw new Error('nobody listens')
  return { server, dispatcher }
}

async function connected(root: string) {
  const owner = await connectToOwner(root)
  if (!owner.ok) throw new Error(owner.failure.code)
  return owner.value
}

describe('the socket of a data folder', () => {
  it('is in the folder, for this user only, and gone when the owner has ended', async () => {
    const root = freshRoot()
    const { server } = await listening(root)
    const path = join(root, 'mailroom.sock')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    await server.close()
    expect(existsSync(path)).toBe(false)
    expect(await connectToOwner(root)).toMatchObject({ ok: false, failure: { code: 'data-folder.in-use' } })
  })

  it('takes the place of what a dead owner left', async () => {
    const root = freshRoot()
    writeFileSync(join(root, 'mailroom.sock'), '')
    const { server } = await listening(root)
    const owner = await connected(root)
    expect(await owner.call('wizard.kept', {})).toEqual({ ok: true, value: { state: 'owner' } })
    await owner.close()
    await server.close()
  })

  it('moves to a folder only this user can enter where the path is too long, and trusts no other', async () => {
    const root = join(freshRoot(), 'x'.repeat(60), 'y'.repeat(60))
    const runtime = freshRoot()
    const path = socketPathOf(root, { XDG_RUNTIME_DIR: runtime }) ?? ''
    expect(dirname(dirname(path))).toBe(runtime)
    expect(Buffer.byteLength(path)).toBeLessThanOrEqual(100)
    expect(statSync(dirname(path)).mode & 0o077).toBe(0)
    expect(socketPathOf(`${root}2`, { XDG_RUNTIME_DIR: runtime })).not.toBe(path)
    chmodSync(dirname(path), 0o777)
    expect(socketPathOf(root, { XDG_RUNTIME_DIR: runtime })).toBeNull()
  })

  it('works under a long path as it does under a short one', async () => {
    const root = join(freshRoot(), 'x'.repeat(60), 'y'.repeat(60))
    mkdirSync(root, { recursive: true })
    const { server } = await listening(root)
    const owner = await connected(root)
    expect(await owner.call('wizard.kept', {})).toMatchObject({ ok: true })
    await owner.close()
    await server.close()
  })

  it('lets peers finish: nobody new comes in, those at work are waited for', async () => {
    const root = freshRoot()
    const { server } = await listening(root)
    const owner = await connected(root)
    await owner.call('wizard.kept', {})
    let gone = false
    const finished = server.letPeersFinish().then(() => { gone = true })
    expect(await connectToOwner(root)).toMatchObject({ ok: false })
    expect(await owner.call('wizard.kept', {})).toMatchObject({ ok: true })
    expect(gone).toBe(false)
    await owner.close()
    await finished
    await server.close()
  })

  it('an owner that ends answers every waiting call with that', async () => {
    const root = freshRoot()
    const { server } = await listening(root)
    const owner = await connected(root)
    await owner.call('wizard.kept', {})
    const closing = server.close()
    expect(await owner.call('wizard.kept', {})).toMatchObject({ failure: { code: 'job.interrupted' } })
    await closing
  })

  it('cuts off a peer that never ends its line, and goes on serving the others', async () => {
    const root = freshRoot()
    const { server } = await listening(root)
    const rude = createConnection(socketPathOf(root) ?? '')
    rude.on('error', () => undefined)
    await once(rude, 'connect')
    rude.write('x'.repeat(maxTextLength + 1))
    await once(rude, 'close')
    const owner = await connected(root)
    expect(await owner.call('wizard.kept', {})).toMatchObject({ ok: true })
    await owner.close()
    await server.close()
  })

  it('events reach every peer', async () => {
    const root = freshRoot()
    const { server, dispatcher } = await listening(root)
    const peers = [await connected(root), await connected(root)]
    for (const peer of peers) await peer.call('wizard.kept', {})
    const heard = peers.map((peer) => new Promise((resolve) => peer.on('accounts.changed', resolve)))
    dispatcher.emit('accounts.changed', {})
    expect(await Promise.all(heard)).toEqual([{}, {}])
    for (const peer of peers) await peer.close()
    await server.close()
  })
})
