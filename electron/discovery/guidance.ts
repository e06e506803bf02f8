/**
 * What large services demand before any other program may sign in, and the provider's own page about it (B9). Recognised by
 * the servers' names, which stay the same whatever domain an address has, and by a few domains.
 *
 * State of November 2026; what is dated here is explained in docs/decisions/finding-settings.md.
 */
import type { Guidance } from '../../shared/model/findings.ts'

interface Known extends Guidance {
  /** Host names of servers, or domains of addresses; everything below them counts too. */
  readonly names: readonly string[]
}

const known: readonly Known[] = [
  { provider: 'Gmail', needs: 'app-password', page: 'https://myaccount.google.com/apppasswords', names: ['gmail.com', 'googlemail.com', 'google.com'] },
  { provider: 'Outlook.com', needs: 'oauth2', page: 'https://support.microsoft.com/office/d088b986-291d-42b8-9564-9c414e2aa040', names: ['smtp-mail.outlook.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com'] },
  { provider: 'Microsoft 365', needs: 'oauth2', page: 'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online', names: ['office365.com', 'onmicrosoft.com'] },
  { provider: 'Yahoo', needs: 'app-password', page: 'https://login.yahoo.com/account/security/app-passwords', names: ['mail.yahoo.com', 'yahoo.com', 'ymail.com'] },
  { provider: 'AOL', needs: 'app-password', page: 'https://login.aol.com/account/security/app-passwords', names: ['aol.com', 'aim.com'] },
  { provider: 'iCloud', needs: 'app-password', page: 'https://support.apple.com/102654', names: ['mail.me.com', 'icloud.com', 'me.com', 'mac.com'] },
  { provider: 'Fastmail', needs: 'app-password', page: 'https://www.fastmail.help/hc/en-us/articles/360058752854', names: ['fastmail.com', 'fastmail.fm', 'messagingengine.com'] },
  { provider: 'Zoho', needs: 'app-password', page: 'https://www.zoho.com/mail/help/adminconsole/two-factor-authentication.html', names: ['zoho.com', 'zoho.eu', 'zoho.in', 'zoho.jp', 'zohocloud.ca', 'zoho.com.au'] },
  { provider: 'Yandex', needs: 'app-password', page: 'https://yandex.com/support/id/authorization/app-passwords.html', names: ['yandex.com', 'yandex.ru', 'ya.ru'] },
  { provider: 'Mail.ru', needs: 'app-password', page: 'https://help.mail.ru/mail/security/protection/external', names: ['mail.ru'] },
  { provider: 'GMX', needs: 'password', page: 'https://hilfe.gmx.net/pop-imap/einschalten.html', names: ['gmx.net', 'gmx.com', 'gmx.de'] },
  { provider: 'WEB.DE', needs: 'password', page: 'https://hilfe.web.de/pop-imap/einschalten.html', names: ['web.de'] },
  { provider: 'Ziggo', needs: 'password', page: 'https://www.ziggo.nl/klantenservice/e-mail', names: ['ziggo.nl'] },
  { provider: 'KPN', needs: 'password', page: 'https://www.kpn.com/service/internet/email', names: ['kpnmail.nl', 'kpnplanet.nl'] },
  { provider: 'T-Online', needs: 'app-password', page: 'https://www.telekom.de/hilfe/apps-dienste/e-mail', names: ['t-online.de'] },
  { provider: 'Proton Mail', needs: 'app-password', page: 'https://proton.me/mail/bridge', names: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'] },
]

/** For the domain of an address and the servers found for it. The order of the list decides where two would fit. */
export function guidanceFor(names: readonly string[]): Guidance | null {
  const isBelow = (name: string, end: string) => name === end || name.endsWith(`.${end}`)
  const found = known.find((one) => one.names.some((end) => names.some((name) => isBelow(name, end))))
  return found === undefined ? null : { provider: found.provider, needs: found.needs, page: found.page }
}
