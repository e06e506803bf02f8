/** What is unusual about an inbox on its server and what that means for its owner, in every language. */
import { assertNever } from '../failures/failure.ts'
import type { Language } from '../model/preferences.ts'
import type { ServerAdvice } from '../model/server-advice.ts'

export function serverAdviceWords(advice: ServerAdvice, language: Language): string {
  return language === 'nl' ? inDutch(advice) : inEnglish(advice)
}

const days = (count: number, one: string, more: string) => (count === 1 ? one : `${count} ${more}`)

function inEnglish(advice: ServerAdvice): string {
  switch (advice.kind) {
    case 'no-message-ids':
      return 'This server does not number its messages (no UIDL). Mailroom looks at the beginning of each of them to know which are new: nothing is fetched twice, but every check takes longer.'
    case 'unclear-message-ids':
      return `The server’s numbers do not tell ${days(advice.count, 'one message', 'messages')} apart from others. Mailroom goes by the beginning of each of them instead.`
    case 'changed-message-ids':
      return `The server gave new numbers to ${days(advice.count, 'one message that is', 'messages that are')} here already. Mailroom recognised them and did not keep them twice. If this happens at every check, the server makes checking slow: ask its operator about changing UIDLs, or use IMAP.`
    case 'wrong-sizes':
      return `${days(advice.count, 'One message had', 'messages had')} another size than the server had said. What was stored is what the server sent, complete to its end mark.`
    case 'undoubled-dots':
      return `${days(advice.count, 'One message begins', 'messages begin')} with a dot, which this server sends in a way that could be taken for the end. Mailroom fetched ${advice.count === 1 ? 'it' : 'them'} twice to be sure; what was stored is complete.`
    case 'expires':
      return advice.days === 0
        ? 'This server may remove messages by itself as soon as they were fetched, also when the account is set to leave a copy. Your copies here stay.'
        : `This server removes messages by itself after ${days(advice.days, 'one day', 'days')}, also when the account is set to leave a copy for longer. Your copies here stay.`
    case 'login-delay':
      return `This server wants at least ${days(advice.seconds, 'one second', 'seconds')} between two checks. Mailroom keeps to that when it checks by itself; a check of your own may be refused before then.`
    default:
      return assertNever(advice)
  }
}

function inDutch(advice: ServerAdvice): string {
  switch (advice.kind) {
    case 'no-message-ids':
      return 'Deze server nummert zijn berichten niet (geen UIDL). Mailroom bekijkt van elk bericht het begin om te weten welke nieuw zijn: niets wordt dubbel opgehaald, maar elke controle duurt langer.'
    case 'unclear-message-ids':
      return `Aan de nummers van de server ${advice.count === 1 ? 'is één bericht' : `zijn ${advice.count} berichten`} niet van andere te onderscheiden. Mailroom kijkt in plaats daarvan naar het begin van elk bericht.`
    case 'changed-message-ids':
      return `De server gaf nieuwe nummers aan ${days(advice.count, 'één bericht dat', 'berichten die')} hier al ${advice.count === 1 ? 'was' : 'waren'}. Mailroom herkende ze en bewaarde ze niet dubbel. Gebeurt dit bij elke controle, dan maakt de server het controleren traag: vraag de beheerder naar veranderende UIDL’s, of gebruik IMAP.`
    case 'wrong-sizes':
      return `${days(advice.count, 'Eén bericht had', 'berichten hadden')} een andere grootte dan de server had gezegd. Bewaard is wat de server stuurde, volledig tot aan het eindteken.`
    case 'undoubled-dots':
      return `${days(advice.count, 'Eén bericht begint', 'berichten beginnen')} met een punt, die deze server zo stuurt dat hij voor het einde kan worden gehouden. Mailroom haalde ${advice.count === 1 ? 'het' : 'ze'} voor de zekerheid twee keer op; wat bewaard is, is volledig.`
    case 'expires':
      return advice.days === 0
        ? 'Deze server kan berichten zelf verwijderen zodra ze zijn opgehaald, ook als het account een kopie laat staan. Uw berichten hier blijven.'
        : `Deze server verwijdert berichten zelf na ${days(advice.days, 'één dag', 'dagen')}, ook als het account een kopie langer laat staan. Uw berichten hier blijven.`
    case 'login-delay':
      return `Deze server wil minstens ${days(advice.seconds, 'één seconde', 'seconden')} tussen twee controles. Mailroom houdt zich daaraan als het zelf controleert; een controle van uzelf kan eerder worden geweigerd.`
    default:
      return assertNever(advice)
  }
}
