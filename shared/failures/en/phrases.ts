/** How sentences about failures name the server, the account, the file they are about, in English. */
import { named, placeOf } from '../failure-words.ts'
import type { Evidence } from '../failure.ts'

export const server = (about: Evidence) => placeOf(about, 'port', 'the server')
export const Server = (about: Evidence) => placeOf(about, 'port', 'The server')
export const host = (about: Evidence) => about.host ?? 'the server'
export const Host = (about: Evidence) => about.host ?? 'The server'
export const account = (about: Evidence) => named('the account ', about.name, 'this account')
export const Account = (about: Evidence) => named('The account ', about.name, 'This account')
/** `-` is how a command line names its standard input. */
export const file = (about: Evidence) => (about.name === '-' ? 'What came on standard input' : named('The file ', about.name, 'The file'))
export const after = ({ seconds }: Evidence) => (seconds === undefined ? 'within the time allowed' : `within ${seconds} seconds`)
export const page = ({ page }: Evidence) => (page === undefined ? '' : ` The page for that is ${page}`)
export const detail = ({ detail }: Evidence) => (detail === undefined ? '' : ` (${detail})`)
