/** What is said around the screens, in Dutch. */
import type { shell as english } from '../en/shell.ts'

export const shell: typeof english = {
  program: 'Mailroom',
  places: {
    mail: 'E-mail',
    outbox: 'Postvak UIT',
    templates: 'Sjablonen',
    contacts: 'Contacten',
    activity: 'Activiteit',
    accounts: 'Accounts',
    settings: 'Instellingen',
  },
  navigation: 'Onderdelen',
  skipToContent: 'Naar de inhoud',
  unread: (count) => `${count} ongelezen`,
  waiting: (count) => `${count} wachten op verzending`,
  needsAttention: (count) => `${count} vragen aandacht`,
  newMail: 'Nieuwe e-mail',
  sendReceive: 'Alles verzenden en ontvangen',
  starting: 'Mailroom wordt gestart',
  notices: 'Berichten van Mailroom',
  justHappened: 'Wat er net gebeurde',
  loadingScreen: 'Een ogenblik',
  screenBroke: {
    title: 'Dit scherm werkt niet meer',
    body: 'Dit is een fout in Mailroom, niet van u. Uw e-mail en accounts zijn veilig. Probeer het opnieuw of ga naar een ander scherm.',
    again: 'Opnieuw proberen',
  },
  promoted: (name) => `${name} is nu het standaardaccount voor verzenden.`,
  promotedNone: 'Geen enkel account kan nu verzenden, dus er is geen standaardaccount.',
}
