/** The thread that reads words, with messages that no reader survives, told by their text. */
import { readWords } from '../../electron/mail/read-words.ts'
import { serveWords } from '../../electron/mail/serve-words.ts'

serveWords((bytes) => {
  const words = readWords(bytes)
  if (words.text.includes('throws')) throw new Error('malformed')
  for (let hangs = words.text.includes('hangs'); hangs; ) continue
  for (const eaten: string[][] = []; words.text.includes('devours'); ) eaten.push(Array.from({ length: 100_000 }, (_, at) => `${at}`))
  return words
})
