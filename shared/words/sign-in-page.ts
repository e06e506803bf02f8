/** What the browser shows when somebody comes back from signing in, in every language. */
import type { Language } from '../model/preferences.ts'

interface Page {
  readonly title: string
  readonly text: string
}

export const signInPages: Readonly<Record<Language, { readonly well: Page; readonly badly: Page; readonly stranger: Page }>> = {
  en: {
    well: { title: 'You are signed in', text: 'You can close this page and go back to Mailroom.' },
    badly: { title: 'The sign-in did not work', text: 'Go back to Mailroom: it says why, and what to do. You can close this page.' },
    stranger: { title: 'Nothing to see here', text: 'This address belongs to Mailroom on this computer, and was asked for something it does not know. You can close this page.' },
  },
  nl: {
    well: { title: 'U bent aangemeld', text: 'U kunt deze pagina sluiten en teruggaan naar Mailroom.' },
    badly: { title: 'Het aanmelden is niet gelukt', text: 'Ga terug naar Mailroom: daar staat waarom, en wat u kunt doen. U kunt deze pagina sluiten.' },
    stranger: { title: 'Hier is niets te zien', text: 'Dit adres hoort bij Mailroom op deze computer, en kreeg een vraag die het niet kent. U kunt deze pagina sluiten.' },
  },
}
