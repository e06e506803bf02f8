/** Certificates made for a test by openssl: authorities, servers, and what is wrong with them. */
import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Identity {
  readonly key: string
  /** What a server shows: its certificate and those between it and the root. */
  readonly cert: string
}

export interface Wanted {
  readonly subject?: string
  /** As openssl writes them: `IP:127.0.0.1`, `DNS:mail.example`. */
  readonly names?: string
  /** null = signed by itself. */
  readonly issuer?: Identity | null
  readonly isAuthority?: boolean
  /** Days from today. */
  readonly from?: number
  readonly to?: number
  /** As openssl's -newkey takes it. */
  readonly key?: string
  readonly digest?: string
  /** More lines of the extensions. */
  readonly extensions?: readonly string[]
}

export function makeIdentity({ subject = 'Lab server', names = 'IP:127.0.0.1', issuer = null, isAuthority = false, from = -1, to = 30, key = 'ec', digest = 'sha256', extensions = [] }: Wanted = {}): Identity {
  const folder = mkdtempSync(join(tmpdir(), 'mailroom-identity-'))
  const at = (name: string) => join(folder, name)
  const openssl = (...args: readonly string[]) => execFileSync('openssl', [...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  try {
    const curve = key === 'ec' ? ['-pkeyopt', 'ec_paramgen_curve:prime256v1'] : []
    openssl('req', '-newkey', key, ...curve, '-nodes', '-subj', `/CN=${subject}`, '-keyout', at('key'), '-out', at('request'))
    const usage = isAuthority ? ['basicConstraints=critical,CA:TRUE', 'keyUsage=keyCertSign,cRLSign,digitalSignature'] : ['basicConstraints=CA:FALSE']
    writeFileSync(at('extensions'), [...usage, 'subjectKeyIdentifier=hash', ...(isAuthority ? [] : [`subjectAltName=${names}`]), ...extensions, ''].join('\n'))
    if (issuer !== null) {
      writeFileSync(at('issuer'), issuer.cert)
      writeFileSync(at('issuer-key'), issuer.key)
    }
    // `openssl x509` can't set the first day, `openssl ca` can.
    writeFileSync(at('index'), '')
    writeFileSync(at('config'), ['[ca]', 'default_ca=one', '[one]', `database=${at('index')}`, `new_certs_dir=${folder}`, 'rand_serial=yes', 'policy=any', 'unique_subject=no', '[any]', 'commonName=supplied', ''].join('\n'))
    const signer = issuer === null ? ['-selfsign', '-keyfile', at('key')] : ['-cert', at('issuer'), '-keyfile', at('issuer-key')]
    openssl('ca', '-batch', '-notext', '-config', at('config'), ...signer, '-in', at('request'), '-out', at('cert'), '-md', digest, '-startdate', day(from), '-enddate', day(to), '-extfile', at('extensions'))
    const own = readFileSync(at('cert'), 'utf8')
    // A root is known to whoever trusts it: it is not shown.
    return { key: readFileSync(at('key'), 'utf8'), cert: own + (issuer === null || isSelfSigned(issuer.cert) ? '' : issuer.cert) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What an authority says of a certificate it issued: that it is in order, or that it has withdrawn it. */
export interface Word {
  readonly of: Identity
  readonly isWithdrawn: boolean
}

/** A list of what an authority has withdrawn, in PEM (RFC 5280 section 5). */
export function makeRevocationList(authority: Identity, words: readonly Word[]): string {
  return withIndex(authority, words, (openssl, at) => {
    writeFileSync(at('crlnumber'), '01')
    openssl('ca', '-gencrl', '-config', at('config'), '-cert', at('issuer'), '-keyfile', at('issuer-key'), '-crldays', '30', '-md', 'sha256', '-out', at('list'))
    return readFileSync(at('list'), 'utf8')
  })
}

/** What a server may bring along about its own certificate, in DER (RFC 6960). */
export function makeStaple(authority: Identity, word: Word): Buffer {
  return withIndex(authority, [word], (openssl, at) => {
    writeFileSync(at('cert'), word.of.cert)
    openssl('ocsp', '-issuer', at('issuer'), '-cert', at('cert'), '-no_nonce', '-reqout', at('question'))
    openssl('ocsp', '-index', at('index'), '-CA', at('issuer'), '-rsigner', at('issuer'), '-rkey', at('issuer-key'), '-ndays', '7', '-reqin', at('question'), '-respout', at('answer'))
    return readFileSync(at('answer'))
  })
}

function withIndex<T>(authority: Identity, words: readonly Word[], work: (openssl: (...args: readonly string[]) => void, at: (name: string) => string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'mailroom-identity-'))
  const at = (name: string) => join(folder, name)
  try {
    writeFileSync(at('issuer'), authority.cert)
    writeFileSync(at('issuer-key'), authority.key)
    const lines = words.map(({ of, isWithdrawn }) => {
      const { serialNumber, subject } = new X509Certificate(of.cert)
      return [isWithdrawn ? 'R' : 'V', day(30).slice(2), isWithdrawn ? day(-1).slice(2) : '', serialNumber, 'unknown', `/${subject}`].join('\t')
    })
    writeFileSync(at('index'), lines.map((line) => `${line}\n`).join(''))
    writeFileSync(at('config'), ['[ca]', 'default_ca=one', '[one]', `database=${at('index')}`, `crlnumber=${at('crlnumber')}`, 'unique_subject=no', ''].join('\n'))
    return work((...args) => execFileSync('openssl', [...args], { stdio: ['ignore', 'ignore', 'pipe'] }), at)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function isSelfSigned(certificate: string): boolean {
  const { subject, issuer } = new X509Certificate(certificate)
  return subject === issuer
}

/** YYYYMMDDHHMMSSZ. */
function day(fromToday: number): string {
  return `${new Date(Date.now() + fromToday * 86_400_000).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`
}

/** As settings keep it. */
export function fingerprintOf({ cert }: Pick<Identity, 'cert'>): string {
  return new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase()
}
