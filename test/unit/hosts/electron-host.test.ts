import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { App, Connection } from '../../../electron/app/app.ts'
import type { Host } from '../../../electron/hosts/host.ts'
import { done, failed } from '../../../shared/failures/failure.ts'
import * as electron from '../../fakes/electron/electron.ts'
import { preventable, record, resetElectron, type BrowserWindow } from '../../fakes/electron/electron.ts'

vi.mock('electron', () => import('../../fakes/electron/electron.ts'))
// It would load the real module.
vi.mock('electron-store', () => ({ default: class {} }))
const { prepareElectron, runElectron } = await import('../../../electron/hosts/electron/run-electron.ts')

interface Peer {
  readonly received: string[]
  readonly send: (text: string) => void
  closed: boolean
}

/** An app that only writes down what the host does with it. */
class RecordingApp implements App {
  readonly peers: Peer[] = []
  readonly called: { readonly method: string; readonly params: unknown }[] = []
  readonly listeners = new Map<string, (data: never) => void>()
  language: 'en' | 'nl' | null = null
  stops = 0
  async letPeersFinish(): Promise<void> {}
  readonly caller: App['caller'] = {
    call: async (method, params) => {
      this.called.push({ method, params })
      return done({ language: this.language }) as never
    },
    on: (event, listener) => {
      this.listeners.set(event, listener as (data: never) => void)
      return () => undefined
    },
  }
  connect(send: (text: string) => void): Connection {
    const peer: Peer = { received: [], send, closed: false }
    this.peers.push(peer)
    return { receive: (text) => void peer.received.push(text), close: () => { peer.closed = true } }
  }
  async stop(): Promise<void> {
    this.stops += 1
    record.calls.push('app stopped')
  }
}

let renderer = ''
let recording: RecordingApp
let host: Host

beforeEach(async () => {
  resetElectron()
  recording = new RecordingApp()
  renderer = await mkdtemp(join(tmpdir(), 'mailroom-renderer-'))
  await mkdir(join(renderer, 'assets'))
  await writeFile(join(renderer, 'index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__">')
  await writeFile(join(renderer, 'assets', 'main.js'), 'export {}')
})
afterEach(() => rm(renderer, { recursive: true }))

async function start(options: { readonly minimised?: boolean } = {}): Promise<BrowserWindow> {
  expect(prepareElectron('/data')).toBe(true)
  const refused = await runElectron({
    root: '/data', version: '1.2.3', renderer, preload: '/preload.cjs', icon: '/icon.png', minimised: options.minimised ?? false,
    openApp: async (asked) => {
      host = asked.host
      return done({ app: recording, caller: recording.caller, close: async () => undefined })
    },
  })
  expect(refused).toBeNull()
  return record.windows[0]!
}

const fromPage = (window: BrowserWindow, text: unknown, frame: unknown = window.webContents.mainFrame, sender: unknown = window.webContents) =>
  electron.ipcMain.emit('mailroom', { sender, senderFrame: frame }, text)

describe('the window', () => {
  test('is sandboxed, isolated and without Node', async () => {
    const { options } = await start()
    expect(options.webPreferences).toMatchObject({
      contextIsolation: true, sandbox: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false,
      webviewTag: false, webSecurity: true, preload: '/preload.cjs',
    })
    expect(record.calls.indexOf('enableSandbox')).toBeLessThan(record.calls.indexOf('whenReady'))
  })

  test.each([['linux', false], ['win32', false], ['darwin', true]] as const)('on %s fetches no dictionary from its maker: spelling is checked there: %s', async (platform, spellcheck) => {
    vi.spyOn(process, 'platform', 'get').mockReturnValue(platform)
    expect((await start()).options.webPreferences).toMatchObject({ spellcheck })
  })


  test('opens our own page and nothing else', async () => {
    const window = await start()
    expect(window.loaded).toEqual(['app://mailroom/'])
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      for (const url of ['https://evil.example/', 'file:///etc/passwd', 'app://mailroom.evil/', 'app://other/', 'javascript:1', 'data:text/html,x']) {
        const going = preventable({ url })
        window.webContents.emit(event, going)
        expect([event, url, going.defaultPrevented]).toEqual([event, url, true])
      }
      const staying = preventable({ url: 'app://mailroom/index.html' })
      window.webContents.emit(event, staying)
      expect(staying.defaultPrevented).toBe(false)
    }
    expect(window.webContents.openHandler!({ url: 'https://evil.example/' } as never)).toEqual({ action: 'deny' })
    const attaching = preventable()
    window.webContents.emit('will-attach-webview', attaching)
    expect(attaching.defaultPrevented).toBe(true)
  })

  test('is shown when it is ready, and stays hidden when started minimised', async () => {
    const window = await start()
    window.emit('ready-to-show')
    expect(window.visible).toBe(true)
    resetElectron()
    const hidden = await start({ minimised: true })
    hidden.emit('ready-to-show')
    expect(hidden.visible).toBe(false)
  })

  test('gets no permission but copying', async () => {
    await start()
    const { requestHandler, checkHandler, deviceHandler } = electron.session.defaultSession
    const answers: Record<string, boolean> = {}
    for (const permission of ['media', 'geolocation', 'notifications', 'openExternal', 'clipboard-read', 'clipboard-sanitized-write', 'hid', 'usb']) {
      requestHandler!(null as never, permission as never, (granted) => { answers[permission] = granted }, null as never)
      expect(checkHandler!(null, permission as never, '', null as never)).toBe(answers[permission])
    }
    expect(Object.keys(answers).filter((permission) => answers[permission])).toEqual(['clipboard-sanitized-write'])
    expect(deviceHandler!(null as never)).toBe(false)
  })
})

