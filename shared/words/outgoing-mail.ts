/** The states of a mail on its way out, and of its recipients: the same words on the screen and on the command line. */
import type { OutgoingState, Recipient, ShownState } from '../model/outgoing-mail.ts'
import type { Language } from '../model/preferences.ts'

export interface OutgoingWords {
  readonly states: Readonly<Record<ShownState, string>>
  /** What each state means, for the story of a mail. */
  readonly story: Readonly<Record<OutgoingState, string>>
  readonly recipients: Readonly<Record<Recipient['state'], string>>
  /** An attempt that failed for now. */
  readonly putOff: string
  /** Behind it. */
  readonly nextTry: (date: string) => string
  /** A queue that does not move: so many, of this account. */
  readonly waiting: (count: string, isOne: boolean, account: string) => string
  readonly notByItself: string
}

export const outgoingWords: Readonly<Record<Language, OutgoingWords>> = {
  en: {
    states: {
      draft: 'Draft', scheduled: 'Scheduled', held: 'On hold', ready: 'Ready to send', sending: 'Sending', submitting: 'Sending', sent: 'Sent', error: 'Error',
      unknown: 'Outcome unknown', cancelled: 'Cancelled', partly: 'Sent to some', delivered: 'Delivered', bounced: 'Bounced', read: 'Read',
    },
    story: {
      draft: 'Written, not queued yet',
      scheduled: 'Queued for a later time',
      held: 'Put on hold',
      ready: 'Ready to send',
      sending: 'Taken for sending',
      submitting: 'Handed to the server',
      sent: 'Accepted by the server',
      error: 'Refused',
      unknown: 'No answer recorded: it may have been sent or not',
      cancelled: 'Cancelled',
    },
    recipients: { waiting: 'waiting', accepted: 'accepted', deferred: 'refused for now', refused: 'refused' },
    putOff: 'Tried, and put off',
    nextTry: (date) => `Next try: ${date}`,
    waiting: (count, isOne, account) => (isOne ? `${count} mail of ${account} waits.` : `${count} mails of ${account} wait.`),
    notByItself: 'It is not tried again by itself.',
  },
  nl: {
    states: {
      draft: 'Concept', scheduled: 'Gepland', held: 'Vastgehouden', ready: 'Klaar om te verzenden', sending: 'Bezig met verzenden', submitting: 'Bezig met verzenden', sent: 'Verzonden', error: 'Fout',
      unknown: 'Uitkomst onbekend', cancelled: 'Geannuleerd', partly: 'Deels verzonden', delivered: 'Bezorgd', bounced: 'Teruggekomen', read: 'Gelezen',
    },
    story: {
      draft: 'Geschreven, nog niet in de wachtrij',
      scheduled: 'In de wachtrij voor een later tijdstip',
      held: 'Vastgehouden',
      ready: 'Klaar om te verzenden',
      sending: 'Opgepakt om te verzenden',
      submitting: 'Aan de server aangeboden',
      sent: 'Door de server aangenomen',
      error: 'Geweigerd',
      unknown: 'Geen antwoord vastgelegd: misschien verzonden, misschien niet',
      cancelled: 'Geannuleerd',
    },
    recipients: { waiting: 'wacht', accepted: 'aangenomen', deferred: 'voorlopig geweigerd', refused: 'geweigerd' },
    putOff: 'Geprobeerd en uitgesteld',
    nextTry: (date) => `Volgende poging: ${date}`,
    waiting: (count, isOne, account) => (isOne ? `${count} mail van ${account} wacht.` : `${count} mails van ${account} wachten.`),
    notByItself: 'Uit zichzelf wordt het niet opnieuw geprobeerd.',
  },
}
