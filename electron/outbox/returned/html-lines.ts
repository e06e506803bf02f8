/** The lines a person would see of an HTML text, roughly: enough to find addresses and a server's words in. One pass, linear. */

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ', apos: "'", '#39': "'", '#64': '@' }

export function htmlLines(html: string): string {
  return html
    .replaceAll(/\r?\n/g, ' ')
    .replaceAll(/<(?:br|\/?(?:p|div|tr|td|li|h\d|table|pre|blockquote|title))\b[^<>]{0,2000}>/gi, '\n')
    .replaceAll(/<[a-z/!][^<>]{0,5000}>/gi, '')
    .replaceAll(/&(#?\w{2,6});/g, (whole, name: string) => entities[name] ?? whole)
}