describe('app://mailroom', () => {
  const get = (url: string, method = 'GET') => electron.session.defaultSession.handlers.get('app')!(new Request(url, { method }))

  test('is announced as a standard, secure scheme before Electron is ready', async () => {
    await start()
    expect(record.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }])
    expect(record.calls.indexOf('registerSchemes')).toBeLessThan(record.calls.indexOf('whenReady'))
  })

  test('carries the policy with a fresh nonce on every load, and only that nonce in the page', async () => {
    await start()
    const nonces = new Set<string>()
    for (const _ of [1, 2]) {
      const response = await get('app://mailroom/')
      const policy = response.headers.get('content-security-policy')!
      const nonce = /'nonce-([^']+)'/.exec(policy)![1]!
      nonces.add(nonce)
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toContain('unsafe')
      expect(await response.text()).toBe(`<meta property="csp-nonce" nonce="${nonce}"><script nonce="${nonce}">`)
    }
    expect(nonces.size).toBe(2)
    expect((await get('app://mailroom/assets/main.js')).headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  test('answers no path outside the built page', async () => {
    await start()
    for (const path of ['../package.json', '%2e%2e/package.json', '..%2fpackage.json', 'assets/../../secret', '//etc/passwd', 'assets', 'c:/windows']) {
      expect([path, (await get(`app://mailroom/${path}`)).status]).toEqual([path, 404])
    }
    expect((await get('app://other/index.html')).status).toBe(403)
    expect((await get('app://mailroom/', 'POST')).status).toBe(403)
  })

  test('is the only place the window may load anything from', async () => {
    await start()
    const cancelled = (url: string) => {
      let answer: boolean | undefined
      electron.session.defaultSession.beforeRequest!({ url } as never, ({ cancel }) => { answer = cancel })
      return answer
    }
    expect(['https://tracker.example/pixel.gif', 'http://127.0.0.1/', 'file:///etc/passwd', 'ws://x/', 'app://mailroom.evil/x', 'blob:https://x/1'].map(cancelled)).toEqual(Array(6).fill(true))
    expect(['app://mailroom/assets/main.js', 'blob:app://mailroom/1', 'data:image/png;base64,AA'].map(cancelled)).toEqual(Array(3).fill(false))
  })
})

