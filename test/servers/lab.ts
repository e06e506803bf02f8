/**
 * What tests may know about the lab of real servers, read from the environment only when asked for: a test file can be
 * loaded without a lab. `start-lab.ts`, vitest's global set-up, puts the values there; README.md says what answers where.
 *
 * Any user name with `lab.password` is a fresh, empty mailbox: take `lab.freshUser()` and never clean up.
 */
import { randomUUID } from 'node:crypto'

export type LabPort =
  | 'POP3' | 'POP3S' | 'IMAP' | 'IMAPS' | 'LMTP' | 'SELFSIGNED_POP3' | 'SELFSIGNED_POP3S' | 'SELFSIGNED_IMAP'
  | 'SELFSIGNED_IMAPS' | 'EXPIRED_POP3' | 'EXPIRED_POP3S' | 'EXPIRED_IMAP' | 'EXPIRED_IMAPS' | 'STRICT_POP3'
  | 'STRICT_IMAP' | 'NOPLAIN_POP3' | 'NOPLAIN_POP3S' | 'NOPLAIN_IMAP' | 'NOPLAIN_IMAPS' | 'CLEAR_POP3' | 'CLEAR_IMAP'
  | 'SMTP' | 'REMOTE' | 'SUBMISSION' | 'SUBMISSION_OWN' | 'SUBMISSIONS' | 'SUBMISSION_SASL' | 'SELFSIGNED_SUBMISSION'
  | 'SELFSIGNED_SUBMISSIONS' | 'EXPIRED_SUBMISSION' | 'EXPIRED_SUBMISSIONS' | 'NOPLAIN_SUBMISSION' | 'CLEAR_SUBMISSION'
  | 'SINK' | 'SINK_NOREPLY' | 'SINK_SLOW' | 'SINK_BUSY' | 'SINK_AUTH_TEMP' | 'SINK_AUTH_OFF' | 'OIDC' | 'OIDC_TLS'
  | 'JMAP' | 'JMAP_TLS' | 'CYRUS_IMAP' | 'CYRUS_LMTP'

function setting(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`no lab: ${name} is not set (vitest's global set-up starts it for the suites that need it)`)
  return value
}

export const lab = {
  get host() { return setting('LAB_HOST') },
  /** The same IMAP, POP3 and submission ports under an address that the certificate does not name. */
  get otherHost() { return setting('LAB_OTHER_HOST') },
  /** Where the `STRICT_` ports answer. */
  get strictHost() { return setting('LAB_STRICT_HOST') },
  get domain() { return setting('LAB_DOMAIN') },
  get password() { return setting('LAB_PASSWORD') },
  /** A PEM file; already trusted by this process through NODE_EXTRA_CA_CERTS. */
  get ca() { return setting('LAB_CA') },
  get selfSignedCertificate() { return setting('LAB_SELFSIGNED_CERT') },
  /** The mail store: USER/Maildir below it. */
  get mail() { return setting('LAB_MAIL') },
  /** Where the SINK ports leave what they took, one file a message. */
  get sinkDir() { return setting('LAB_SINK_DIR') },
  /** The bus with the lab's Secret Service; every test process already has it as its session bus. */
  get dbusAddress() { return setting('LAB_DBUS_ADDRESS') },
  get oidcIssuer() { return setting('LAB_OIDC_ISSUER') },

  port(name: LabPort): number { return Number(setting(`LAB_${name}`)) },

  /** The password of a named user of `templates/users` that has one of its own, else everybody's. */
  passwordOf(user: string): string { return process.env[`LAB_PASSWORD_${user.toUpperCase()}`] ?? lab.password },

  /** A user name nobody has used: a mailbox of one's own. */
  freshUser(prefix = 'user'): string { return `${prefix}-${randomUUID().slice(0, 13)}` },
} as const
