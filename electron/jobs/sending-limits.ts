/**
 * How much the submission servers of large providers let one account send, as they say themselves: where pacing begins before a server
 * has said anything. What a server says later goes before it.
 */
export interface SendingLimits {
  /** Messages. */
  readonly perMinute: number | null
  /** Recipients in any 24 hours. */
  readonly perDay: number | null
  readonly connections: number | null
}

const none: SendingLimits = { perMinute: null, perDay: null, connections: null }

const known: readonly { readonly hosts: RegExp; readonly limits: SendingLimits; readonly source: string }[] = [
  {
    // "Up to three concurrent connections", "30 messages per minute", "10,000 recipients per day".
    hosts: /^(?:smtp\.office365\.com|smtp-mail\.outlook\.com|outlook\.office365\.com)$/,
    limits: { perMinute: 30, perDay: 10_000, connections: 3 },
    source: 'https://learn.microsoft.com/en-us/exchange/troubleshoot/send-emails/smtp-submission-improvements',
  },
  {
    // 2,000 a day with Workspace, 500 without: the server doesn't say which it is, but refuses with 5.4.5 in time.
    hosts: /^smtp\.(?:gmail|googlemail)\.com$/,
    limits: { perMinute: null, perDay: 2000, connections: null },
    source: 'https://support.google.com/a/answer/166852',
  },
  {
    // "500 per day", "each recipient of a message counts as one".
    hosts: /^smtp\.(?:[\w-]+\.)*(?:yahoo|aol)\.[\w.]+$/,
    limits: { perMinute: null, perDay: 500, connections: null },
    source: 'https://help.yahoo.com/kb/SLN17518.html',
  },
  {
    hosts: /^smtp\.mail\.(?:me|icloud)\.com$/,
    limits: { perMinute: null, perDay: 1000, connections: null },
    source: 'https://support.apple.com/102198',
  },
]

export function limitsOf(host: string): SendingLimits {
  return known.find(({ hosts }) => hosts.test(host.toLowerCase()))?.limits ?? none
}
