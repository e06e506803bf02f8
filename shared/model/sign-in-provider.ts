/**
 * A provider where people sign in over the web (OAuth 2.0), as the settings file may name one: who Mailroom is there (its client id), and,
 * for one Mailroom does not know, how it is used.
 */
import { z } from 'zod'
import { host, line, requiredLine } from './text-field.ts'

const issuer = requiredLine(500).refine((text) => text === '' || /^https?:\/\/[^\s/@?#]+(?:\/[^\s?#]*)?$/.test(text), 'not-a-url')

export const signInProviderSchema = z.strictObject({
  /** The issuer identifier (RFC 8414 section 2). http: only for a provider on this machine, and only with `clearText`. */
  issuer,
  /** As people call it; empty = the issuer's host. */
  name: line(100).default(''),
  /** Empty = Mailroom registers itself where the provider lets it (RFC 7591). */
  clientId: line(500).default(''),
  /** Some providers give one to desktop programs too; it protects nothing there (RFC 8252 section 8.5). */
  clientSecret: line(500).nullable().default(null),
  /** null = those known for the provider, or the fitting ones it announces. */
  scopes: z.array(requiredLine(300)).max(50).nullable().default(null),
  /** Mail servers, or domains of addresses, whose users sign in there. */
  servers: z.array(host).max(100).default([]),
  /** Which name of this machine is registered as the way back. */
  loopback: z.enum(['127.0.0.1', 'localhost']).nullable().default(null),
  clearText: z.boolean().default(false),
})
export type SignInProvider = z.infer<typeof signInProviderSchema>
