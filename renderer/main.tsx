/** Starts the window over the wire its host put into the page. */
import './bridge/zod-without-eval.ts'
import { createDOMRenderer } from '@fluentui/react-components'
import { createRoot } from 'react-dom/client'
import type { Wire } from '../shared/contract/caller.ts'
import { wireCaller } from './bridge/wire-caller.ts'
import { Program } from './shell/program.tsx'

declare global {
  interface Window {
    readonly mailroom: Wire
  }
}

/** The policy lets only styles with this page's nonce in; browsers hide it from the attribute, not from the property. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
const renderer = createDOMRenderer(document, nonce === '' ? {} : { styleElementAttributes: { nonce } })
const root = document.getElementById('root')
if (root === null) throw new Error('the page has no #root')
createRoot(root).render(<Program caller={wireCaller(window.mailroom)} renderer={renderer} />)
