/** Wat er gezegd wordt over aanmelden via het web, in het Nederlands. */
import type { signIn as english } from '../en/sign-in.ts'

export const signIn: typeof english = {
  button: (provider) => `Aanmelden bij ${provider}`,
  again: 'Opnieuw aanmelden',
  hint: (provider) => `Uw browser opent de eigen pagina van ${provider}. Mailroom ziet uw wachtwoord nooit: ${provider} geeft het een toestemming die u daar altijd weer kunt intrekken.`,
  waiting: (provider) => `Wacht tot u bent aangemeld bij ${provider}`,
  waitingHint: 'Ga verder in het browservenster dat is geopend. Kom hier terug als dat daar staat.',
  stopWaiting: 'Niet meer wachten',
  openAgain: 'De pagina opnieuw openen',
  signedIn: (who, provider) => (who === '' ? `Aangemeld bij ${provider}` : `Aangemeld als ${who} bij ${provider}`),
  signOut: 'Afmelden',
  signedOut: (name) => `“${name}” is afgemeld. De mail wacht tot u zich weer aanmeldt.`,
  sharedMailbox: 'Het is een gedeelde mailbox: zo aanmelden',
  first: 'Meld u eerst aan.',
  notReady: (provider) => `${provider} biedt ook aanmelden via het web, maar Mailroom is daar niet geregistreerd: in de instellingen ontbreekt een client-id.`,
  noPassword: (provider) => `${provider} laat u aanmelden op de eigen website: dat komt hierna, en daar is hier geen wachtwoord voor nodig.`,
  manage: 'Aanmelding…',
  dialogTitle: (name) => `Aanmelding van ${name}`,
}
