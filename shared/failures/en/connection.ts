/** Failures about names, connections and certificates, in English. */
import type { Evidence } from '../failure.ts'
import type { WordsAbout } from '../failure-words.ts'
import { readableName } from '../readable-name.ts'
import { after, host, Server, server } from './phrases.ts'

export const connection: WordsAbout<'dns' | 'connect' | 'tls'> = {
  'dns.no-such-host': (about) => ({
    title: 'There is no server by this name',
    cause: `The internet’s directory of names does not know ${host(about)}.`,
    remedy: 'Check the server name for a typing mistake, or ask your mail provider for the right one.',
  }),
  'dns.unavailable': (about) => ({
    title: 'The server name could not be looked up',
    cause: `The service that finds servers by name did not answer when asked for ${host(about)}. Usually there is no internet connection.`,
    remedy: 'Check whether this computer is online, then try again.',
  }),

  'connect.refused': (about) => ({
    title: 'The server does not accept connections',
    cause: `${Server(about)} can be reached, but nothing answers there. The port number may be wrong, or the mail service is switched off.`,
    remedy: 'Check the port and the security chosen for it. If both are right, try again later.',
  }),
  'connect.unreachable': (about) => ({
    title: 'The server cannot be reached',
    cause: `There is no way over the network to ${server(about)}.`,
    remedy: 'Check the internet connection, and whether you must be in the office network or use a VPN to reach this server.',
  }),
  'connect.timeout': (about) => ({
    title: 'The server did not answer in time',
    cause: `${Server(about)} gave no answer ${after(about)}.`,
    remedy: 'Check the server name and port. On a slow connection, set a longer server timeout under More settings, Advanced.',
  }),
  'connect.lost': (about) => ({
    title: 'The connection was lost',
    cause: `The connection to ${server(about)} ended in the middle of the work.`,
    remedy: 'Try again. What was finished before is kept. If it keeps happening, ask whoever runs the server.',
  }),
  'connect.too-many': (about) => ({
    title: 'Too many connections at once',
    cause: `${Server(about)} allows no more connections from you right now.`,
    remedy: 'Close other mail programs that use this account, or wait a few minutes and try again.',
  }),

  'tls.untrusted-certificate': (about) => ({
    title: 'The server’s identity cannot be verified',
    cause: `The certificate (the digital proof of identity) of ${server(about)} was issued by somebody this computer does not know.`,
    remedy: 'Compare its fingerprint with what the server’s owner tells you. Trust it only if they are the same.',
  }),
  'tls.self-signed-certificate': (about) => ({
    title: 'The server vouches only for itself',
    cause: `The certificate (the digital proof of identity) of ${server(about)} was signed by the server itself, and by nobody else.`,
    remedy: 'For a server of your own office this is usual: compare the fingerprint with its owner, and trust it only if it is the same.',
  }),
  'tls.expired-certificate': (about) => ({
    title: 'The server’s certificate has expired',
    cause: `${theCertificate(about)} is past its last day.`,
    remedy: 'Check the date of this computer. If it is right, ask whoever runs the server to renew the certificate.',
  }),
  'tls.not-yet-valid-certificate': (about) => ({
    title: 'The server’s certificate is not valid yet',
    cause: `${theCertificate(about)} begins on a later day than this computer says it is.`,
    remedy: 'Nearly always the clock is wrong: set the date and time of this computer right. If they are, ask whoever runs the server about the certificate.',
  }),
  'tls.wrong-name': (about) => ({
    title: 'The certificate is for another server',
    cause: `${Server(about)} showed a certificate (the digital proof of identity) that is for another name${about.certificate === undefined || about.certificate.names.length === 0 ? '' : `: ${about.certificate.names.join(', ')}`}.`,
    remedy: 'Use the server name that the certificate is for, if it belongs to your mail provider.',
  }),
  'tls.weak-certificate': (about) => ({
    title: 'The server’s certificate is too easy to forge',
    cause: `${theCertificate(about)} was made in a way that is no longer safe: with a key that is too short, or signed by a method that has been broken.`,
    remedy: 'Ask whoever runs the server for a new certificate. Until then, compare its fingerprint with them before you trust it.',
  }),
  'tls.revoked-certificate': (about) => ({
    title: 'The server’s certificate was withdrawn',
    cause: `${theCertificate(about)} was declared invalid by whoever issued it.`,
    remedy: 'Do not sign in. Ask whoever runs the server.',
  }),
  'tls.status-missing': (about) => ({
    title: 'Proof that the certificate was not withdrawn is missing',
    cause: `${theCertificate(about)} is good only together with a recent statement of whoever issued it, and the server did not bring a valid one.`,
    remedy: 'Try again later. If it lasts, tell whoever runs the server that its certificate asks for “OCSP stapling”.',
  }),
  'tls.changed-certificate': (about) => ({
    title: 'The server shows another certificate than before',
    cause: `You trusted a certificate of ${server(about)} before; it now shows a different one${about.certificate?.verifies === true ? ', which a known authority vouches for' : ', which nobody vouches for'}. Nothing was sent to it.`,
    remedy: 'Ask the server’s owner whether it was renewed, and compare the new fingerprint before you go on.',
  }),
  'tls.handshake-failed': (about) => ({
    title: 'No secure connection could be made',
    cause: `${Server(about)} and this computer did not agree on how to encrypt.`,
    remedy: 'Check that the security (TLS or STARTTLS) fits the port. A very old server may offer only what is no longer safe.',
  }),
  'tls.not-offered': (about) => ({
    title: 'The server does not offer encryption here',
    cause: `STARTTLS (switching to encryption before sign-in) was chosen, but ${server(about)} does not offer it.`,
    remedy: 'Choose TLS with its own port. Your password was not sent.',
  }),
  'tls.injected-data': (about) => ({
    title: 'The connection may have been tampered with',
    cause: `Something was sent on the connection to ${server(about)} at a moment when nothing may be sent.`,
    remedy: 'Do not use this network for mail. Your password was not sent. Tell whoever runs the server.',
  }),
}

/** The server's own, or that of somebody who vouches for it. */
function theCertificate(about: Evidence): string {
  const of = about.certificate?.problemWith ?? null
  return of === null ? `The certificate (the digital proof of identity) of ${server(about)}` : `The certificate (the digital proof of identity) of ${readableName(of)}, who vouches for ${server(about)},`
}
