import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import http2 from 'node:http2'
import type { AddressInfo } from 'node:net'
import tls from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type HttpsOptions, openHttps } from '../../../electron/protocols/net/https-request.ts'
import { newIdentity } from '../../fakes/tls-front.ts'

let identity: ReturnType<typeof newIdentity>
let fingerprint: string
const closing: (() => void | Promise<void>)[] = []
beforeAll(() => {
  identity = newIdentity()
  fingerprint = new X509Certificate(identity.cert).fingerprint256.replaceAll(':', '').toLowerCase()
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** `play` is told how many requests came before this one, on all connections. */
async function served(play: (stream: http2.ServerHttp2Stream, before: number) => void) {
  const sessions = new Set<http2.ServerHttp2Session>()
  let asked = 0
  const server = http2.createSecureServer(identity)
  server.on('session', (session) => void sessions.add(session.on('error', () => {})))
  server.on('stream', (stream) => {
    stream.on('error', () => {})
    play(stream, asked)
    asked += 1
  })
  server.on('tlsClientError', () => {})
  return { ...(await listening(server)), connections: () => sessions.size, closeSessions: () => [...sessions].map((session) => session.destroy()) }
}

async function listening(server: tls.Server) {
  const sockets = new Set<tls.TLSSocket>()
  server.on('secureConnection', (socket: tls.TLSSocket) => void sockets.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  })
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

function client(more: Partial<HttpsOptions> = {}) {
  const https = openHttps({ timeoutSeconds: 5, signal: new AbortController().signal, trusted: () => fingerprint, manyAtOnce: true, ...more })
  closing.push(() => https.close())
  return https
}

const says = (body: string, fields = {}) => (stream: http2.ServerHttp2Stream) => {
  stream.respond({ ':status': 200, ...fields })
  stream.end(body)
}
const failing = (code: string) => ({ ok: false, failure: { code } })

describe('over HTTP/2', () => {
  it('many requests are under way at once, over one connection, and each gets its own answer', async () => {
    const waiting: (() => void)[] = []
    const { url, connections } = await served((stream, before) => {
      waiting.push(() => says(`answer ${before}`)(stream))
      if (waiting.length === 20) for (const answer of waiting.toReversed()) answer()
    })
    const https = client()
    const answers = await Promise.all(Array.from({ length: 20 }, () => https.ask({ url, mostBytes: 100 })))
    expect(answers.map((answer) => answer.ok && String(answer.value.body)).toSorted()).toEqual(Array.from({ length: 20 }, (_, index) => `answer ${index}`).toSorted())
    expect(connections()).toBe(1)
  })

  it('where much is under way it is shared among a few connections', async () => {
    const server = http2.createSecureServer(identity)
    let connections = 0
    server.on('stream', (stream) => says('one')(stream.on('error', () => {})))
    server.on('session', () => (connections += 1))
    const { url } = await listening(server)
    const https = client()
    const left = Array.from({ length: 200 }).values()
    const answers: boolean[] = []
    await Promise.all(Array.from({ length: 32 }, async () => {
      for (const _ of left) answers.push((await https.ask({ url, mostBytes: 100 })).ok)
    }))
    expect({ connections, answered: answers.filter(Boolean).length }).toEqual({ connections: 4, answered: 200 })
  })

  it('a server that takes only so many requests on a connection answers those it has, and the others go out on a new one', async () => {
    const server = http2.createSecureServer(identity)
    const asked = new Map<unknown, number>()
    server.on('stream', (stream) => {
      const count = (asked.get(stream.session) ?? 0) + 1
      asked.set(stream.session, count)
      // As nginx does after a thousand.
      if (count === 10) stream.session?.close()
      setImmediate(() => stream.destroyed || says('one')(stream.on('error', () => {})))
    })
    const { url } = await listening(server)
    const https = client()
    const left = Array.from({ length: 150 }).values()
    const failures: unknown[] = []
    await Promise.all(Array.from({ length: 8 }, async () => {
      for (const _ of left) {
        const answer = await https.ask({ url, mostBytes: 100 })
        if (!answer.ok) failures.push(answer)
      }
    }))
    expect(failures).toEqual([])
    // What it refused without a look may be sent again, whatever it is.
    expect(await https.ask({ url, method: 'POST', body: 'x', mostBytes: 100 })).toMatchObject({ ok: true })
    expect(asked.size).toBeGreaterThan(5)
  })

  it('a body goes there as it is, with what the request carries', async () => {
    const heard: unknown[] = []
    const server = http2.createSecureServer(identity, (asked, answer) => {
      const pieces: Buffer[] = []
      heard.push(asked.headers.authorization, asked.headers['accept-encoding'], asked.method)
      asked.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => answer.writeHead(200, { 'x-one': 'a' }).end(String(Buffer.concat(pieces).length)))
    })
    const { url } = await listening(server)
    const answer = await client().ask({ url, method: 'POST', body: Buffer.alloc(3_000_000, 'mail'), authorization: 'Basic c2VjcmV0', mostBytes: 100 })
    expect(answer).toMatchObject({ ok: true, value: { status: 200, body: Buffer.from('3000000') } })
    expect(answer.ok && answer.value.headers.get('x-one')).toBe('a')
    expect(heard).toEqual(['Basic c2VjcmV0', 'identity', 'POST'])
  })

  it('a server that speaks only HTTP/1.1 is asked over the connection that told so', async () => {
    let connections = 0
    const server = tls.createServer({ ...identity, ALPNProtocols: ['http/1.1'] }, (socket) => {
      connections += 1
      socket.on('error', () => {}).on('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none'))
    })
    const { url } = await listening(server)
    const https = client()
    for (let turn = 0; turn < 2; turn += 1) expect(await https.ask({ url, mostBytes: 10 })).toMatchObject({ ok: true, value: { body: Buffer.from('one') } })
    expect(connections).toBe(1)
  })

  it('a long body waits for whoever takes it, and others are not held up meanwhile', async () => {
    const long = Buffer.alloc(5_000_000, 'long mail ')
    const { url } = await served((stream, before) => says(before === 0 ? long.toString() : 'short')(stream))
    const https = client()
    const pieces: Buffer[] = []
    const hold = Promise.withResolvers<void>()
    const asked = https.ask({ url, mostBytes: long.length }, () => ({ write: async (piece) => (await hold.promise, void pieces.push(Buffer.from(piece))) }))
    for (let turn = 0; turn < 5; turn += 1) expect(await https.ask({ url, mostBytes: 100 })).toMatchObject({ ok: true, value: { body: Buffer.from('short') } })
    hold.resolve()
    expect(await asked).toMatchObject({ ok: true })
    expect(Buffer.concat(pieces).equals(long)).toBe(true)
  })

  it.each([
    ['given up without an error', http2.constants.NGHTTP2_NO_ERROR],
    ['called off', http2.constants.NGHTTP2_CANCEL],
    ['broken', http2.constants.NGHTTP2_INTERNAL_ERROR],
  ])('an answer that its server has %s half way is not taken for whole', async (_, code) => {
    const { url } = await served((stream) => {
      stream.respond({ ':status': 200, 'content-length': '100' })
      stream.write('half', () => stream.close(code))
    })
    expect(await client().ask({ url, mostBytes: 1000 })).toMatchObject(failing('connect.lost'))
  })

  it('a connection that breaks ends what is under way; the next request gets a new one', async () => {
    const { url, closeSessions, connections } = await served((stream, before) => {
      if (before > 0) return says('again')(stream)
      stream.respond({ ':status': 200 })
      stream.write('half', closeSessions)
    })
    const https = client()
    expect(await https.ask({ url, mostBytes: 1000 })).toMatchObject(failing('connect.lost'))
    expect(await https.ask({ url, mostBytes: 1000 })).toMatchObject({ ok: true, value: { body: Buffer.from('again') } })
    expect(connections()).toBe(2)
  })

  it('a GET that a kept connection swallowed is asked once more, a POST never', async () => {
    const { url, closeSessions, connections } = await served((stream, before) => (before % 2 === 0 ? says('one')(stream) : void closeSessions()))
    const https = client()
    for (let turn = 0; turn < 2; turn += 1) expect(await https.ask({ url, mostBytes: 10 })).toMatchObject({ ok: true })
    expect(await https.ask({ url, method: 'POST', body: 'x', mostBytes: 10 })).toMatchObject(failing('connect.lost'))
    expect(connections()).toBe(2)
  })

  it('nothing endless is waited for: neither a body, nor a head, nor what comes before it, nor silence', async () => {
    const more = (stream: http2.ServerHttp2Stream) => {
      while (!stream.destroyed && stream.write('x'.repeat(10_000)));
      stream.once('drain', () => more(stream))
    }
    const plays: readonly (readonly [string, (stream: http2.ServerHttp2Stream) => void])[] = [
      ['server.answer-too-long', (stream) => (stream.respond({ ':status': 200 }), more(stream))],
      ['server.protocol', (stream) => { for (let times = 0; times < 100; times += 1) stream.additionalHeaders({ ':status': 103 }) }],
      ['server.protocol', (stream) => { stream.respond({ ':status': 200, 'content-encoding': 'gzip' }); stream.end('x') }],
      ['connect.timeout', () => {}],
    ]
    for (const [code, play] of plays) {
      const { url } = await served(play)
      expect(await client({ timeoutSeconds: 0.5 }).ask({ url, mostBytes: 100_000 })).toMatchObject(failing(code))
    }
    const { url } = await served((stream) => stream.respond(Object.fromEntries([[':status', 200], ...Array.from({ length: 60 }, (_, index) => [`x-${index}`, 'x'.repeat(1000)])])))
    expect(await client().ask({ url, mostBytes: 10 })).toMatchObject({ ok: false })
  })

  it('what is no HTTP/2 at all, and a flood of frames nobody asked for, are failures', async () => {
    const talker = async (text: Buffer, times: number) => {
      const server = tls.createServer({ ...identity, ALPNProtocols: ['h2'] }, (socket) => {
        socket.on('error', () => {})
        const say = (left: number) => void (left > 0 && !socket.destroyed && socket.write(text, () => say(left - 1)))
        say(times)
      })
      return listening(server)
    }
    const settings = Buffer.from('000000040000000000', 'hex')
    const ping = Buffer.from('0000080600000000000000000000000000', 'hex')
    const pushed = Buffer.from('00000a05040000000100000002828684', 'hex')
    for (const [text, times] of [[Buffer.from('HTTP/1.1 200 OK\r\n\r\nno HTTP/2 at all'), 1], [Buffer.concat([settings, pushed]), 1], [Buffer.concat([settings, ...Array.from({ length: 2000 }, () => ping)]), 50]] as const) {
      const { url } = await talker(text, times)
      expect(await client({ timeoutSeconds: 1 }).ask({ url, mostBytes: 10 })).toMatchObject({ ok: false })
    }
  })

  it('closed or cancelled, everything under way ends', async () => {
    const stop = new AbortController()
    const { url } = await served(() => {})
    const cancelled = client({ signal: stop.signal }).ask({ url, mostBytes: 10 })
    stop.abort()
    expect(await cancelled).toMatchObject(failing('job.cancelled'))
    const https = client()
    const asked = https.ask({ url, mostBytes: 10 })
    https.close()
    expect(await asked).toMatchObject(failing('job.cancelled'))
  })
})