describe('calls', () => {
  test('are taken only from the main frame of our own page', async () => {
    const window = await start()
    fromPage(window, 'a frame', { url: 'app://mailroom/' })
    fromPage(window, 'no frame', null)
    fromPage(window, 'another window', window.webContents.mainFrame, new electron.WebContents())
    fromPage(window, { not: 'text' })
    window.webContents.mainFrame.url = 'https://evil.example/'
    fromPage(window, 'a foreign page')
    expect(recording.peers).toEqual([])
    window.webContents.mainFrame.url = 'app://mailroom/'
    fromPage(window, 'ours')
    expect(recording.peers[0]!.received).toEqual(['ours'])
  })

  test('of a page before a reload are never answered to the page after it', async () => {
    const window = await start()
    fromPage(window, 'first')
    window.webContents.emit('did-navigate')
    fromPage(window, 'second')
    expect(recording.peers.map(({ received, closed }) => ({ received, closed }))).toEqual([
      { received: ['first'], closed: true },
      { received: ['second'], closed: false },
    ])
    recording.peers[1]!.send('answer')
    expect(window.webContents.sent).toEqual([{ channel: 'mailroom', text: 'answer' }])
  })

  test('are refused after the window is gone', async () => {
    const window = await start()
    fromPage(window, 'first')
    record.trayFails = true
    window.destroyed = true
    window.emit('closed')
    fromPage(window, 'late')
    expect(recording.peers).toHaveLength(1)
    recording.peers[0]!.send('late answer')
    expect(window.webContents.sent).toEqual([])
  })
})

describe('the program', () => {
  test('runs once: a second start shows the first window', async () => {
    const window = await start()
    window.minimised = true
    electron.app.emit('second-instance')
    expect(window).toMatchObject({ minimised: false, visible: true })
    resetElectron()
    record.singleInstance = false
    expect(prepareElectron('/data')).toBe(false)
    expect(record.calls).toContain('quit')
  })

  test('shows the window of another host that owns the data folder, and ends', async () => {
    let closed = false
    await runElectron({
      root: '/data', version: '', renderer, preload: '', icon: '', minimised: false,
      openApp: async () => done({ app: null, caller: recording.caller, close: async () => { closed = true } }),
    })
    expect(recording.called.map(({ method }) => method)).toEqual(['app.showWindow'])
    expect(closed).toBe(true)
    expect(record.windows).toEqual([])
    expect(record.calls).toContain('quit')
  })

  test('loads a page that died again, but says so once and stops when it dies at every load', async () => {
    const window = await start()
    for (let death = 0; death < 3; death += 1) window.webContents.emit('render-process-gone')
    await new Promise(setImmediate)
    expect(record.calls.filter((call) => call === 'reload')).toHaveLength(2)
    expect(record.calls.filter((call) => call.startsWith('errorBox'))).toHaveLength(1)
  })

  test('hands a failure at start to the person', async () => {
    const refused = await runElectron({
      root: '/data', version: '', renderer, preload: '', icon: '', minimised: false, openApp: async () => failed('storage.full'),
    })
    expect(refused).toEqual({ code: 'storage.full', evidence: {} })
  })

  test('goes on in the tray when its window is closed, and ends where there is no tray', async () => {
    const window = await start()
    window.show()
    window.close()
    expect(window).toMatchObject({ visible: false, destroyed: false })
    expect(recording.stops).toBe(0)

    resetElectron()
    recording = new RecordingApp()
    record.trayFails = true
    const other = await start()
    other.close()
    expect(other.destroyed).toBe(true)
    await vi.waitFor(() => expect(record.calls).toContain('gone'))
    expect(recording.stops).toBe(1)
  })

  test('puts everything away before it is gone', async () => {
    await start()
    const quit = itemsOf(record.trays[0]!.menu!).find(({ label }) => label === 'Afsluiten')!
    quit.click!(null as never, undefined, null as never)
    await vi.waitFor(() => expect(record.calls).toContain('gone'))
    expect(record.calls.indexOf('app stopped')).toBeLessThan(record.calls.indexOf('gone'))
    expect(recording.stops).toBe(1)
  })

  test('has "Send/receive all" and "Quit" in its tray, in the language that was chosen', async () => {
    await start()
    expect(itemsOf(record.trays[0]!.menu!).flatMap(({ label }) => label ?? [])).toEqual(['Mailroom tonen', 'Alles verzenden/ontvangen', 'Afsluiten'])
    recording.language = 'en'
    recording.listeners.get('preferences.changed')!({} as never)
    await vi.waitFor(() => expect(record.trays).toHaveLength(2))
    expect(record.trays[0]!.destroyed).toBe(true)
    const all = itemsOf(record.trays[1]!.menu!).find(({ label }) => label === 'Send/receive all')!
    recording.called.length = 0
    all.click!(null as never, undefined, null as never)
    expect(recording.called).toEqual([
      { method: 'outbox.run', params: { accountIds: null } },
      { method: 'mail.fetch', params: { accountIds: null } },
    ])
  })

  test('takes menu commands to the page that is shown', async () => {
    const window = await start()
    fromPage(window, 'hello')
    const file = record.menu!.template.find(({ label }) => label === 'Bestand')!
    const settings = (file.submenu as Electron.MenuItemConstructorOptions[]).find(({ label }) => label === 'Instellingen')!
    settings.click!(null as never, undefined, null as never)
    expect(window.visible).toBe(true)
    expect(window.webContents.sent.map(({ text }) => JSON.parse(text) as unknown)).toEqual([{ event: 'app.goTo', data: { place: 'settings' } }])
  })
})

