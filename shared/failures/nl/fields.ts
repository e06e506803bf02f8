/** Wat er mis is met één veld, in het Nederlands. */
import type { FieldProblemCode } from '../../model/field-problem.ts'
import type { FailureLanguage } from '../failure-words.ts'

export const fields: Readonly<Record<FieldProblemCode, string>> = {
  empty: 'Vul dit in.',
  'not-an-address': 'Dit is geen e-mailadres, zoals anna@example.nl.',
  'not-a-host': 'Dit kan geen naam van een server zijn, zoals mail.example.nl.',
  'not-a-url': 'Dit is geen adres dat met https:// begint.',
  'port-range': 'Een poort is een heel getal van 1 tot en met 65535.',
  'number-range': 'Dit getal is te klein of te groot.',
  'line-break': 'Dit moet één regel zijn, zonder regeleinden of tabs.',
  'too-long': 'Dit is te lang.',
  'not-a-fingerprint': 'Dit is geen vingerafdruk: 64 van de tekens 0–9 en a–f, met of zonder dubbele punten.',
  'not-a-time': 'Dit is geen tijdstip, zoals 2027-01-31T09:00 (de tijd van deze computer) of 2027-01-31T09:00:00Z.',
  'not-a-choice': 'Dit is geen van de keuzes.',
  'wrong-type': 'Hier wordt iets van een ander soort verwacht.',
  'unknown-field': 'Er is geen veld met deze naam.',
  'must-be-address': 'Deze server wil een volledig e-mailadres als gebruikersnaam.',
  'neither-direction': 'Kies verzenden, ontvangen, of allebei.',
  'passphrase-short': 'Gebruik minstens 10 tekens.',
  'no-recipient': 'Vul minstens één ontvanger in.',
  'needs-incoming': 'Er is geen server voor inkomende mail waarvan de aanmelding te gebruiken is.',
  'not-confirmed': 'Zonder versleuteling kunnen anderen het wachtwoord lezen: bevestig dat u dit wilt.',
  'name-taken': 'Er is er al een met deze naam.',
  'address-taken': 'Een ander contact heeft dit adres.',
  taken: 'Deze naam is al in gebruik.',
}

export const allowed: FailureLanguage['allowed'] = {
  choices: (all) => `Mogelijk zijn: ${all}.`,
  least: (bound) => `Minstens ${bound}.`,
  most: (bound) => `Hoogstens ${bound}.`,
  confirm: 'In een bestand: "clearTextConfirmed": true.',
  kinds: { text: 'Tekst tussen aanhalingstekens.', number: 'Een getal, zonder aanhalingstekens.', 'yes-or-no': 'true of false, zonder aanhalingstekens.', list: 'Een lijst: […].', object: 'Velden met elk een naam: {…}.' },
}
