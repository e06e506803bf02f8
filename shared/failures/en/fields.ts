/** What is wrong with one field, in English. */
import type { FieldProblemCode } from '../../model/field-problem.ts'
import type { FailureLanguage } from '../failure-words.ts'

export const fields: Readonly<Record<FieldProblemCode, string>> = {
  empty: 'Fill this in.',
  'not-an-address': 'This is not an e-mail address, such as anna@example.nl.',
  'not-a-host': 'This cannot be the name of a server, such as mail.example.nl.',
  'not-a-url': 'This is not an address that begins with https://.',
  'port-range': 'A port is a whole number from 1 to 65535.',
  'number-range': 'This number is too small or too large.',
  'line-break': 'This must be one line, without line breaks or tabs.',
  'too-long': 'This is too long.',
  'not-a-fingerprint': 'This is not a fingerprint: 64 of the digits 0–9 and a–f, with or without colons.',
  'not-a-time': 'This is not a time, such as 2027-01-31T09:00 (this computer’s time) or 2027-01-31T09:00:00Z.',
  'not-a-choice': 'This is not one of the choices.',
  'wrong-type': 'Something of another kind is expected here.',
  'unknown-field': 'There is no field of this name.',
  'must-be-address': 'This server wants a full e-mail address as user name.',
  'neither-direction': 'Choose sending, receiving, or both.',
  'passphrase-short': 'Use at least 10 characters.',
  'no-recipient': 'Fill in at least one recipient.',
  'needs-incoming': 'There is no incoming server whose sign-in could be used.',
  'not-confirmed': 'Without encryption others can read the password: confirm that you want this.',
  'name-taken': 'There is already one with this name.',
  'address-taken': 'Another contact has this address.',
  taken: 'This name is in use already.',
}

export const allowed: FailureLanguage['allowed'] = {
  choices: (all) => `Possible are: ${all}.`,
  least: (bound) => `At least ${bound}.`,
  most: (bound) => `At most ${bound}.`,
  confirm: 'In a file: "clearTextConfirmed": true.',
  kinds: { text: 'Text in quotes.', number: 'A number, without quotes.', 'yes-or-no': 'true or false, without quotes.', list: 'A list: […].', object: 'Fields with a name each: {…}.' },
}
