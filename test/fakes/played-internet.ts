/**
 * Hosts of the internet, played on loopback with real bytes on real sockets: names resolve to addresses of their own, the usual ports
 * answer (web, IMAP, POP3, SMTP; TLS or STARTTLS), and certificates come from an authority that this process trusts. Everything that
 * is not played does not exist: no question and no connection leaves the machine.
 *
 * It stands in for `dns.lookup` and for `net.connect` of the whole process while it is open.
 */
import { execFileSync } from 'node:child_process'
import dns from 'node:dns/promises'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer as createWebServer } from 'node:https'
import net, { type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { type NameServer, openNameServer, type Zone } from './name-server.ts'

export interface WebQuestion {
  readonly host: string
  readonly method: string
  /** With the query. */
  readonly path: string
  /** Names and values, as they came. */
  readonly fields: readonly string[]
  readonly body: string
}

export interface WebReply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface PlayedHost {
  /** What its web server answers; null = it takes the question and never answers. */
  readonly web?: (question: WebQuestion) => WebReply | null | Promise<WebReply | null>
  /** Its mail servers, as `imap tls 993`; in place of TLS `none`, `busy` (421 over TLS) or `preauth` (over TLS). */
  readonly mail?: readonly string[]
  /** Ports that take a connection and never say a word. */
  readonly silent?: readonly number[]
  /** Its certificate is for another name. */
  readonly wrongCertificate?: boolean
}

export interface Played {
  readonly zone?: Zone
  readonly hosts: Readonly<Record<string, PlayedHost>>
}

export interface PlayedInternet {
  readonly nameServer: NameServer
  /** Every question to a web server. */
  readonly questions: WebQuestion[]
  /** Every name whose addresses were looked up. */
  readonly lookedUp: string[]
  /** Everything mail servers were told, by host. */
  readonly said: Map<string, string>
  close(): Promise<void>
}

interface Identity {
  readonly key: string
  readonly cert: string
}

export interface Authority {
  identityFor(names: readonly string[]): Identity
  close(): void
}

/** This process trusts it from now on. Before the first connection: what is trusted is read once. */
export function trustedAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'mailroom-authority-'))
  const [key, cert] = [join(folder, 'ca.key'), join(folder, 'ca.pem')]
  const make = (into: string, names: readonly string[], more: readonly string[]) => {
    const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    execFileSync('openssl', [...kind, '-subj', `/CN=${names[0] ?? 'Played authority'}`, ...more, '-keyout', `${into}.key`, '-out', `${into}.pem`], { stdio: 'ignore' })
  }
  make(join(folder, 'ca'), [], ['-addext', 'basicConstraints=critical,CA:TRUE'])
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), readFileSync(cert, 'utf8')])
  return {
    identityFor(names) {
      const into = join(folder, 'leaf')
      make(into, names, ['-CA', cert, '-CAkey', key, '-addext', `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}`, '-addext', 'basicConstraints=critical,CA:FALSE'])
      return { key: readFileSync(`${into}.key`, 'utf8'), cert: readFileSync(`${into}.pem`, 'utf8') }
    },
    close: () => rmSync(folder, { recursive: true }),
  }
}

export async function playInternet({ zone = {}, hosts }: Played, authority: Authority): Promise<PlayedInternet> {
  const nameServer = await openNameServer(zone)
  const right = authority.identityFor(['played.test', ...Object.keys(hosts)])
  const wrong = authority.identityFor(['elsewhere.test'])
  const open: { close(): unknown }[] = []
  const sockets = new Set<Socket>()
  const questions: WebQuestion[] = []
  const said = new Map<string, string>()
  const lookedUp: string[] = []
  const addresses = new Map<string, string>()
  const ports = new Map<string, number>()

  const listen = async (server: net.Server): Promise<number> => {
    server.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.once('close', () => sockets.delete(socket))
    })
    server.on('tlsClientError', () => undefined)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    open.push(server)
    return (server.address() as AddressInfo).port
  }

  for (const [index, [host, played]] of Object.entries(hosts).entries()) {
    const address = `127.77.${1 + Math.floor(index / 200)}.${1 + (index % 200)}`
    addresses.set(host, address)
    const identity = played.wrongCertificate === true ? wrong : right
    if (played.web !== undefined) ports.set(`${address}:443`, await listen(webServer(host, played.web, identity, questions)))
    for (const line of played.mail ?? []) {
      const [protocol = '', security = '', port = ''] = line.split(' ')
      ports.set(`${address}:${port}`, await listen(mailServer(protocol, security, identity, (text) => said.set(host, `${said.get(host) ?? ''}${text}`))))
    }
    for (const port of played.silent ?? []) ports.set(`${address}:${port}`, await listen(net.createServer()))
  }

  const real = { lookup: dns.lookup, connect: net.connect }
  const played = new Set(addresses.values())
  dns.lookup = ((name: string) => {
    lookedUp.push(name)
    const address = net.isIP(name) === 0 ? addresses.get(name.toLowerCase()) : name
    return address === undefined ? Promise.reject(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' })) : Promise.resolve([{ address, family: 4 }])
  }) as typeof dns.lookup
  net.connect = ((options: net.TcpNetConnectOpts, ...more: []) =>
    played.has(options.host ?? '')
      // Port 1 of loopback refuses, as a host does where nothing listens.
      ? real.connect({ ...options, host: '127.0.0.1', port: ports.get(`${options.host}:${options.port}`) ?? 1 }, ...more)
      : real.connect(options, ...more)) as typeof net.connect

  return {
    nameServer,
    questions,
    lookedUp,
    said,
    async close() {
      dns.lookup = real.lookup
      net.connect = real.connect
      for (const socket of sockets) socket.destroy()
      for (const server of open) server.close()
      await nameServer.close()
    },
  }
}

