/** The thread that writes the search index, with messages that no reader survives, told by their text. */
import { readWords } from '../../electron/mail/read-words.ts'
import { takeInWords } from '../../electron/mail/take-in-words.ts'

takeInWords((bytes) => {
  const words = readWords(bytes)
  if (words.text.includes('throws')) throw new Error('malformed')
  while (words.text.includes('hangs')) continue
  // In small bites, as a parser would: V8 gives up on the whole process when one is larger than what it keeps in reserve. A list
  // that grows would be copied in one.
  let eaten: unknown = null
  while (words.text.includes('devours')) eaten = [eaten]
  return words
})
