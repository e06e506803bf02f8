/** The program of the thread that writes messages into their files. */
import { serveFiling } from './serve-filing.ts'

serveFiling()
