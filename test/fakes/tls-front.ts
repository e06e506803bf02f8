/** TLS with a self-signed certificate in front of a plain server, or of one with TLS of its own; its certificate can change while it runs. */
import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { connect as connectTls, createServer } from 'node:tls'

export interface TlsFront {
  readonly port: number
  /** As people write it: AA:BB:… */
  fingerprint(): string
  /** From now on it shows another certificate for the same name, as after a renewal or with somebody in between. */
  changeCertificate(): void
  close(): Promise<void>
}

export async function openTlsFront(behind: { readonly host: string; readonly port: number; readonly secure?: boolean }): Promise<TlsFront> {
  let identity = newIdentity()
  const server = createServer(identity, (socket) => {
    const inner = behind.secure === true ? connectTls({ port: behind.port, host: behind.host, rejectUnauthorized: false }) : connect(behind.port, behind.host)
    // Either side may hang up at any moment: that is the client's matter.
    pipeline(socket, inner, () => undefined)
    pipeline(inner, socket, () => undefined)
  })
  server.on('tlsClientError', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    fingerprint: () => new X509Certificate(identity.cert).fingerprint256,
    changeCertificate() {
      identity = newIdentity()
      server.setSecureContext(identity)
    },
    async close() {
      server.close()
      await once(server, 'close')
    },
  }
}

export function newIdentity(): { readonly key: Buffer; readonly cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'mailroom-identity-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30', ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' })
  const made = { key: readFileSync(key), cert: readFileSync(cert) }
  rmSync(folder, { recursive: true })
  return made
}
