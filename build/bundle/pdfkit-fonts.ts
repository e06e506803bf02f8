/**
 * pdfkit finds the metrics of the fourteen standard fonts by `createRequire(…)('#standard-fonts/…')`, which a bundler can't see
 * and which fails without node_modules. Here the same files are imported in plain sight.
 */
import type { Plugin } from 'vite'

const required = /require\$1\('#standard-fonts\/(\w+)'\)/g

export function pdfkitFonts(): Plugin {
  return {
    name: 'mailroom:pdfkit-fonts',
    transform: {
      filter: { id: /pdfkit\.node\.mjs$/ },
      handler(code) {
        const fonts = new Set([...code.matchAll(required)].map((match) => match[1] ?? ''))
        if (fonts.size !== 14) throw new Error(`pdfkit loads its fonts in another way than this plugin knows (${fonts.size} of 14 found)`)
        const imports = [...fonts].map((font) => `import font${font} from './standard-fonts/${font}.mjs'`).join('\n')
        return { code: `${imports}\n${code.replace(required, 'font$1')}`, map: null }
      },
    },
  }
}
