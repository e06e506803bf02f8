/** Storingen rond de schijf, de instellingen en de gegevensmap, in het Nederlands. */
import { named, type WordsAbout } from '../failure-words.ts'
import { detail } from './phrases.ts'

export const storage: WordsAbout<'storage' | 'settings' | 'data-folder'> = {
  'storage.full': () => ({
    title: 'De schijf is vol',
    cause: 'Er is geen plaats meer om iets op te slaan. Wat al opgeslagen was, is veilig, en op de server is niets verwijderd.',
    remedy: 'Maak ruimte op de schijf en probeer het opnieuw.',
  }),
  'storage.failed': (about) => ({
    title: 'De schijf deed niet wat er werd gevraagd',
    cause: `Een bestand kon niet worden gelezen of geschreven${about.name === undefined ? '' : ` (${about.name})`}${detail(about)}.`,
    remedy: 'Controleer of de schijf is aangesloten en of u in de map van Mailroom mag schrijven; probeer het daarna opnieuw.',
  }),
  'storage.damaged': (about) => ({
    title: 'De gegevens van Mailroom zijn beschadigd',
    cause: `${named('', about.name, 'Een bestand in de map van Mailroom')} is niet te lezen als wat het hoort te zijn. Het is gelaten zoals het is.`,
    remedy: 'Zet de map terug uit een reservekopie. De berichten zelf zijn losse bestanden: verplaats de bestanden waarvan de naam met “mailroom.db” begint naar een andere plek, en “mailroom doctor --rebuild” op de opdrachtregel maakt de lijst met ontvangen mail opnieuw. Wat in het Postvak UIT wacht, hoort daar niet bij.',
  }),

  'settings.damaged': (about) => ({
    title: 'De instellingen konden niet worden gelezen',
    cause: `Het bestand met instellingen was beschadigd en is apart gezet${about.name === undefined ? '' : ` als ${about.name}`}. Er is niets verwijderd.`,
    remedy: 'Kijk uw accounts na. Wat ontbreekt kunt u opnieuw toevoegen, of uit het apart gezette bestand halen.',
  }),
  'settings.newer': (about) => ({
    title: 'De instellingen zijn van een nieuwere Mailroom',
    cause: `${named('', about.name, 'Het bestand met instellingen')} is geschreven door een nieuwere versie van dit programma. Het is niet aangeraakt.`,
    remedy: 'Gebruik de nieuwere Mailroom, of een andere gegevensmap.',
  }),

  'data-folder.still-there': (about) => ({
    title: 'De map waaruit is gekopieerd, is er nog',
    cause: `${named('', about.name, 'De andere map')} heeft nog een lijst met mail: er is gekopieerd, niet verplaatst, en beide zouden dezelfde mails kunnen verzenden.`,
    remedy: 'Verwijder de andere map, of geef haar een andere naam, als niets haar meer gebruikt; zeg dan nog eens dat er is verplaatst. Kijk anders in de map Verzonden en antwoord voor elke mail.',
  }),
  'data-folder.of-others': (about) => ({
    title: 'Deze map is niet van Mailroom',
    cause: `In ${named('', about.name, 'de map')} staat iets anders, en in deze map zou het een het ander kunnen schaden. Er is niets veranderd.`,
    remedy: 'Noem een lege map, of een die nog niet bestaat.',
  }),
  'data-folder.in-use': (about) => ({
    title: 'Mailroom is al gestart',
    cause: `Een andere Mailroom gebruikt dezelfde map${about.name === undefined ? '' : ` (${about.name})`}, en gaf geen antwoord.`,
    remedy: 'Gebruik de Mailroom die openstaat, of sluit die en probeer het opnieuw.',
  }),
}
