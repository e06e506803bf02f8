/**
 * What large services demand before any other program may sign in, and the provider's own pages for it (B9). Recognised by
 * the servers' names, which stay the same whatever domain an address has, and by a few domains.
 *
 * State of November 2026; what is dated here is explained in docs/decisions/oauth.md. What smaller services demand is taken from their own pages and
 * from the public provider database of chatmail, which notes when somebody last tried it.
 */
import type { Guidance, GuidanceStep } from '../../shared/model/findings.ts'

interface Known extends Pick<Guidance, 'provider' | 'needs'> {
  readonly steps: readonly GuidanceStep[]
  /** Host names of servers, or domains of addresses; everything below them counts too. */
  readonly names: readonly string[]
}

const step = (what: GuidanceStep['do'], page: string | null): GuidanceStep => ({ do: what, page })

const known: readonly Known[] = [
  {
    provider: 'Gmail', needs: 'app-password', names: ['gmail.com', 'googlemail.com', 'google.com'],
    steps: [step('two-step', 'https://myaccount.google.com/signinoptions/two-step-verification'), step('app-password', 'https://myaccount.google.com/apppasswords')],
  },
  {
    provider: 'Outlook.com', needs: 'oauth2', names: ['smtp-mail.outlook.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com'],
    steps: [step('allow-programs', 'https://outlook.live.com/mail/0/options/mail/accounts'), step('web-sign-in', 'https://support.microsoft.com/office/d088b986-291d-42b8-9564-9c414e2aa040')],
  },
  {
    provider: 'Microsoft 365', needs: 'oauth2', names: ['office365.com', 'onmicrosoft.com'],
    steps: [
      step('web-sign-in', 'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online'),
      step('ask-admin', 'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission'),
    ],
  },
  { provider: 'Yahoo', needs: 'app-password', names: ['mail.yahoo.com', 'yahoo.com', 'ymail.com'], steps: [step('app-password', 'https://login.yahoo.com/account/security/app-passwords')] },
  { provider: 'AOL', needs: 'app-password', names: ['aol.com', 'aim.com'], steps: [step('app-password', 'https://login.aol.com/account/security/app-passwords')] },
  {
    provider: 'iCloud', needs: 'app-password', names: ['mail.me.com', 'icloud.com', 'me.com', 'mac.com'],
    steps: [step('two-step', 'https://support.apple.com/102660'), step('app-password', 'https://support.apple.com/102654')],
  },
  { provider: 'Fastmail', needs: 'app-password', names: ['fastmail.com', 'fastmail.fm', 'messagingengine.com'], steps: [step('app-password', 'https://www.fastmail.help/hc/en-us/articles/360058752854')] },
  {
    provider: 'Zoho', needs: 'app-password', names: ['zoho.com', 'zoho.eu', 'zoho.in', 'zoho.jp', 'zohocloud.ca', 'zoho.com.au'],
    steps: [step('allow-programs', 'https://www.zoho.com/mail/help/imap-access.html'), step('app-password', 'https://www.zoho.com/mail/help/adminconsole/two-factor-authentication.html')],
  },
  {
    provider: 'Yandex', needs: 'app-password', names: ['yandex.com', 'yandex.ru', 'ya.ru'],
    steps: [step('allow-programs', 'https://mail.yandex.com/#setup/client'), step('app-password', 'https://yandex.com/support/id/authorization/app-passwords.html')],
  },
  { provider: 'Mail.ru', needs: 'app-password', names: ['mail.ru'], steps: [step('app-password', 'https://help.mail.ru/mail/security/protection/external')] },
  { provider: 'GMX', needs: 'password', names: ['gmx.net', 'gmx.com', 'gmx.de'], steps: [step('allow-programs', 'https://hilfe.gmx.net/pop-imap/einschalten.html')] },
  { provider: 'WEB.DE', needs: 'password', names: ['web.de'], steps: [step('allow-programs', 'https://hilfe.web.de/pop-imap/einschalten.html')] },
  { provider: 'Ziggo', needs: 'password', names: ['ziggo.nl'], steps: [step('allow-programs', 'https://www.ziggo.nl/klantenservice/e-mail')] },
  { provider: 'KPN', needs: 'password', names: ['kpnmail.nl', 'kpnplanet.nl'], steps: [step('allow-programs', 'https://www.kpn.com/service/internet/email')] },
  { provider: 'T-Online', needs: 'app-password', names: ['t-online.de'], steps: [step('app-password', 'https://www.telekom.de/hilfe/festnetz-internet-tv/e-mail/e-mail-adresse-passwoerter-und-sicherheit/passwort-fuer-e-mail-programme-einrichten')] },
  { provider: 'Proton Mail', needs: 'app-password', names: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'], steps: [step('bridge', 'https://proton.me/mail/bridge')] },
  { provider: 'QQ', needs: 'app-password', names: ['qq.com', 'foxmail.com'], steps: [step('allow-programs', 'https://mail.qq.com/'), step('app-password', 'https://service.mail.qq.com/cgi-bin/help?subtype=1&id=28&no=1001256')] },
  { provider: 'NetEase', needs: 'app-password', names: ['163.com', '126.com', 'yeah.net'], steps: [step('allow-programs', 'https://mail.163.com/'), step('app-password', 'https://help.mail.163.com/')] },
  { provider: 'Naver', needs: 'password', names: ['naver.com'], steps: [step('allow-programs', 'https://mail.naver.com/')] },
  { provider: 'AT&T', needs: 'app-password', names: ['att.net', 'sbcglobal.net', 'bellsouth.net'], steps: [step('app-password', 'https://www.att.com/support/article/email-support/KM1240308/')] },
  { provider: 'Comcast Xfinity', needs: 'password', names: ['comcast.net'], steps: [step('allow-programs', 'https://www.xfinity.com/support/articles/third-party-email-access')] },
  { provider: 'mail.com', needs: 'password', names: ['mail.com', 'email.com', 'post.com', 'usa.com'], steps: [step('allow-programs', 'https://support.mail.com/pop-imap/toggle.html')] },
  { provider: 'freenet', needs: 'password', names: ['freenet.de'], steps: [step('allow-programs', 'https://www.freenet.de/')] },
  { provider: 'Rambler', needs: 'password', names: ['rambler.ru', 'lenta.ru', 'autorambler.ru', 'myrambler.ru'], steps: [step('allow-programs', 'https://help.rambler.ru/mail/mail-nastrojki-pochtovogo-yashika/2129/')] },
  { provider: 'Tuta', needs: 'impossible', names: ['tuta.com', 'tuta.io', 'tutanota.com', 'tutanota.de', 'tutamail.com', 'keemail.me'], steps: [step('elsewhere', 'https://tuta.com/support')] },
  { provider: 'HEY', needs: 'impossible', names: ['hey.com'], steps: [step('elsewhere', 'https://www.hey.com/faqs/')] },
]

/** For the domain of an address and the servers found for it. The order of the list decides where two would fit. */
export function guidanceFor(names: readonly string[]): Guidance | null {
  const isBelow = (name: string, end: string) => name === end || name.endsWith(`.${end}`)
  const found = known.find((one) => one.names.some((end) => names.some((name) => isBelow(name, end))))
  if (found === undefined) return null
  const { provider, needs, steps } = found
  return { provider, needs, page: steps.find((one) => one.do === needs || one.do === 'web-sign-in')?.page ?? steps[0]?.page ?? null, steps: [...steps] }
}
