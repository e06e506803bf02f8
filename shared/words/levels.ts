/** What the window and the command line say about the organization, its units and which outgoing server wins: the same words. */
import type { Unit } from '../model/levels.ts'
import type { Language } from '../model/preferences.ts'
import type { Rung, RungReason } from '../model/way-out.ts'

export interface LevelWords {
  readonly levels: Readonly<Record<Rung['level'], string>>
  readonly kinds: Readonly<Record<Unit['kind'], string>>
  readonly because: Readonly<Record<RungReason, string>>
  /** The rule, in a sentence. */
  readonly rule: string
  readonly wayOut: string
  readonly noWayOut: string
  /** B7: what was proven, and what cannot be. */
  readonly sendAsYes: (address: string) => string
  readonly sendAsOpen: string
}

export const levelWords: Readonly<Record<Language, LevelWords>> = {
  en: {
    levels: { account: 'Account', unit: 'Unit', organization: 'Organization' },
    kinds: { company: 'Company', employer: 'Employer', department: 'Department' },
    because: { wins: 'used', none: 'no server filled in', 'switched-off': 'switched off', 'further-away': 'not used: a nearer one is switched on' },
    rule: 'The nearest server that is switched on is used: the account’s own first, then that of its unit, then the organization’s.',
    wayOut: 'Server for outgoing mail',
    noWayOut: 'No server is switched on: this account cannot send.',
    sendAsYes: (address) => `The server accepts ${address} as sender.`,
    sendAsOpen: 'This proves the sender of the envelope. Some servers still change or refuse another address in the From line; only a mail that was really sent shows that.',
  },
  nl: {
    levels: { account: 'Account', unit: 'Onderdeel', organization: 'Organisatie' },
    kinds: { company: 'Bedrijf', employer: 'Werkgever', department: 'Afdeling' },
    because: { wins: 'gebruikt', none: 'geen server ingevuld', 'switched-off': 'uitgeschakeld', 'further-away': 'niet gebruikt: een nabijere staat aan' },
    rule: 'De dichtstbijzijnde server die aanstaat wordt gebruikt: eerst die van het account zelf, dan die van het onderdeel, dan die van de organisatie.',
    wayOut: 'Server voor uitgaande mail',
    noWayOut: 'Er staat geen server aan: dit account kan niet verzenden.',
    sendAsYes: (address) => `De server accepteert ${address} als afzender.`,
    sendAsOpen: 'Dit bewijst de afzender op de envelop. Sommige servers veranderen of weigeren een ander adres in de regel Van; dat blijkt pas uit een mail die echt is verzonden.',
  },
}
