/**
 * The window's own files, answered from memory: the same answers under `app://mailroom` (Electron) and
 * `https://mailroom.invalid` (Chromium).
 *
 * Guarantees: only files found below the built renderer when the program started can be answered, whatever the path says;
 * every answer carries the content security policy; the page gets a fresh nonce per load, which is the only way a style or
 * a script element is accepted (Fluent UI writes its styles into the page and would be unstyled under `style-src 'self'`).
 */
import { randomBytes } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

export interface FileAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** `path` is a URL's path, percent-encoded as it came. */
export type RendererFiles = (path: string) => FileAnswer

/** What the build leaves in the page where the nonce of this load goes. */
const noncePlaceholder = '__CSP_NONCE__'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

/**
 * Nothing is fetched from anywhere (`default-src 'none'`), workers included; `blob:` and `data:` images are the user's own
 * attachments; frames hold only the sandboxed text of a message (`srcdoc`), which has a stricter policy of its own.
 * Scripts get the policy too, because a worker obeys the policy of its own response.
 */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

const headersFor = (extension: string, nonce: string): Readonly<Record<string, string>> => ({
  'content-type': contentTypes[extension] ?? 'application/octet-stream',
  'content-security-policy': contentSecurityPolicy(nonce),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
})

/** Reads everything below `folder`, once. Rejects when there is no built page. */
export async function loadRendererFiles(folder: string): Promise<RendererFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = new Map<string, Buffer>()
  await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name)
        files.set(`/${relative(folder, path).split(sep).join('/')}`, await readFile(path))
      }),
  )
  const page = files.get('/index.html')?.toString('utf8')
  if (page === undefined) throw new Error(`no built renderer in ${folder}`)

  return (path) => {
    const nonce = randomBytes(18).toString('base64')
    const name = path === '/' ? '/index.html' : path
    const body = name === '/index.html' ? Buffer.from(page.replaceAll(noncePlaceholder, nonce)) : files.get(name)
    if (body === undefined) return { status: 404, headers: headersFor('', nonce), body: Buffer.alloc(0) }
    return { status: 200, headers: headersFor(extname(name), nonce), body }
  }
}
