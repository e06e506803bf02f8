/**
 * Shows cleaned HTML in a frame that can run nothing and load nothing: no script permission, a policy that allows pictures
 * inside the message only, and no links the frame could follow. White paper in every theme, as its writer expected.
 */
import { makeStyles, tokens } from '@fluentui/react-components'
import { useEffect, useRef } from 'react'
import type { SafeHtml } from './safe-html.ts'

const useStyles = makeStyles({
  frame: { border: 'none', flexGrow: 1, width: '100%', minHeight: '200px', backgroundColor: '#ffffff', borderRadius: tokens.borderRadiusMedium, '&[data-reached]': { outline: `2px solid ${tokens.colorStrokeFocus2}` } },
})

const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"

const paper = `
  :root { color-scheme: light; background: #ffffff; color: #242424; font: 14px/1.45 "Segoe UI", "Segoe UI Web", -apple-system, "Noto Sans", sans-serif; }
  body { margin: 12px 16px 24px; overflow-wrap: anywhere; }
  img { max-width: 100%; }
  [data-goes] { color: #115ea3; text-decoration: underline; cursor: pointer; }
  [data-goes]:focus-visible { outline: 2px solid #000000; outline-offset: 2px; }
  .mailroom-not-shown { display: inline-block; padding: 2px 8px; border: 1px dashed #8a8a8a; border-radius: 4px; color: #5c5c5c; font-size: 12px; }
  pre { white-space: pre-wrap; }
`

export function HtmlView(props: {
  readonly content: SafeHtml
  readonly title: string
  /** Somebody wants to follow a link; `text` is what the message shows for it. */
  readonly onLink: (text: string, address: string) => void
}) {
  const { content, title, onLink } = props
  const styles = useStyles()
  const frame = useRef<HTMLIFrameElement>(null)
  const follow = useRef(onLink)
  useEffect(() => void (follow.current = onLink), [onLink])

  const dress = () => {
    const page = frame.current?.contentDocument
    const inside = frame.current?.contentWindow as (Window & typeof globalThis) | null
    if (frame.current === null || page === null || page === undefined || inside === null) return
    applyStyles(page, inside, content.styles)
    const open = (event: Event) => {
      const link = event.target instanceof inside.Element ? event.target.closest('[data-goes]') : null
      if (link === null) return
      event.preventDefault()
      follow.current(link.textContent, link.getAttribute('data-goes') ?? '')
    }
    showReached(frame.current, page, inside)
    page.addEventListener('click', open)
    page.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') open(event)
      // The screen's keys work while the message has the focus, too.
      else if (frame.current?.dispatchEvent(new KeyboardEvent('keydown', { ...keyOf(event), bubbles: true, cancelable: true })) === false) event.preventDefault()
    })
  }

  return <iframe ref={frame} className={styles.frame} title={title} sandbox="allow-same-origin" srcDoc={documentOf(content.body)} onLoad={dress} />
}

function documentOf(body: string): string {
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="referrer" content="no-referrer"></head><body>${body}</body></html>`
}

/** A frame whose page has the focus does not match `:focus`. Shown to whoever came with the keyboard, not after a click. */
function showReached(frame: HTMLIFrameElement, page: Document, inside: Window): void {
  let pointed = false
  page.addEventListener('pointerdown', () => { pointed = true })
  inside.addEventListener('focus', () => {
    frame.toggleAttribute('data-reached', !pointed)
    pointed = false
  })
  inside.addEventListener('blur', () => frame.removeAttribute('data-reached'))
}

/** Through the object model, which the window's policy (styles by nonce only, inherited by the frame) lets pass. */
function applyStyles(page: Document, inside: Window & typeof globalThis, sheets: readonly string[]): void {
  page.adoptedStyleSheets = [paper, ...sheets].map((text) => {
    const sheet = new inside.CSSStyleSheet()
    sheet.replaceSync(text)
    return sheet
  })
  for (const element of page.querySelectorAll<HTMLElement>('[data-style]')) element.style.cssText = element.dataset.style ?? ''
}

function keyOf({ key, code, ctrlKey, shiftKey, altKey, metaKey }: KeyboardEvent): KeyboardEventInit {
  return { key, code, ctrlKey, shiftKey, altKey, metaKey }
}