describe('the entry module', () => {
  test('has done what must come before ready when it is evaluated, and does not wait for ready, which comes after it', async () => {
    const asked = Promise.withResolvers<void>()
    vi.spyOn(electron.app, 'whenReady').mockImplementation(() => {
      asked.resolve()
      return new Promise(() => undefined)
    })
    vi.spyOn(process, 'argv', 'get').mockReturnValue(['electron', 'main.js', '--data', renderer, '--minimised'])
    await import('../../../electron/hosts/electron/main.ts')
    expect(record.calls).toEqual(['enableSandbox', 'registerSchemes', `setPath userData ${join(renderer, 'browser')}`])
    // It comes to that without anybody waiting for it, and stays there.
    await asked.promise
    expect(record.windows).toEqual([])
  })
})

describe('the host', () => {
  test('opens links outside, notifies, and tells of waking', async () => {
    const window = await start()
    await host.openLink('https://mailroom.example/')
    expect(record.calls).toContain('openExternal https://mailroom.example/')
    host.notify('New mail', 'From Ann')
    expect(record.notifications).toEqual([{ title: 'New mail', body: 'From Ann' }])
    host.badge(3)
    expect(electron.app.badge).toBe(3)
    let woke = 0
    const stop = host.onMachine((event) => { woke += Number(event === 'wake') })
    electron.powerMonitor.emit('resume')
    stop()
    electron.powerMonitor.emit('resume')
    expect(woke).toBe(1)
    vi.spyOn(process, 'platform', 'get').mockReturnValue('darwin')
    host.startWithSystem(true, true)
    expect(electron.app.loginItem).toEqual({ openAtLogin: true, args: ['--minimised'] })
    host.showWindow()
    expect(window.visible).toBe(true)
  })
})

describe('the preload', () => {
  test('gives the page a wire for texts and nothing else, and keeps what comes before somebody listens', async () => {
    await import('../../../electron/hosts/electron/preload.ts')
    expect([...electron.exposed.keys()]).toEqual(['mailroom'])
    const wire = electron.exposed.get('mailroom') as { send(text: unknown): void; onMessage(listener: (text: string) => void): void }
    expect(Object.keys(wire).sort()).toEqual(['onMessage', 'send'])
    electron.ipcRenderer.emit('mailroom', {}, 'early')
    electron.ipcRenderer.emit('mailroom', {}, { not: 'text' })
    const heard: string[] = []
    wire.onMessage((text) => heard.push(text))
    electron.ipcRenderer.emit('mailroom', {}, 'later')
    expect(heard).toEqual(['early', 'later'])
    wire.send('call')
    expect(electron.ipcRenderer.sent).toEqual([{ channel: 'mailroom', text: 'call' }])
  })
})

function itemsOf(menu: electron.Menu): readonly Electron.MenuItemConstructorOptions[] {
  return menu.template
}
