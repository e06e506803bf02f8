/** Storingen rond accounts, onderdelen, contactpersonen en het zoeken naar instellingen, in het Nederlands. */
import { named, type WordsAbout } from '../failure-words.ts'
import { Account, account, detail } from './phrases.ts'

export const accounts: WordsAbout<'account' | 'unit' | 'contact' | 'discovery'> = {
  'account.unknown': (about) => ({
    title: 'Dat account is er niet',
    cause: `Geen enkel account heet ${named('', about.name, 'zo')}, en geen enkel heeft het als adres.`,
    remedy: 'Kijk in de lijst van accounts naar de juiste naam.',
  }),
  'account.ambiguous': (about) => ({
    title: 'Er past meer dan één account bij',
    cause: `${named('', about.name, 'Die naam')} past bij verschillende accounts${detail(about)}.`,
    remedy: 'Gebruik de eigen naam van het account, of zijn id.',
  }),
  'account.cannot-send': (about) => ({
    title: 'Dit account verzendt niet',
    cause: `${Account(about)} is alleen voor ontvangen ingesteld, of verzenden staat uit.`,
    remedy: 'Kies een ander account, of open dit met Wijzigen en vul een server voor uitgaande mail in.',
  }),
  'account.cannot-receive': (about) => ({
    title: 'Dit account ontvangt niet',
    cause: `${Account(about)} is alleen voor verzenden ingesteld.`,
    remedy: 'Kies een ander account, of open dit met Wijzigen en vul een server voor inkomende mail in.',
  }),
  'account.no-web-sign-in': (about) => ({
    title: 'Hier meldt niemand zich via het web aan',
    cause: about.host === undefined ? `${Account(about)} gebruikt een wachtwoord.` : `Bij ${about.host} meldt Mailroom zich met een wachtwoord aan, of helemaal niet.`,
    remedy: 'Wilt u zich liever via het web aanmelden, open het account dan met Wijzigen, of de server bij de instellingen, en kies dat als manier van aanmelden.',
  }),
  'account.paused': (about) => ({
    title: 'Het account is gepauzeerd',
    cause: `Het aanmelden mislukte eerder, dus Mailroom laat ${account(about)} met rust tot iemand ernaar gekeken heeft.`,
    remedy: 'Verbeter het wachtwoord en controleer het account: als dat lukt, is de pauze voorbij.',
  }),

  'unit.no-server': () => ({
    title: 'Er is geen server om te controleren',
    cause: 'Hier is geen server voor uitgaande mail ingevuld: mail gaat via die van het volgende niveau, als die er is.',
    remedy: 'Vul er een in: “mailroom organization set --help” en “mailroom units change --help” laten zien hoe.',
  }),
  'unit.unknown': (about) => ({
    title: 'Dat onderdeel is er niet',
    cause: `Geen enkel bedrijf, geen werkgever en geen afdeling heet ${named('', about.name, 'zo')}.`,
    remedy: 'Kijk in de lijst van onderdelen naar de juiste naam.',
  }),

  'contact.unknown': (about) => ({
    title: 'Dit contact is er niet',
    cause: `${named('Niemand met de naam ', about.name, 'Niemand')} staat bij uw contacten, of niet meer.`,
    remedy: 'Kijk nog eens in de lijst met contacten.',
  }),
  'contact.ambiguous': (about) => ({
    title: 'Meer contacten hebben deze naam',
    cause: `Er is meer dan één contact met de naam ${about.name ?? 'die u noemde'}.`,
    remedy: 'Gebruik in plaats daarvan een van de e-mailadressen van het contact.',
  }),
  'contact.address-taken': (about) => ({
    title: 'Dit adres hoort bij een ander contact',
    cause: `${about.address ?? 'Het adres'} is ${about.name === undefined ? 'van een ander contact' : `een adres van ${about.name}`}.`,
    remedy: 'Gaat het om dezelfde persoon, voeg de twee contacten dan samen.',
  }),

  'discovery.nothing-found': (about) => ({
    title: 'Er zijn geen instellingen gevonden',
    cause: `Over de mailservers voor ${about.address ?? 'dit adres'} is niets bekend.`,
    remedy: 'Vraag uw mailprovider naar de namen van de server voor inkomende en die voor uitgaande mail, en vul ze zelf in.',
  }),
  'discovery.no-mail': (about) => ({
    title: 'Dit domein ontvangt geen e-mail',
    cause: `${about.host ?? 'Het domein'} meldt zelf dat er geen e-mail wordt bezorgd; ${about.address ?? 'dit'} is dus vrijwel zeker niemands adres.`,
    remedy: 'Kijk of het adres goed gespeld is.',
  }),
}
