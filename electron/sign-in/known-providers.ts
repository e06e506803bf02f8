/**
 * What is known of the large providers' OAuth services: facts, each with its source, looked up in November 2026. Endpoints are not among
 * them: they are discovered, so that they cannot grow old here.
 *
 * - Google: "OAuth 2.0 Mechanism" for IMAP, POP and SMTP (developers.google.com/workspace/gmail/imap/xoauth2-protocol): one scope for all three;
 *   "OAuth 2.0 for iOS & Desktop Apps": loopback address 127.0.0.1, a client secret that is "not treated as a secret", no mail scope for devices.
 * - Microsoft: "Authenticate an IMAP, POP or SMTP connection using OAuth" (learn.microsoft.com/exchange/client-developer/legacy-protocols):
 *   scopes of outlook.office.com; "Redirect URI restrictions": http://localhost with any port for native programs.
 * - Yahoo and AOL: "Yahoo Mail API access" (senders.yahooinc.com/developer): IMAP and SMTP after an agreement with Yahoo only.
 * - Fastmail: "OAuth" (fastmail.com/for-developers/oauth): registered by hand, http://localhost with any port, a scope for each protocol.
 *
 * Compared in November 2026 with Thunderbird's OAuth2Providers.sys.mjs (comm-central 003b6e96): the same scopes for IMAP, POP3 and SMTP at Google,
 * Microsoft, Yahoo, AOL (`mail-w`) and Fastmail; the same issuers at Google and Fastmail (https://api.fastmail.com), the same hosts at Yahoo and
 * AOL; AT&T's mail is Yahoo's. Thunderbird's way back from Yahoo and AOL is https://127.0.0.1, which it catches in a window of its own: whether
 * they register http on a loopback address, only they can tell whoever agrees with them.
 */
import type { Issuer } from '../protocols/oauth/oauth-client.ts'

export interface KnownProvider {
  /** As people call it: "Sign in with …". */
  readonly name: string
  readonly issuer: Issuer['url']
  readonly scopes: readonly string[]
  /** Instead of `scopes` where mail comes over HTTP (JMAP). */
  readonly scopesForHttp?: readonly string[]
  /** How the browser finds its way back: the provider compares the name (RFC 8252 section 7.3). */
  readonly loopback: '127.0.0.1' | 'localhost'
  /** Its desktop programs come back to any port of this machine, and register none. */
  readonly registersNoWayBack?: true
  /** The code for another device may be used for mail (RFC 8628). */
  readonly device: boolean
  /** Further parameters of the request: to be given a refresh token at all, and to be asked which user. */
  readonly extra: Readonly<Record<string, string>>
  /** Host names of servers, or domains of addresses, whose users sign in there; everything below them counts too. */
  readonly names: readonly string[]
  /** Where the client id and its secret are looked for when the settings have none. */
  readonly environment: string
  /** Where it hands out client ids. */
  readonly page: string
}

const yahooScopes = ['openid', 'mail-w'] as const

export const knownProviders: readonly KnownProvider[] = [
  {
    name: 'Google', issuer: 'https://accounts.google.com', scopes: ['openid', 'email', 'https://mail.google.com/'],
    loopback: '127.0.0.1', registersNoWayBack: true, device: false, extra: { access_type: 'offline', prompt: 'consent' },
    names: ['gmail.com', 'googlemail.com', 'smtp-relay.gmail.com'], environment: 'MAILROOM_GOOGLE', page: 'https://console.cloud.google.com/auth/clients',
  },
  {
    name: 'Microsoft', issuer: 'https://login.microsoftonline.com/common/v2.0',
    scopes: ['openid', 'email', 'profile', 'offline_access', 'https://outlook.office.com/IMAP.AccessAsUser.All', 'https://outlook.office.com/POP.AccessAsUser.All', 'https://outlook.office.com/SMTP.Send'],
    loopback: 'localhost', device: true, extra: {},
    names: ['office365.com', 'onmicrosoft.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com'], environment: 'MAILROOM_MICROSOFT', page: 'https://entra.microsoft.com/',
  },
  {
    name: 'Yahoo', issuer: 'https://api.login.yahoo.com', scopes: yahooScopes,
    loopback: 'localhost', device: false, extra: {}, names: ['mail.yahoo.com', 'yahoo.com', 'ymail.com', 'att.net'], environment: 'MAILROOM_YAHOO', page: 'https://senders.yahooinc.com/developer/documentation/',
  },
  {
    name: 'AOL', issuer: 'https://api.login.aol.com', scopes: yahooScopes,
    loopback: 'localhost', device: false, extra: {}, names: ['aol.com', 'aim.com'], environment: 'MAILROOM_AOL', page: 'https://senders.yahooinc.com/developer/documentation/',
  },
  {
    name: 'Fastmail', issuer: 'https://api.fastmail.com',
    scopes: ['offline_access', 'https://www.fastmail.com/dev/protocol-imap', 'https://www.fastmail.com/dev/protocol-pop', 'https://www.fastmail.com/dev/protocol-smtp'],
    scopesForHttp: ['offline_access', 'urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:mail', 'urn:ietf:params:jmap:submission', 'urn:ietf:params:oauth:scope:mail'],
    loopback: 'localhost', device: false, extra: {}, names: ['fastmail.com', 'fastmail.fm', 'messagingengine.com'], environment: 'MAILROOM_FASTMAIL', page: 'https://www.fastmail.com/for-developers/oauth/',
  },
]

/** For the domain of an address and the names of its servers. */
export function knownProviderFor(names: readonly string[]): KnownProvider | null {
  const isBelow = (name: string, end: string) => name === end || name.endsWith(`.${end}`)
  return knownProviders.find((one) => one.names.some((end) => names.some((name) => isBelow(name.toLowerCase(), end)))) ?? null
}
