/**
 * The vault's file: how a passphrase becomes keys, and how what is in the file is proven to be what was written.
 *
 *   passphrase ──scrypt (RFC 7914)──▶ 64 bytes: one key for the check, one for the entries; both AES-256-GCM (NIST SP 800-38D)
 *
 * A checksum over the whole body tells a damaged file before any passphrase is tried; after that, a check that does not open
 * means a wrong passphrase, and entries that do not open although the check did mean a damaged file all the same. The header
 * is authenticated with both, so nobody can weaken the scrypt parameters unnoticed.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto'
import { z } from 'zod'

/** 128 MiB of memory and about half a second for each guess. */
export const scryptCost = 2 ** 17

const base64 = (bytes?: number) => z.base64().refine((text) => bytes === undefined || Buffer.from(text, 'base64').length === bytes)
const sealedSchema = z.strictObject({ nonce: base64(12), tag: base64(16), data: base64() })
type Sealed = z.infer<typeof sealedSchema>

/** Upper bounds, so that a doctored file cannot make Mailroom take all memory or compute for hours. */
const headerSchema = z.strictObject({
  version: z.literal(1),
  kdf: z.literal('scrypt'),
  N: z.number().int().min(scryptCost).max(2 ** 20).refine((n) => (n & (n - 1)) === 0),
  r: z.literal(8),
  p: z.number().int().min(1).max(4),
  salt: base64(32),
})
export type VaultHeader = z.infer<typeof headerSchema>

const bodySchema = z.strictObject({ header: headerSchema, check: sealedSchema, entries: sealedSchema })
const fileSchema = z.strictObject({ body: bodySchema, sha256: z.string().regex(/^[\da-f]{64}$/) })
export type VaultBody = z.infer<typeof bodySchema>

const entriesSchema = z.record(z.string(), z.string())

export interface VaultKeys {
  readonly check: Buffer
  readonly entries: Buffer
}

export function newHeader(): VaultHeader {
  return { version: 1, kdf: 'scrypt', N: scryptCost, r: 8, p: 1, salt: randomBytes(32).toString('base64') }
}

/** null = damaged. */
export function readVaultText(text: string): VaultBody | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return null
  }
  const file = fileSchema.safeParse(json)
  return file.success && file.data.sha256 === checksumOf(file.data.body) ? file.data.body : null
}

export function writeVaultText(header: VaultHeader, keys: VaultKeys, entries: ReadonlyMap<string, string>): string {
  const body: VaultBody = {
    header,
    check: seal(keys.check, header, ''),
    entries: seal(keys.entries, header, JSON.stringify(Object.fromEntries(entries))),
  }
  return `${JSON.stringify({ body, sha256: checksumOf(body) })}\n`
}

/** NFC, so that the same passphrase typed on another keyboard or system is the same one. */
export function deriveKeys(passphrase: string, header: VaultHeader): Promise<VaultKeys> {
  const { N, r, p } = header
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), Buffer.from(header.salt, 'base64'), 64, { N, r, p, maxmem: 128 * N * r * 2 }, (error, key) => {
      if (error) reject(error)
      else resolve({ check: key.subarray(0, 32), entries: key.subarray(32) })
    })
  })
}

export function opensCheck(body: VaultBody, keys: VaultKeys): boolean {
  return open(keys.check, body.header, body.check) !== null
}

/** null = damaged. */
export function openEntries(body: VaultBody, keys: VaultKeys): Map<string, string> | null {
  const text = open(keys.entries, body.header, body.entries)
  if (text === null) return null
  const entries = entriesSchema.safeParse(JSON.parse(text))
  return entries.success ? new Map(Object.entries(entries.data)) : null
}

export function forget(keys: VaultKeys): void {
  keys.check.fill(0)
  keys.entries.fill(0)
}

/** A nonce of its own every time: the file is sealed anew at each change, far below the 2^32 times that random nonces allow. */
function seal(key: Buffer, header: VaultHeader, text: string): Sealed {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(JSON.stringify(header)))
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return { nonce: nonce.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') }
}

function open(key: Buffer, header: VaultHeader, sealed: Sealed): string | null {
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.nonce, 'base64'), { authTagLength: 16 })
    .setAAD(Buffer.from(JSON.stringify(header)))
    .setAuthTag(Buffer.from(sealed.tag, 'base64'))
  try {
    return Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

/** Zod gives the members in the schema's order, so the same body always has the same text. */
function checksumOf(body: VaultBody): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex')
}
