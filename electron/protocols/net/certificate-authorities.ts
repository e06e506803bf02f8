/**
 * Whom this program trusts to vouch for a server: Node's own list, NODE_EXTRA_CA_CERTS, and the operating system's store,
 * so that a company's own authority, installed by its administrator, counts.
 */
import tls from 'node:tls'
import { type Withdrawn, withdrawnHere } from './revocation.ts'

/**
 * Made on first use and kept: reading both stores takes 80 ms and building the context 20-40 ms (measured), which is too
 * long to spend in every connection. Like Node's own list it stays as it is until the program is started again.
 */
export const trustedContext: () => tls.SecureContext = once(() =>
  tls.createSecureContext({
    ca: [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('extra'), ...tls.getCACertificates('system')])],
    minVersion: 'TLSv1.2',
  }),
)

/** Which certificates are withdrawn, as far as a file on this computer says so; read once, too. */
export const withdrawnCertificates: () => Withdrawn = once(() => withdrawnHere(process.env))

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
