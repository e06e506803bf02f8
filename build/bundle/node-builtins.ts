/**
 * Has the bundle ask for Node's own modules with `process.getBuiltinModule`. An `import` of one makes a module of it that holds
 * every export there is, also those that are only loaded when touched: for `node:crypto` alone the whole of WebCrypto.
 * (docs/decisions/bundling.md)
 *
 *   import fs, { openSync as open } from "node:fs";  ─▶  const fs = process.getBuiltinModule("node:fs"), { openSync: open } = fs;
 */
import type { Plugin } from 'vite'

const whole = String.raw`(?:\* as )?([\w$]+)`
const some = String.raw`\{([^{}]*)\}`
const imported = new RegExp(String.raw`^import (?:${whole}|${some}|${whole}, ${some}) from "(node:[\w/]+)";$`, 'gm')

export function nodeBuiltins(): Plugin {
  return {
    name: 'mailroom:node-builtins',
    renderChunk(code) {
      let count = 0
      const changed = code.replace(imported, (_line, one?: string, names?: string, first?: string, others?: string, module = '') => {
        const it = one ?? first ?? `__node_${count++}`
        const parts = (names ?? others)?.replaceAll(/ as /g, ': ')
        return `const ${it} = process.getBuiltinModule("${module}")${parts === undefined ? '' : `, {${parts}} = ${it}`};`
      })
      return { code: changed, map: null }
    },
  }
}
