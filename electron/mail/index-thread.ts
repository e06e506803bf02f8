/** The program of the worker thread that reads the words of messages and writes them into the search index. */
import { readWords } from './read-words.ts'
import { takeInWords } from './take-in-words.ts'

takeInWords(readWords)
