/**
 * What large providers themselves say about their servers, beyond where these are: how much one account may send, and since when a
 * password no longer lets anybody in. Kept apart from the table of servers because sending reads it all the time.
 *
 * Limits are where pacing begins before a server has said anything; what a server says later goes before them. What a provider wants in place of
 * a password, and its page about that, is in guidance.ts. State of November 2026.
 */
import type { ProviderFacts } from '../../shared/model/findings.ts'

export interface SendingLimits {
  /** Messages. */
  readonly perMinute: number | null
  /** Recipients in any 24 hours. */
  readonly perDay: number | null
  readonly connections: number | null
}

interface Known {
  readonly name: string
  /** Of its servers, in lower case. */
  readonly hosts: RegExp
  readonly limits: SendingLimits
  /** ISO 8601 days, which may be to come. */
  readonly passwordOff: ProviderFacts['passwordOff']
  readonly sources: readonly string[]
}

const none: SendingLimits = { perMinute: null, perDay: null, connections: null }
const stillOn = { incoming: null, outgoing: null }

const known: readonly Known[] = [
  {
    // "Up to three concurrent connections", "30 messages per minute", "10,000 recipients per day". Modern sign-in only, IMAP and POP3 since the one
    // day, SMTP by default from the other; administrators may still allow it until then.
    name: 'Microsoft 365',
    hosts: /^(?:smtp\.office365\.com|outlook\.office365\.com)$/,
    limits: { perMinute: 30, perDay: 10_000, connections: 3 },
    passwordOff: { incoming: '2022-10-01', outgoing: '2026-12-31' },
    sources: [
      'https://learn.microsoft.com/en-us/exchange/troubleshoot/send-emails/smtp-submission-improvements',
      'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online',
    ],
  },
  {
    name: 'Outlook.com',
    hosts: /^(?:smtp-mail|imap-mail|pop-mail)\.outlook\.com$/,
    limits: { perMinute: 30, perDay: 10_000, connections: 3 },
    passwordOff: { incoming: '2024-09-16', outgoing: '2024-09-16' },
    sources: ['https://learn.microsoft.com/en-us/exchange/troubleshoot/send-emails/smtp-submission-improvements', 'https://support.microsoft.com/office/d088b986-291d-42b8-9564-9c414e2aa040'],
  },
  {
    // 2,000 a day with Workspace, 500 without: the server doesn't say which it is, but refuses with 5.4.5 in time. App passwords still work.
    name: 'Gmail',
    hosts: /^(?:smtp|imap|pop)\.(?:gmail|googlemail)\.com$/,
    limits: { perMinute: null, perDay: 2000, connections: null },
    passwordOff: { incoming: '2025-05-01', outgoing: '2025-05-01' },
    sources: ['https://support.google.com/a/answer/166852', 'https://support.google.com/a/answer/14114704'],
  },
  {
    // "500 per day", "each recipient of a message counts as one".
    name: 'Yahoo',
    hosts: /^(?:smtp|imap|pop)\.(?:[\w-]+\.)*(?:yahoo|aol)\.[\w.]+$/,
    limits: { perMinute: null, perDay: 500, connections: null },
    passwordOff: stillOn,
    sources: ['https://help.yahoo.com/kb/SLN17518.html'],
  },
  {
    name: 'iCloud',
    hosts: /^(?:smtp|imap)\.mail\.(?:me|icloud)\.com$/,
    limits: { perMinute: null, perDay: 1000, connections: null },
    passwordOff: stillOn,
    sources: ['https://support.apple.com/102198'],
  },
]

export function limitsOf(host: string): SendingLimits {
  return knownFor(host)?.limits ?? none
}

/** By the servers an address has, the first that is known; null = nothing is known of any. */
export function factsOf(hosts: readonly string[]): ProviderFacts | null {
  const found = hosts.map(knownFor).find((one) => one !== null)
  if (found == null) return null
  const { name, limits, passwordOff } = found
  return { name, perMinute: limits.perMinute, perDay: limits.perDay, passwordOff }
}

const knownFor = (host: string): Known | null => known.find(({ hosts }) => hosts.test(host.toLowerCase())) ?? null
