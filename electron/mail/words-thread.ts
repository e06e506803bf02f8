/** The program of the worker thread that reads the words of messages. */
import { readWords } from './read-words.ts'
import { serveWords } from './serve-words.ts'

serveWords(readWords)
