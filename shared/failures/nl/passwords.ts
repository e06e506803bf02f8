/** Storingen rond de plek voor wachtwoorden, in het Nederlands. */
import { named, type WordsAbout } from '../failure-words.ts'
import { detail, file } from './phrases.ts'

export const passwords: WordsAbout<'secrets' | 'vault'> = {
  'secrets.locked': (about) => ({
    title: 'De plek voor wachtwoorden is op slot',
    cause: `${named('', about.name, 'De sleutelbos (waarin deze computer wachtwoorden bewaart)')} moet open zijn voordat Mailroom een wachtwoord kan lezen of bewaren.`,
    remedy: 'Maak hem open, met de aanmelding van uw computer of de wachtwoordzin, en probeer het opnieuw. Er is niets veranderd.',
  }),
  'secrets.absent': () => ({
    title: 'Er is geen plek om wachtwoorden te bewaren',
    cause: 'Op deze computer draait geen sleutelbos (een veilige plek voor wachtwoorden), dus het wachtwoord kon niet worden bewaard.',
    remedy: 'Kies waar wachtwoorden heen gaan: alleen in het geheugen, tot Mailroom stopt (--secret-place session), of in een bestand met een wachtwoordzin (mailroom secrets use vault; in het venster onder Instellingen).',
  }),
  'secrets.failed': (about) => ({
    title: 'De sleutelbos meldde een storing',
    cause: `De plek waar deze computer wachtwoorden bewaart, kon niet doen wat er werd gevraagd${detail(about)}.`,
    remedy: 'Meld u af van deze computer en weer aan, en probeer het nog eens. Er is geen wachtwoord overschreven.',
  }),

  'vault.wrong-passphrase': () => ({
    title: 'De wachtwoordzin klopt niet',
    cause: 'Het bestand met uw wachtwoorden gaat er niet mee open.',
    remedy: 'Typ hem opnieuw, en let op hoofdletters. Zonder wachtwoordzin kan niemand het bestand openen; dan moeten de wachtwoorden opnieuw worden getypt.',
  }),
  'vault.damaged': (about) => ({
    title: 'Het bestand met wachtwoorden is beschadigd',
    cause: `${file(about)} is niet meer te lezen. Het is gelaten zoals het is.`,
    remedy: 'Zet een reservekopie terug, of maak een nieuwe kluis (het bestand voor wachtwoorden) en typ de wachtwoorden opnieuw.',
  }),
}
