/** The part of libmime that is used here; the package brings no types of its own. */
declare module 'libmime' {
  interface Libmime {
    /** Unfolds a header block; keys are lower case, values not yet decoded. */
    decodeHeaders(block: string): Record<string, string[]>
    /** RFC 2047 encoded words, in any charset. */
    decodeWords(text: string): string
    /** A structured field with its parameters, RFC 2231 continuations joined. */
    parseHeaderValue(text: string): { value: string | false; params: Record<string, string> }
  }
  const libmime: Libmime
  export default libmime
}
