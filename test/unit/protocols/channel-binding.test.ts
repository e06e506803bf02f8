import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { createServer, type SecureVersion, type TLSSocket } from 'node:tls'
import { expect, it } from 'vitest'
import { openInbox } from '../../../electron/protocols/open-inbox.ts'
import { openTlsFront, newIdentity } from '../../fakes/tls-front.ts'

const identity = newIdentity()
const trust = (certificate: string | Buffer) => new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase()

const boundTo: Readonly<Record<string, (socket: TLSSocket) => Buffer | undefined>> = {
  'tls-exporter': (socket) => socket.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0)),
  'tls-unique': (socket) => socket.getPeerFinished(),
}

/** A POP3 server with SCRAM-SHA-256-PLUS that tells what its clients were bound to, and whether that is this very connection. */
async function bindingServer(version: SecureVersion) {
  const seen: { type: string; isThisConnection: boolean }[] = []
  const server = createServer({ ...identity, minVersion: version, maxVersion: version }, (socket) => {
    socket.on('error', () => undefined)
    const says = (line: string) => socket.write(`${line}\r\n`)
    says('+OK')
    createInterface(socket).on('line', (line) => {
      const [word = '', mechanism = '', initial = ''] = line.split(' ')
      if (word === 'CAPA') says('+OK\r\nSASL SCRAM-SHA-256-PLUS SCRAM-SHA-256\r\n.')
      else if (word === 'AUTH') {
        expect(mechanism).toBe('SCRAM-SHA-256-PLUS')
        const nonce = /r=(.+)$/.exec(Buffer.from(initial, 'base64').toString())?.[1] ?? ''
        says(`+ ${Buffer.from(`r=${nonce}server,s=${Buffer.from('salt').toString('base64')},i=4096`).toString('base64')}`)
      } else if (word === 'QUIT') socket.end('+OK\r\n')
      else {
        const bound = Buffer.from(/^c=([^,]*)/.exec(Buffer.from(word, 'base64').toString())?.[1] ?? '', 'base64')
        const end = bound.indexOf(',,') + 2
        const type = bound.subarray(2, end - 2).toString()
        seen.push({ type, isThisConnection: boundTo[type]?.(socket)?.equals(bound.subarray(end)) ?? false })
        says('-ERR that was all this server wanted to know')
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { seen, port: (server.address() as AddressInfo).port, close: () => server.close() }
}

const signIn = (port: number, trustedCertificate: string) =>
  openInbox('pop3', { host: '127.0.0.1', port, security: 'tls', trustedCertificate, timeoutSeconds: 20, signal: new AbortController().signal }, { userName: 'a', secret: 'b', method: 'password' })

it.each([['TLSv1.3', ['tls-exporter', 'tls-unique']], ['TLSv1.2', ['tls-unique']]] as const)('over %s a sign-in is bound to this very connection by %j, one after the other, and by nothing less', async (version, types) => {
  const server = await bindingServer(version)
  await signIn(server.port, trust(identity.cert))
  expect(server.seen).toEqual(types.map((type) => ({ type, isThisConnection: true })))
  server.close()
})

it('with somebody in between the two ends are bound to different connections, even if the one in between is trusted', async () => {
  const server = await bindingServer('TLSv1.3')
  const between = await openTlsFront({ host: '127.0.0.1', port: server.port, secure: true })
  await signIn(between.port, between.fingerprint().replaceAll(':', '').toLowerCase())
  expect(server.seen).toEqual(['tls-exporter', 'tls-unique'].map((type) => ({ type, isThisConnection: false })))
  await between.close()
  server.close()
})
