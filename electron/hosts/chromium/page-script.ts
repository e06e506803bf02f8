/**
 * The page's side of the wire: what the Chromium host adds to its own page before anything else runs there.
 *
 * The raw binding is taken off the page, so that nothing but `window.mailroom` can be used; texts that arrive before
 * somebody listens wait. In frames (a message's text) nothing is added, and their calls are refused by the host as well.
 */
export const bindingName = 'mailroomSend'
export const deliveryName = 'mailroomDeliver'

export const pageScript = `(() => {
  const send = globalThis.${bindingName}
  delete globalThis.${bindingName}
  if (globalThis.top !== globalThis || typeof send !== 'function') return
  const waiting = []
  const listeners = []
  Object.defineProperty(globalThis, '${deliveryName}', {
    value: (text) => { if (listeners.length === 0) waiting.push(text); for (const listener of listeners) listener(text) },
  })
  Object.defineProperty(globalThis, 'mailroom', {
    value: Object.freeze({
      send: (text) => { send(String(text)) },
      onMessage: (listener) => { listeners.push(listener); for (const text of waiting.splice(0)) listener(text) },
    }),
  })
  // Ctrl+N, T, H, U, J would open browser windows that have no place here.
  addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && ['t', 'h', 'u', 'j', 's', 'o', 'g'].includes(event.key.toLowerCase())) event.preventDefault()
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'n') event.preventDefault()
  }, true)
})()`
