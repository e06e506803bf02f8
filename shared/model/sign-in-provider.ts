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
  /** It has one, and the keychain holds it: where one typed into Mailroom goes. */
  secretInKeychain: z.boolean().default(false),
  /** null = those known for the provider, or the fitting ones it announces. */
  scopes: z.array(requiredLine(300)).max(50).nullable().default(null),
  /** Mail servers, or domains of addresses, whose users sign in there. */
  servers: z.array(host).max(100).default([]),
  /** Which name of this machine is registered as the way back. */
  loopback: z.enum(['127.0.0.1', 'localhost']).nullable().default(null),
  clearText: z.boolean().default(false),
})
export type SignInProvider = z.infer<typeof signInProviderSchema>

/** What a person sets of it; the rest of an entry that is there already stays. */
export const providerChangeSchema = signInProviderSchema.pick({ issuer: true, name: true, servers: true }).extend({
  clientId: line(500),
  /** null = there is none; left out = the one that is kept stays, as long as the client id does. */
  clientSecret: requiredLine(500).nullable().optional(),
})
export type ProviderChange = z.infer<typeof providerChangeSchema>

/** A provider and what Mailroom has for it. No secret is part of it, only where one is. */
export const providerViewSchema = z.object({
  issuer: z.string(),
  name: z.string(),
  /** One of the large ones, of which Mailroom knows the rest. */
  known: z.boolean(),
  /** Empty = none. */
  clientId: z.string(),
  clientIdFrom: z.enum(['settings', 'environment']).nullable(),
  clientSecretFrom: z.enum(['keychain', 'settings', 'environment']).nullable(),
  /** The environment variable that is looked at where the settings have no client id; null = none is. */
  variable: z.string().nullable(),
  /** Where its owner hands out client ids. */
  page: z.string().nullable(),
  /** The way back that is to be registered there; null = none is. */
  redirectUri: z.string().nullable(),
  servers: z.array(z.string()),
})
export type ProviderView = z.infer<typeof providerViewSchema>
