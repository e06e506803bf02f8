/**
 * The window's own origin, `app://mailroom`: the built page, answered from memory. Every other request of the window is
 * refused before it leaves the process.
 */
import { protocol, type Session } from 'electron'
import type { RendererFiles } from '../window/renderer-files.ts'

export const pageOrigin = 'app://mailroom'

/** Electron wants this before it is ready: a standard, secure scheme has an origin, a CSP and no access to files. */
export function announceScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }])
}

export function isOurPage(url: string): boolean {
  return url === pageOrigin || url.startsWith(`${pageOrigin}/`)
}

export function servePage(session: Session, files: RendererFiles): void {
  session.protocol.handle('app', (request) => {
    const url = new URL(request.url)
    if (url.host !== 'mailroom' || request.method !== 'GET') return new Response(null, { status: 403 })
    const { status, headers, body } = files(url.pathname)
    return new Response(new Uint8Array(body), { status, headers })
  })
  session.webRequest.onBeforeRequest((details, answer) => {
    const own = isOurPage(details.url) || /^(blob:app:\/\/mailroom\/|data:|devtools:)/.test(details.url)
    answer({ cancel: !own })
  })
}
