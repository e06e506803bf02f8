/**
 * Turns a message's HTML into something that can be looked at and do nothing: no scripts, forms, frames or plug-ins, no
 * request to anywhere, and no link that the page could follow by itself (where a link goes is kept in `data-goes`; the
 * window asks before it opens it). Needs a real browser's DOM: on imitations DOMPurify is not sound.
 *
 * Second line: the frame it is shown in has no script permission and a policy of its own, see `html-view.tsx`.
 */
import createDOMPurify, { type WindowLike } from 'dompurify'

export interface SafeHtml {
  /** For the frame's body. Style attributes are in `data-style`, because the window's policy refuses inline styles. */
  readonly body: string
  /** The message's own style sheets. */
  readonly styles: readonly string[]
  /** How many things on the internet it wanted to show. */
  readonly remote: number
}

/** Longer ones would hold up the window; their plain text is shown instead. */
export const longestHtml = 2_000_000

const remoteAttributes = ['src', 'srcset', 'background', 'poster', 'data', 'xlink:href']

export function safeHtml(unsafe: string, page: WindowLike): SafeHtml {
  let remote = 0
  const purify = createDOMPurify(page)
  purify.addHook('uponSanitizeAttribute', (_, attribute) => {
    if (!remoteAttributes.includes(attribute.attrName) || /^data:image\//i.test(attribute.attrValue.trim())) return
    if (isRemote(attribute.attrValue)) remote += 1
    attribute.keepAttr = false
  })
  purify.addHook('uponSanitizeElement', (node, { tagName }) => {
    if (tagName === 'link' && /stylesheet/i.test((node as Element).getAttribute('rel') ?? '')) remote += 1
  })
  const body = purify.sanitize(withStylesSetAside(unsafe), {
    USE_PROFILES: { html: true },
    RETURN_DOM: true,
    FORBID_TAGS: ['form', 'input', 'button', 'select', 'option', 'textarea', 'dialog', 'audio', 'video', 'source', 'track', 'picture'],
    FORBID_ATTR: ['target', 'ping', 'download', 'autofocus', 'tabindex', 'accesskey', 'contenteditable', 'usemap'],
    ALLOW_DATA_ATTR: false,
    ADD_ATTR: ['data-style'],
    // "color: red" is no address; it would be refused as one with an unknown scheme.
    ADD_URI_SAFE_ATTR: ['data-style'],
    // A style at the very beginning would otherwise be taken for part of a head and dropped.
    FORCE_BODY: true,
    // With RETURN_DOM the answer is the body element; its type says only Node.
  }) as HTMLElement

  const sheets = [...body.querySelectorAll('style')].map((style) => {
    style.remove()
    remote += remoteIn(style.textContent ?? '')
    return withoutRemote(style.textContent ?? '')
  })
  for (const picture of body.querySelectorAll('img:not([src])')) replaceByWords(picture)
  for (const element of [body, ...body.querySelectorAll('[style], [data-style]')]) {
    const style = element.getAttribute('data-style') ?? element.getAttribute('style') ?? ''
    if (style === '') continue
    remote += remoteIn(style)
    element.setAttribute('data-style', withoutRemote(style))
    element.removeAttribute('style')
  }
  for (const link of body.querySelectorAll('a, area')) {
    const goes = link.getAttribute('href')
    link.removeAttribute('href')
    if (goes === null || goes.startsWith('#')) continue
    link.setAttribute('data-goes', goes)
    link.setAttribute('role', 'link')
    link.setAttribute('tabindex', '0')
    link.setAttribute('title', goes)
  }
  // The message's own body may carry its colours and its type face.
  const whole = body.ownerDocument.createElement('div')
  whole.setAttribute('data-style', body.getAttribute('data-style') ?? '')
  whole.append(...body.childNodes)
  return { body: whole.outerHTML, styles: sheets, remote }
}

/** A picture that is not shown becomes its description; one without (a counter of readers, mostly) goes. */
function replaceByWords(picture: Element): void {
  const words = picture.getAttribute('alt')?.trim() ?? ''
  if (words === '') return picture.remove()
  const place = picture.ownerDocument.createElement('span')
  place.setAttribute('class', 'mailroom-not-shown')
  place.textContent = words
  picture.replaceWith(place)
}

/**
 * Renames style attributes before the text is parsed, because the window's policy reports every one that a parser meets.
 * One that is missed is only reported, not let through: nothing here is relied on for safety.
 */
function withStylesSetAside(unsafe: string): string {
  return unsafe.replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/(\s)style(\s*=)/i, '$1data-style$2'))
}

function isRemote(address: string): boolean {
  return /^\s*(?:https?:|\/\/)/i.test(address)
}

const remoteInStyle = /url\(\s*['"]?\s*(?:https?:|\/\/)[^)]*\)|@import[^;]*;?/gi

function remoteIn(style: string): number {
  return [...style.matchAll(remoteInStyle)].length
}

/** Keeps the frame from asking at all; what is written so that this misses it is refused by the frame's policy. */
function withoutRemote(style: string): string {
  return style.replace(remoteInStyle, (found) => (found.startsWith('@') ? '' : 'none'))
}
