/**
 * The window, shown by an installed Chromium over a debugging pipe: no TCP port, no token, no cookie.
 *
 * Guarantees: the page's requests are answered from memory and nothing else is; a navigation anywhere else is answered with
 * 204 and so does not happen; a second window or tab is closed; calls are taken only from the main frame of our own origin.
 * When the window is closed the browser ends; when this process dies the pipe breaks and the browser ends by itself.
 *
 * Every load of the page gets a `Connection` of its own, so that an answer to a call of the page before a reload can never
 * reach the page after it.
 */
import type { Browser, CDPSession, Page, Target } from 'puppeteer-core'
import type { Connection } from '../../app/app.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'
import { done, failed } from '../../../shared/failures/failure.ts'
import type { RendererFiles } from '../window/renderer-files.ts'
import { bindingName, deliveryName, pageScript } from './page-script.ts'

/** Cannot resolve anywhere (RFC 6761 section 6.4), and is a secure context. */
const pageOrigin = 'https://mailroom.invalid'

/** A browser that neither starts nor answers within this time is given up: policies and snaps forbid debugging silently. */
const startMilliseconds = 20_000

export interface ChromiumWindow {
  show(): Promise<void>
  notify(title: string, body: string): Promise<void>
  close(): Promise<void>
  /** Resolves when the window is gone, whoever closed it. */
  readonly closed: Promise<void>
}

export interface WindowOptions {
  readonly browser: string
  readonly flags: readonly string[]
  /** The browser's own folder; nothing of the user's mail is ever in it. */
  readonly profile: string
  readonly files: RendererFiles
  /** Called for every load of the page. */
  connect(send: (text: string) => void): Connection
}

export async function openChromiumWindow(options: WindowOptions): Promise<Outcome<ChromiumWindow>> {
  const { launch } = await import('puppeteer-core')
  let browser: Browser
  try {
    browser = await launch({
      executablePath: options.browser,
      pipe: true,
      ignoreDefaultArgs: true,
      args: [...options.flags, `--user-data-dir=${options.profile}`, '--remote-debugging-pipe'],
      defaultViewport: null,
      timeout: startMilliseconds,
      // The program ends the browser itself, in order; see run-chromium.ts.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    })
  } catch (error) {
    return failed('host.not-possible', { name: options.browser, detail: String(error).slice(0, 2000) })
  }
  try {
    return done(await prepareWindow(browser, options))
  } catch (error) {
    await browser.close().catch(() => undefined)
    return failed('host.not-possible', { name: options.browser, detail: String(error).slice(0, 2000) })
  }
}

async function prepareWindow(browser: Browser, options: WindowOptions): Promise<ChromiumWindow> {
  const page = await firstPage(browser)
  const session = await page.createCDPSession()
  const closed = new Promise<void>((resolve) => {
    browser.once('disconnected', () => resolve())
  })
  page.once('close', () => {
    void browser.close().catch(() => undefined)
  })
  browser.on('targetcreated', (target) => {
    if (target !== page.target()) closeStray(target)
  })

  await answerRequests(session, options.files)
  await connectPage(session, options.connect)
  await session.send('Page.navigate', { url: `${pageOrigin}/` })

  return {
    async show() {
      const { windowId } = await session.send('Browser.getWindowForTarget')
      await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'normal' } })
      await session.send('Page.bringToFront')
    },
    async notify(title, body) {
      await session.send('Browser.grantPermissions', { origin: pageOrigin, permissions: ['notifications'] })
      await session.send('Runtime.evaluate', { expression: `new Notification(${JSON.stringify(title)}, { body: ${JSON.stringify(body)} }); 0` })
    },
    async close() {
      await browser.close().catch(() => undefined)
    },
    closed,
  }
}

async function firstPage(browser: Browser): Promise<Page> {
  const target = await browser.waitForTarget((candidate) => candidate.type() === 'page', { timeout: startMilliseconds })
  const page = await target.page()
  if (page === null) throw new Error('the browser shows no page')
  return page
}

/** Ctrl+N and a middle click open windows that have no place here. */
function closeStray(target: Target): void {
  if (target.type() !== 'page') return
  void target.page().then((stray) => stray?.close()).catch(() => undefined)
}

async function answerRequests(session: CDPSession, files: RendererFiles): Promise<void> {
  session.on('Fetch.requestPaused', ({ requestId, request, resourceType }) => {
    const answer = (): Promise<unknown> => {
      const url = new URL(request.url)
      if (url.origin === pageOrigin && request.method === 'GET') {
        const file = files(url.pathname)
        return session.send('Fetch.fulfillRequest', {
          requestId,
          responseCode: file.status,
          responseHeaders: Object.entries(file.headers).map(([name, value]) => ({ name, value })),
          body: file.body.toString('base64'),
        })
      }
      if (resourceType === 'Document') return session.send('Fetch.fulfillRequest', { requestId, responseCode: 204 })
      return session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' })
    }
    // A request of a page that is gone can't be answered any more, and need not be.
    void answer().catch(() => undefined)
  })
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
}

async function connectPage(session: CDPSession, connect: WindowOptions['connect']): Promise<void> {
  const { frameTree } = await session.send('Page.getFrameTree')
  const mainFrame = frameTree.frame.id
  let current: { readonly context: number; readonly connection: Connection } | null = null

  const drop = () => {
    current?.connection.close()
    current = null
  }
  session.on('Runtime.executionContextCreated', ({ context }) => {
    const { frameId, isDefault } = (context.auxData ?? {}) as { frameId?: string; isDefault?: boolean }
    if (frameId !== mainFrame || isDefault !== true) return
    drop()
    if (context.origin !== pageOrigin) return
    const connection = connect((text) => {
      void session
        .send('Runtime.evaluate', { expression: `${deliveryName}(${JSON.stringify(text)})`, contextId: context.id, silent: true })
        .catch(() => undefined) // the page was left; its successor asks again
    })
    current = { context: context.id, connection }
  })
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    if (current?.context === executionContextId) drop()
  })
  session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name === bindingName && current?.context === executionContextId) current.connection.receive(payload)
  })
  session.once('disconnected', drop)

  await session.send('Page.enable')
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript })
  await session.send('Runtime.addBinding', { name: bindingName })
  await session.send('Runtime.enable')
}
