/** Hoe zinnen over storingen de server, het account, het bestand noemen waarover ze gaan, in het Nederlands. */
import { named, placeOf } from '../failure-words.ts'
import type { Evidence } from '../failure.ts'

export const server = (about: Evidence) => placeOf(about, 'poort', 'de server')
export const Server = (about: Evidence) => placeOf(about, 'poort', 'De server')
export const host = (about: Evidence) => about.host ?? 'de server'
export const Host = (about: Evidence) => about.host ?? 'De server'
export const account = (about: Evidence) => named('het account ', about.name, 'dit account')
export const Account = (about: Evidence) => named('Het account ', about.name, 'Dit account')
/** `-` is how a command line names its standard input. */
export const file = (about: Evidence) => (about.name === '-' ? 'Wat op de standaardinvoer kwam' : named('Het bestand ', about.name, 'Het bestand'))
export const after = ({ seconds }: Evidence) => (seconds === undefined ? 'binnen de toegestane tijd' : `binnen ${seconds} seconden`)
export const page = ({ page }: Evidence) => (page === undefined ? '' : ` De pagina daarvoor is ${page}`)
export const detail = ({ detail }: Evidence) => (detail === undefined ? '' : ` (${detail})`)
