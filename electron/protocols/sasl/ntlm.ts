/**
 * NTLM, which Outlook calls "Secure Password Authentication" (MS-NLMP; its use as a mechanism: MS-SMTPNTLM). NTLMv2 only: the
 * older responses can be turned back into the password in minutes.
 *
 *   NEGOTIATE ─▶ CHALLENGE ─▶ AUTHENTICATE
 */
import { createHmac, randomBytes } from 'node:crypto'
import { md4 } from './md4.ts'
import type { Mechanism } from './mechanism.ts'

/** MS-NLMP section 2.2.2.5. */
const flag = { unicode: 0x1, requestTarget: 0x4, ntlm: 0x200, alwaysSign: 0x8000, extendedSecurity: 0x80000, key128: 0x20000000 }
const wanted = flag.unicode | flag.requestTarget | flag.ntlm | flag.alwaysSign | flag.extendedSecurity | flag.key128
const signature = Buffer.from('NTLMSSP\0')

export function ntlm(account: string, password: string): Mechanism {
  const { user, domain } = splitAccount(account)
  let answered = false
  return {
    name: 'NTLM',
    clearText: false,
    usesToken: false,
    initial: negotiate(),
    respond: async (challenge) => {
      if (answered) return null
      const parsed = parseChallenge(challenge)
      if (parsed === null) return null
      answered = true
      const response = ntlmV2Response({
        user, domain, password, ...parsed, clientChallenge: randomBytes(8), time: parsed.time ?? fileTime(new Date()),
      })
      return authenticate(user, domain, response, parsed.time !== null)
    },
    proven: () => answered,
  }
}

/** `DOMAIN\user` names the domain; `user@domain.example` is sent whole, without one. */
export function splitAccount(account: string): { readonly user: string; readonly domain: string } {
  const [, domain, user] = /^([^\\]+)\\(.+)$/.exec(account) ?? []
  return domain !== undefined && user !== undefined ? { user, domain } : { user: account, domain: '' }
}

function negotiate(): Buffer {
  const message = Buffer.alloc(32)
  signature.copy(message)
  message.writeUInt32LE(1, 8)
  message.writeUInt32LE(wanted, 12)
  return message
}

interface Challenge {
  readonly serverChallenge: Buffer
  readonly targetInfo: Buffer
  /** MsvAvTimestamp, where the server gives its time. */
  readonly time: Buffer | null
}

/** MS-NLMP section 2.2.1.2. All lengths and offsets are the server's word. */
export function parseChallenge(message: Buffer): Challenge | null {
  if (message.length < 32 || message.length > 16_384 || !message.subarray(0, 8).equals(signature) || message.readUInt32LE(8) !== 2) return null
  const length = message.length >= 48 ? message.readUInt16LE(40) : 0
  const offset = message.length >= 48 ? message.readUInt32LE(44) : 0
  if (offset + length > message.length) return null
  const targetInfo = message.subarray(offset, offset + length)
  return { serverChallenge: message.subarray(24, 32), targetInfo, time: timestampIn(targetInfo) }
}

/** AV_PAIRs, MS-NLMP section 2.2.2.1: id, length, value; id 7 is the time, id 0 the end. */
function timestampIn(targetInfo: Buffer): Buffer | null {
  for (let at = 0; at + 4 <= targetInfo.length; ) {
    const id = targetInfo.readUInt16LE(at)
    const length = targetInfo.readUInt16LE(at + 2)
    if (id === 0) return null
    if (id === 7 && length === 8 && at + 12 <= targetInfo.length) return targetInfo.subarray(at + 4, at + 12)
    at += 4 + length
  }
  return null
}

export interface NtlmV2Input {
  readonly user: string
  readonly domain: string
  readonly password: string
  readonly serverChallenge: Buffer
  readonly clientChallenge: Buffer
  readonly time: Buffer
  readonly targetInfo: Buffer
}

/** MS-NLMP section 3.3.2: NTProofStr and the structure it signs, and the LMv2 response. */
export function ntlmV2Response(input: NtlmV2Input): { readonly nt: Buffer; readonly lm: Buffer } {
  const key = hmacMd5(md4(utf16(input.password)), utf16(input.user.toUpperCase() + input.domain))
  const signed = Buffer.concat([
    Buffer.from([1, 1, 0, 0, 0, 0, 0, 0]), input.time, input.clientChallenge, Buffer.alloc(4), input.targetInfo, Buffer.alloc(4),
  ])
  const proof = hmacMd5(key, Buffer.concat([input.serverChallenge, signed]))
  const lm = hmacMd5(key, Buffer.concat([input.serverChallenge, input.clientChallenge]))
  return { nt: Buffer.concat([proof, signed]), lm: Buffer.concat([lm, input.clientChallenge]) }
}

/** MS-NLMP section 2.2.1.3. Where the server gave its time, the LM response is 24 zeros (section 3.1.5.1.2). */
function authenticate(user: string, domain: string, response: { readonly nt: Buffer; readonly lm: Buffer }, serverGaveTime: boolean): Buffer {
  const lm = serverGaveTime ? Buffer.alloc(24) : response.lm
  const fields = [lm, response.nt, utf16(domain), utf16(user), Buffer.alloc(0), Buffer.alloc(0)]
  const head = Buffer.alloc(64)
  signature.copy(head)
  head.writeUInt32LE(3, 8)
  let offset = head.length
  fields.forEach((field, index) => {
    head.writeUInt16LE(field.length, 12 + index * 8)
    head.writeUInt16LE(field.length, 14 + index * 8)
    head.writeUInt32LE(offset, 16 + index * 8)
    offset += field.length
  })
  head.writeUInt32LE(wanted, 60)
  return Buffer.concat([head, ...fields])
}

/** 100-nanosecond ticks since 1601 (MS-DTYP section 2.3.3). */
function fileTime(now: Date): Buffer {
  const time = Buffer.alloc(8)
  time.writeBigUInt64LE((BigInt(now.getTime()) + 11_644_473_600_000n) * 10_000n)
  return time
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le')
const hmacMd5 = (key: Buffer, data: Buffer) => createHmac('md5', key).update(data).digest()