function webServer(host: string, answer: NonNullable<PlayedHost['web']>, identity: Identity, questions: WebQuestion[]): net.Server {
  return createWebServer(identity, (request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const question = { host, method: request.method ?? '', path: request.url ?? '', fields: request.rawHeaders, body: Buffer.concat(pieces).toString() }
      questions.push(question)
      void Promise.resolve(answer(question)).then((reply) => {
        if (reply === null) return
        response.writeHead(reply.status ?? 200, reply.headers)
        response.end(reply.body ?? '')
      })
    })
  })
}

/** Speaks just enough to be asked what it offers, and notes whatever it is told. */
function mailServer(protocol: string, security: string, identity: Identity, note: (text: string) => void): net.Server {
  const words = security === 'busy' ? { ...mailWords(protocol), greeting: '421 4.7.0 Too many connections, try again later\r\n' } : security === 'preauth' ? { ...mailWords(protocol), greeting: '* PREAUTH hello\r\n' } : mailWords(protocol)
  const isSecured = security === 'tls' || security === 'busy' || security === 'preauth'
  const talk = (socket: Socket, secured: boolean, greet: boolean) => {
    if (greet) socket.write(words.greeting)
    let rest = ''
    const listen = (piece: Buffer) => {
      note(piece.toString('latin1'))
      rest += piece.toString('latin1')
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        socket.write(security === 'none' && words.isUpgrade(line) ? words.refusal(line) : words.answer(line, secured))
        if (!secured && words.isUpgrade(line)) {
          socket.off('data', listen)
          const upgraded = new tls.TLSSocket(socket, { isServer: true, ...identity })
          upgraded.on('error', () => undefined)
          talk(upgraded, true, false)
          return
        }
      }
    }
    socket.on('data', listen)
    socket.on('error', () => undefined)
  }
  return isSecured ? tls.createServer(identity, (socket) => talk(socket, true, true)) : net.createServer((socket) => talk(socket, security === 'none', true))
}

interface MailWords {
  readonly greeting: string
  answer(line: string, secured: boolean): string
  isUpgrade(line: string): boolean
  /** For who has no TLS. */
  refusal(line: string): string
}

function mailWords(protocol: string): MailWords {
  switch (protocol) {
    case 'imap':
      return {
        greeting: '* OK ready\r\n',
        answer(line, secured) {
          const [tag = '*', command = ''] = line.split(' ')
          const abilities = `* CAPABILITY IMAP4rev1 ${secured ? 'AUTH=PLAIN' : 'STARTTLS LOGINDISABLED'}\r\n`
          return `${command.toUpperCase() === 'CAPABILITY' ? abilities : ''}${tag} OK done\r\n`
        },
        isUpgrade: (line) => / STARTTLS$/i.test(line),
        refusal: (line) => `${line.split(' ')[0] ?? '*'} BAD what?\r\n`,
      }
    case 'pop3':
      return {
        greeting: '+OK ready\r\n',
        answer: (line, secured) => (line.toUpperCase() === 'CAPA' ? `+OK\r\nUIDL\r\nUSER\r\n${secured ? 'SASL PLAIN' : 'STLS'}\r\n.\r\n` : '+OK\r\n'),
        isUpgrade: (line) => line.toUpperCase() === 'STLS',
        refusal: () => '-ERR what?\r\n',
      }
    default:
      return {
        greeting: '220 ready\r\n',
        answer: (line, secured) => (/^EHLO/i.test(line) ? `250-ready\r\n250 ${secured ? 'AUTH PLAIN' : 'STARTTLS'}\r\n` : /^STARTTLS$/i.test(line) ? '220 go\r\n' : '221 bye\r\n'),
        isUpgrade: (line) => /^STARTTLS$/i.test(line),
        refusal: () => '502 what?\r\n',
      }
  }
}
