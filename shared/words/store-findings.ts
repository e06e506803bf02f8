/** What the doctor found in the stored mail and its index, in every language. */
import type { Language } from '../model/preferences.ts'
import type { StoreFinding } from '../model/store-findings.ts'

export interface StoreFindingWords {
  /** Before a count or a file's name. */
  readonly findings: Readonly<Record<StoreFinding, string>>
  /** What it means and what to do, where that is not plain. */
  readonly advice: Readonly<Partial<Record<StoreFinding, { readonly found: string; readonly rebuilt: string }>>>
}

const same = (words: string) => ({ found: words, rebuilt: words })

export const storeFindingWords: Readonly<Record<Language, StoreFindingWords>> = {
  en: {
    findings: {
      'file-missing': 'Messages whose file is missing',
      'file-changed': 'Messages whose file was changed',
      'file-unreadable': 'Message files that cannot be read',
      'file-unknown': 'Message files that are in no list',
      'not-searchable': 'Messages that a search does not find',
      'search-leftover': 'Search words of messages that are gone',
      'search-damaged': 'Search index damaged',
      'not-in-ledger': 'Messages that would be fetched a second time',
      'in-no-folder': 'Messages that no folder shows',
      'double': 'Second copies of the same message, left as they are',
      'strange-name': 'Files that Mailroom did not name, left as they are',
    },
    advice: {
      'file-missing': {
        found: 'Put the files back from a backup, or rebuild the index: the messages are then fetched again, where the server still has them.',
        rebuilt: 'The next fetch brings these messages again, where the server still has them. For the others, put the files back from a backup.',
      },
      'file-unreadable': same('Check that the disk is connected and that you may read these files.'),
      'file-unknown': {
        found: 'Rebuilding the index puts them back into the list.',
        rebuilt: 'They are in the list again, as unread and private: what was known of that is lost. Until the next fetch has recognised them on the server, nothing of them is removed there.',
      },
    },
  },
  nl: {
    findings: {
      'file-missing': 'Berichten waarvan het bestand ontbreekt',
      'file-changed': 'Berichten waarvan het bestand is gewijzigd',
      'file-unreadable': 'Berichtbestanden die niet te lezen zijn',
      'file-unknown': 'Berichtbestanden die in geen lijst staan',
      'not-searchable': 'Berichten die een zoekopdracht niet vindt',
      'search-leftover': 'Zoekwoorden van berichten die weg zijn',
      'search-damaged': 'Zoekindex beschadigd',
      'not-in-ledger': 'Berichten die nog eens opgehaald zouden worden',
      'in-no-folder': 'Berichten die in geen map staan',
      'double': 'Tweede exemplaren van hetzelfde bericht, gelaten zoals ze zijn',
      'strange-name': 'Bestanden die hun naam niet van Mailroom hebben, gelaten zoals ze zijn',
    },
    advice: {
      'file-missing': {
        found: 'Zet de bestanden terug uit een reservekopie, of bouw de index opnieuw op: dan worden de berichten weer opgehaald, als de server ze nog heeft.',
        rebuilt: 'De volgende keer dat u mail ophaalt, komen deze berichten terug, als de server ze nog heeft. Zet de bestanden van de andere terug uit een reservekopie.',
      },
      'file-unreadable': same('Controleer of de schijf is aangesloten en of u deze bestanden mag lezen.'),
      'file-unknown': {
        found: 'De index opnieuw opbouwen zet ze terug in de lijst.',
        rebuilt: 'Ze staan weer in de lijst, als ongelezen en privé: wat daarover bekend was, is verloren. Tot ze bij het ophalen op de server zijn herkend, wordt daar niets van ze verwijderd.',
      },
    },
  },
}
