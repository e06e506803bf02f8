/** The program of the thread that freezes many mails. */
import { serveFreezing } from './serve-freezing.ts'

serveFreezing()
