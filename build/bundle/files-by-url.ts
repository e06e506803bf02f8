/**
 * Makes `new URL('./file', import.meta.url)` mean the same in the bundle as in the sources. A `.ts` file (the code of a worker
 * thread) becomes an entry of its own; any other file is put beside the code. What is no file among the sources is a place in
 * the finished program, and stays as it is written.
 */
import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, resolve } from 'node:path'
import type { Plugin } from 'vite'

const byUrl = /new URL\(\s*(['"])(\.{1,2}\/[^'"]+)\1\s*,\s*import\.meta\.url\s*\)/g

export function filesByUrl(): Plugin {
  return {
    name: 'mailroom:files-by-url',
    enforce: 'pre', // before Vite's own answer, which is meant for a web server
    resolveFileUrl: ({ relativePath }) => `new URL('./${relativePath}', import.meta.url).href`,
    transform: {
      filter: { code: /new URL\([^)]*import\.meta\.url/ },
      handler(code, id) {
        const importer = id.replace(/[?#].*$/, '')
        let found = false
        const changed = code.replace(byUrl, (whole: string, _quote: string, relative: string) => {
          const file = resolve(dirname(importer), relative)
          if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return whole
          found = true
          const reference = extname(file) === '.ts'
            ? this.emitFile({ type: 'chunk', id: file, name: basename(file, '.ts') })
            : this.emitFile({ type: 'asset', name: basename(file), source: readFileSync(file) })
          return `new URL(import.meta.ROLLUP_FILE_URL_${reference})`
        })
        return found ? { code: changed, map: null } : null
      },
    },
  }
}
