/**
 * Turns the sources into what runs: `renderer/` into pages and assets, `electron/` into ES modules for Node 24 with late
 * imports kept late, and the preload script into one CommonJS file, as Electron's sandbox wants it.
 *
 * Everything is bundled but `electron`, the keychain's native package and Node's own modules, so that a packaged Mailroom
 * carries no node_modules beside them. All files of the main process lie flat in one folder: `import.meta.dirname` is the same
 * in every chunk. Main-process code is not minified: stack traces in the log must be readable.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import react from '@vitejs/plugin-react'
import { build, type InlineConfig } from 'vite'
import { filesByUrl } from './files-by-url.ts'
import { nodeBuiltins } from './node-builtins.ts'
import { pdfkitFonts } from './pdfkit-fonts.ts'
import { publish } from './publish.ts'

export type Part = 'app' | 'renderer'

const externalPackages = ['electron', '@napi-rs/keyring'] as const

const root = join(import.meta.dirname, '..', '..')

const hostEntries = {
  terminal: 'electron/hosts/terminal/main.ts',
  chromium: 'electron/hosts/chromium/main.ts',
  electron: 'electron/hosts/electron/main.ts',
} as const
/** Wanted by every command that does anything, and each of its many pieces would cost a start a third of a millisecond. */
const contract = { name: 'contract', test: /\/node_modules\/zod\/|\/shared\/(?:contract|model|failures)\// } as const

const preloadEntry = 'electron/hosts/electron/preload.ts'
const page = 'renderer/index.html'

export interface BundleOptions {
  /** Where `app/`, `icons/` and `renderer/` go. */
  readonly dist: string
  /** A missing entry is an error; otherwise the others are built without it. */
  readonly complete: boolean
}

/** Builds one part (the program with its icons, or its pages) beside its place, then puts it there file by file, so that a running program never sees half of it. */
export async function bundlePart(part: Part, { dist, complete }: BundleOptions): Promise<void> {
  mkdirSync(dist, { recursive: true })
  const temporary = mkdtempSync(join(dist, `.building-${part}-`))
  try {
    if (part === 'app') await bundleApp(temporary, complete)
    else await bundleRenderer(temporary, complete)
    publish(temporary, join(dist, part))
    if (part === 'app') copyIcons(join(dist, 'icons'))
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

async function bundleApp(outDir: string, complete: boolean): Promise<void> {
  const entries = Object.fromEntries(Object.entries(hostEntries).filter(([, file]) => present(file, complete)))
  if (Object.keys(entries).length > 0) await build(nodeModules({ outDir, entries }))
  if (present(preloadEntry, complete)) await build(preload(outDir))
  // Node looks for it above every file until it finds one.
  writeFileSync(join(outDir, 'package.json'), '{ "type": "module" }\n')
}

function copyIcons(to: string): void {
  const from = join(root, 'build', 'icons')
  for (const icon of readdirSync(from).filter((name) => name.endsWith('.png'))) cpSync(join(from, icon), join(to, icon))
}

async function bundleRenderer(outDir: string, complete: boolean): Promise<void> {
  if (!present(page, complete)) return
  await build({
    ...common(outDir),
    root: join(root, 'renderer'),
    base: './',
    plugins: [react()],
    // The host puts a fresh nonce here for every load; nothing may need a hole in the content security policy.
    html: { cspNonce: '__CSP_NONCE__' },
    build: {
      ...common(outDir).build,
      target: 'es2024',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 4000, // read from memory or disk, never from a network
      license: { fileName: 'licences.md' },
    },
  })
}

/** Also used by the test that runs every bundled library once. */
export function nodeModules({ outDir, entries }: { readonly outDir: string, readonly entries: Readonly<Record<string, string>> }): InlineConfig {
  return {
    ...common(outDir),
    plugins: [nodeBuiltins(), filesByUrl(), pdfkitFonts()],
    ssr: { target: 'node', noExternal: true, external: [...externalPackages] },
    build: {
      ...common(outDir).build,
      ssr: true,
      target: 'node24',
      minify: false,
      license: { fileName: 'licences.md' },
      rolldownOptions: {
        input: { ...entries },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', assetFileNames: '[name]-[hash][extname]', codeSplitting: { groups: [contract] } },
      },
    },
  }
}

function preload(outDir: string): InlineConfig {
  return {
    ...common(outDir),
    ssr: { target: 'node', noExternal: true, external: [...externalPackages] },
    build: {
      ...common(outDir).build,
      ssr: true,
      target: 'node24',
      minify: false,
      rolldownOptions: { input: { preload: preloadEntry }, output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false } },
    },
  }
}

function common(outDir: string) {
  return {
    configFile: false,
    envDir: false,
    publicDir: false,
    root,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: false, sourcemap: false, reportCompressedSize: false },
  } as const satisfies InlineConfig
}

function present(file: string, complete: boolean): boolean {
  const exists = existsSync(join(root, file))
  if (!exists && complete) throw new Error(`${file} is missing: nothing can start without it`)
  return exists
}

if (import.meta.main) {
  const complete = process.env['MAILROOM_COMPLETE_BUILD'] === '1'
  try {
    for (const part of process.argv.slice(2)) {
      if (part !== 'app' && part !== 'renderer') throw new Error(`no such part: ${part}`)
      await bundlePart(part, { dist: join(root, 'dist'), complete })
    }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    console.error(process.stderr.isTTY ? words : stripVTControlCharacters(words))
    process.exitCode = 1
  }
}
