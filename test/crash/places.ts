/** Where a run that is killed fetches from; in clear where its steps can be read then. */
import type { ServerTarget } from '../../electron/protocols/net/server-target.ts'

export interface Place {
  readonly protocol: 'pop3' | 'imap' | 'jmap'
  readonly server: Omit<ServerTarget, 'signal'>
}

export function placeOf(protocol: string, port: number): Place {
  const common = { port, trustedCertificate: null, timeoutSeconds: 20 }
  if (protocol !== 'jmap') return { protocol: protocol === 'pop3' ? 'pop3' : 'imap', server: { ...common, host: '127.0.0.1', security: 'none' } }
  return { protocol, server: { ...common, host: 'localhost', security: 'tls', http: { sessionUrl: `https://localhost:${port}/.well-known/jmap`, otherHosts: [] } } }
}
