/** Mail servers: where they are, how the connection is secured, and their standard ports. */
import { z } from 'zod'
import { missingOr } from './field-problem.ts'
import { host, line, requiredLine } from './text-field.ts'

/** None = in clear; STARTTLS = upgraded before sign-in, and required (RFC 3207, RFC 2595); TLS = from the first byte (RFC 8314). */
export const securitySchema = z.enum(['none', 'starttls', 'tls'])
export type Security = z.infer<typeof securitySchema>

export const serverProtocolSchema = z.enum(['pop3', 'imap', 'smtp'])
export type ServerProtocol = z.infer<typeof serverProtocolSchema>

/** SHA-256 over the certificate's DER form, lower-case hex without colons. Taken as people write it, too: with colons, in capitals. */
const fingerprintSchema = z
  .string()
  .overwrite((text) => text.replaceAll(/[\s:]/g, '').toLowerCase())
  .regex(/^[\da-f]{64}$/, 'not-a-fingerprint')

/**
 * The standard port of a protocol under a security (RFC 8314 section 7; RFC 1939; RFC 9051).
 * SMTP without TLS is taken for message submission, port 587, and never for port 25.
 */
export function defaultPort(protocol: ServerProtocol, security: Security): number {
  if (protocol === 'pop3') return security === 'tls' ? 995 : 110
  if (protocol === 'imap') return security === 'tls' ? 993 : 143
  return security === 'tls' ? 465 : 587
}

/** The ports a person may want to pick from, most usual first. */
export const standardPorts: Readonly<Record<ServerProtocol, readonly number[]>> = {
  pop3: [995, 110],
  imap: [993, 143],
  smtp: [465, 587, 25, 2525],
}

/** Where a server answers. `port` null = the protocol's default for this security, also when the security is changed later. */
export const serverAddressShape = {
  host,
  port: z.number('wrong-type').int('port-range').min(1, 'port-range').max(65535, 'port-range').nullable().default(null),
  security: securitySchema.default('tls'),
  /** The user has read that None sends the password in clear, and wants it all the same. */
  clearTextConfirmed: z.boolean('wrong-type').default(false),
  /** A certificate that does not verify by itself, and that the user trusts for this server only. */
  trustedCertificate: fingerprintSchema.nullable().default(null),
} as const

const serverAddressSchema = z.strictObject(serverAddressShape)
export type ServerAddress = z.infer<typeof serverAddressSchema>

/**
 * How somebody signs in. `password` lets the strongest common SASL mechanism win; `spa` is NTLM ("Secure Password
 * Authentication"); `oauth2` takes an access token of `issuer`.
 */
export const signInMethodSchema = z.enum(['password', 'spa', 'oauth2'])
export type SignInMethod = z.infer<typeof signInMethodSchema>

export const signInSchema = z.strictObject({
  userName: requiredLine(320),
  method: signInMethodSchema.default('password'),
  /** Off = asked for when needed and kept in memory only. */
  rememberPassword: z.boolean('wrong-type').default(true),
  /** OAuth issuer, only for `oauth2`. */
  issuer: line(500).nullable().default(null),
}, { error: missingOr() })
export type SignIn = z.infer<typeof signInSchema>
