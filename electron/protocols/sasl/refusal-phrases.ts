/**
 * What the large providers say, word for word, when they refuse a sign-in for a reason that no response code of POP3, IMAP or SMTP
 * can name. The only place where words decide, and only after a refusal. Null = nothing known.
 *
 * Sources: Google "Sign in with app passwords" (185833), "POP and IMAP error messages" (78754) and "SMTP errors and codes" (3726730);
 * Microsoft "Deprecation of Basic authentication in Exchange Online" and "Fix issues with printers, scanners, and LOB applications that send
 * email"; Yahoo "Third-party apps requiring app passwords" (SLN15241); Mail.ru "Passwords for external applications"; Tencent QQ Mail
 * "What is an authorization code"; and, for what nobody documents, the public trackers of mail programs, which quote servers.
 */
import type { FailureCode } from '../../../shared/failures/failure.ts'

/** The first that fits decides: what names one cause goes before what names several. */
const phrases: readonly (readonly [RegExp, FailureCode])[] = [
  // Google, Fastmail, Yahoo, iCloud; Mail.ru; QQ (whose older answer is in GBK, around a page) and NetEase call it an authorization code.
  [/application(?:-specific)? password(?: is)? required|\bapp(?:-specific)? password\b|enter your authorization code|using authorized code|no=1001256|err\.login\.reqcode/i, 'signin.app-password-needed'],
  // Outlook.com before its sign-in was switched off, and others since: stopped until a person shows that it is he.
  [/account (?:is|has been|was) (?:temporarily )?(?:blocked|locked|suspended|disabled)|\buser (?:is )?(?:suspended|locked)|account (?:temporarily )?locked|account temporarily (?:blocked|suspended|disabled)/i, 'signin.locked'],
  [/please log in (?:via|with|through) your web browser|web login required|log ?in to your account via a web browser/i, 'signin.second-factor'],
  [/multi-?factor|two-?factor|2-step verification/i, 'signin.second-factor'],
  // Exchange Online; one detail code (5.7.139) stands for all of these.
  [/user credentials were incorrect/i, 'signin.rejected'],
  [/basic authentication is disabled|basicauthblocked|basic auth(?:entication)? is not supported|smtpclientauthentication is disabled/i, 'policy.basic-auth-off'],
  [/did not meet the criteria to be authenticated|blocked by (?:your organi[sz]ation|security defaults)/i, 'policy.refused'],
  // The protocol is switched off in the account's own settings.
  [/not enabled for (?:imap|pop3?|smtp)|(?:yet to enable|have to enable|please enable) (?:imap|pop3?|smtp)|(?:imap|pop3?|smtp)(?: access| service)? is (?:disabled|not enabled) for|does not have access rights to this service|user has no permission/i, 'policy.refused'],
  // RFC 1939 section 10 has no code for it, and these are its own words.
  [/\bmaildrop (?:is )?(?:already )?locked|unable to (?:lock|open) maildrop|\block busy|mailbox (?:is )?(?:in use|locked)/i, 'mailbox.in-use'],
  [/too many simultaneous connections|maximum number of connections|too many (?:open |concurrent )?connections|concurrent connections limit/i, 'connect.too-many'],
  [/too many (?:bad |failed |invalid )?(?:auth(?:entication)?|log ?in)s? (?:attempts|failures)|too many (?:failed |bad )log ?ins/i, 'policy.too-fast'],
  [/exceeded command or bandwidth limits|bandwidth limits? exceeded|rate[- ]limit/i, 'policy.too-fast'],
]

export function phraseCode(words: string): FailureCode | null {
  return phrases.find(([phrase]) => phrase.test(words))?.[1] ?? null
}
