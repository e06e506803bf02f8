import { X509Certificate } from 'node:crypto'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import tls from 'node:tls'
import { gzipSync } from 'node:zlib'
import { done, failed } from '../../../shared/failures/failure.ts'
import { type HttpsOptions, type HttpsRequest, openHttps, requestHttps } from '../../../electron/protocols/net/https-request.ts'
import { newIdentity } from '../../fakes/tls-front.ts'
import { scriptedServer } from '../../fakes/scripted-server.ts'

/** What a server on a real socket does with a request it has heard the head of; `heard` is all of the connection so far. */
type Play = (socket: Socket, heard: string) => void

let identity: ReturnType<typeof newIdentity>
const opened: (() => Promise<void>)[] = []

beforeAll(() => {
  identity = newIdentity()
})
afterEach(async () => {
  for (const close of opened.splice(0)) await close()
})

async function served(play: Play): Promise<{ readonly url: string; readonly heard: string[]; connections(): number }> {
  const heard: string[] = []
  const sockets = new Set<Socket>()
  const server = tls.createServer(identity, (socket) => {
    let all = ''
    heard.push('')
    const mine = heard.length - 1
    sockets.add(socket)
    socket.on('error', () => undefined).on('data', (bytes) => {
      all += bytes.toString('latin1')
      heard[mine] = all
      if (all.endsWith('\r\n\r\n') || /\r\n\r\n.+$/s.test(all)) play(socket, all)
    })
  })
  server.on('tlsClientError', () => undefined).listen(0, '127.0.0.1')
  await once(server, 'listening')
  opened.push(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  })
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`, heard, connections: () => heard.length }
}

const fingerprint = () => new X509Certificate(identity.cert).fingerprint256.replaceAll(':', '').toLowerCase()
const options = (more: Partial<HttpsOptions> = {}): HttpsOptions => ({ timeoutSeconds: 5, signal: new AbortController().signal, trusted: () => fingerprint(), ...more })
const ask = (url: string, more: Partial<HttpsRequest> = {}, how: Partial<HttpsOptions> = {}) => requestHttps(options(how), { url, mostBytes: 100_000, ...more })
const says = (text: string): Play => (socket) => socket.write(text)
const ok = (body: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

describe('a request over HTTPS', () => {
  it('brings status, fields and body as they are, and asks for nothing compressed', async () => {
    const { url, heard } = await served(says('HTTP/1.1 404 Not Found\r\nX-One: a\r\nX-One: b\r\nContent-Length: 4\r\n\r\ngone'))
    const answer = await ask(`${url}a?b=c`)
    expect(answer).toMatchObject({ ok: true, value: { status: 404, body: Buffer.from('gone') } })
    expect(answer.ok && answer.value.headers.get('x-one')).toBe('a, b')
    expect(heard[0]).toContain('GET /a?b=c HTTP/1.1')
    expect(heard[0]).toContain('accept-encoding: identity')
  })

  it('a certificate is judged as on every other connection, and nothing of the request goes out before that', async () => {
    const { url, heard } = await served(says(ok('')))
    expect(await ask(url, { authorization: 'Basic c2VjcmV0' }, { trusted: () => null })).toMatchObject({ ok: false, failure: { code: 'tls.self-signed-certificate', evidence: { certificate: { fingerprint: fingerprint() } } } })
    expect(await ask(url, {}, { trusted: () => 'ab'.repeat(32) })).toMatchObject({ ok: false, failure: { code: 'tls.changed-certificate' } })
    expect(heard.join('')).toBe('')
  })

  it('a body that is longer than allowed ends the request, said to be or not', async () => {
    const endless = await served((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      const more = () => {
        while (!socket.destroyed && socket.write('x'.repeat(16_384)));
        socket.once('drain', more)
      }
      more()
    })
    expect(await ask(endless.url)).toMatchObject({ ok: false, failure: { code: 'server.answer-too-long' } })
  })

  it('a head that never ends is refused', async () => {
    const { url } = await served((socket) => socket.write(`HTTP/1.1 200 OK\r\n${'X-Header: something quite long to say\r\n'.repeat(5000)}`))
    expect(await ask(url)).toMatchObject({ ok: false, failure: { code: 'server.answer-too-long' } })
  })

  it('what is compressed is refused: it was not asked for, and may be a bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000))
    const { url } = await served((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`)
      socket.write(bomb)
    })
    expect(await ask(url)).toMatchObject({ ok: false, failure: { code: 'server.protocol' } })
  })

  it.each([
    ['nothing at all', ''],
    ['a head that stops', 'HTTP/1.1 200 OK\r\nContent-'],
    ['a body that stops', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegin'],
  ])('%s is waited for no longer than the wait allows', async (_, text) => {
    const { url } = await served(says(text))
    expect(await ask(url, {}, { timeoutSeconds: 0.2 })).toMatchObject({ ok: false, failure: { code: 'connect.timeout', evidence: { seconds: 0.2 } } })
  })

  it('an answer that drips ends too, and so does the whole at its own limit', async () => {
    const drips: Play = (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n')
      const timer = setInterval(() => socket.write('x'), 20)
      socket.on('close', () => clearInterval(timer))
    }
    const slow = await served(drips)
    expect(await ask(slow.url, {}, { timeoutSeconds: 0.3 })).toMatchObject({ ok: false, failure: { code: 'connect.timeout' } })
    expect(await ask(slow.url, { withinSeconds: 0.2 })).toMatchObject({ ok: false, failure: { code: 'connect.timeout', evidence: { seconds: 0.2 } } })
  })

  it.each([
    ['not HTTP', '220 mail.example ESMTP\r\n', 'server.protocol'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 'server.protocol'],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: other\r\n\r\n', 'server.protocol'],
    ['endless interim answers', 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(200), 'server.protocol'],
  ])('%s is told as what it is', async (_, text, code) => {
    const { url } = await served(says(text))
    expect(await ask(url)).toMatchObject({ ok: false, failure: { code } })
  })

  it('a connection that ends in mid-answer is lost', async () => {
    const { url } = await served((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegin'))
    expect(await ask(url)).toMatchObject({ ok: false, failure: { code: 'connect.lost' } })
  })

  it('is cancelled at once, in whatever it waits', async () => {
    const cancel = new AbortController()
    const { url } = await served(() => cancel.abort())
    expect(await ask(url, { signal: cancel.signal })).toMatchObject({ ok: false, failure: { code: 'job.cancelled' } })
    expect(await ask(url, { signal: cancel.signal })).toMatchObject({ ok: false, failure: { code: 'job.cancelled' } })
  })

  it('takes no line break into a field, and no address with a password in it', async () => {
    const { url, connections } = await served(says(ok('')))
    expect(await ask(url, { headers: { accept: 'a\r\nX-More: b' } })).toMatchObject({ ok: false, failure: { code: 'input.invalid' } })
    expect(await ask(url, { authorization: 'Bearer a\nb' })).toMatchObject({ ok: false, failure: { code: 'input.invalid' } })
    expect(await ask(url.replace('https://', 'https://user:password@'))).toMatchObject({ ok: false, failure: { code: 'input.invalid' } })
    expect(connections()).toBe(0)
  })
})

describe('in clear', () => {
  const clear = async () => {
    const server = await scriptedServer(async ({ hears, says: answer }) => {
      while ((await hears()) !== '');
      await answer(ok('lab'))
    })
    opened.push(() => server.close())
    return `http://127.0.0.1:${server.port}/`
  }

  it('nothing goes out, unless it is allowed, and then to this machine alone', async () => {
    const url = await clear()
    expect(await ask(url)).toMatchObject({ ok: false, failure: { code: 'signin.clear-text-refused' } })
    expect(await ask(url, {}, { clearTextToThisMachine: true })).toMatchObject({ ok: true, value: { body: Buffer.from('lab') } })
    expect(await ask('http://mail.example/', {}, { clearTextToThisMachine: true })).toMatchObject({ ok: false, failure: { code: 'signin.clear-text-refused' } })
  })

  it('nor where a redirect from https leads there', async () => {
    const plain = await clear()
    const { url } = await served(says(`HTTP/1.1 302 Found\r\nLocation: ${plain}\r\nContent-Length: 0\r\n\r\n`))
    expect(await ask(url, { redirects: 3 }, { clearTextToThisMachine: true })).toMatchObject({ ok: false, failure: { code: 'signin.clear-text-refused' } })
  })
})

describe('redirects', () => {
  const to = (url: string) => `HTTP/1.1 302 Found\r\nLocation: ${url}\r\nContent-Length: 0\r\n\r\n`

  it('are an answer like any other where none are to be followed, and never followed for a POST', async () => {
    const { url, connections } = await served(says(to('/elsewhere')))
    expect(await ask(url)).toMatchObject({ ok: true, value: { status: 302 } })
    expect(await ask(url, { method: 'POST', body: 'x', redirects: 5 })).toMatchObject({ ok: true, value: { status: 302 } })
    expect(connections()).toBe(2)
  })

  it('to another origin go without the credentials', async () => {
    const other = await served(says(ok('there')))
    const first = await served((socket, heard) => socket.write(heard.includes('GET /next') ? to(other.url) : to('/next')))
    expect(await ask(first.url, { authorization: 'Basic c2VjcmV0', redirects: 3 })).toMatchObject({ ok: true, value: { url: other.url, body: Buffer.from('there') } })
    expect(first.heard.join('').match(/c2VjcmV0/g)).toHaveLength(2)
    expect(other.heard.join('')).not.toContain('c2VjcmV0')
  })

  it('in a circle end', async () => {
    const { url } = await served(says(to('/')))
    expect(await ask(url, { redirects: 3 })).toMatchObject({ ok: false, failure: { code: 'server.protocol' } })
  })
})

describe('a client that is kept', () => {
  it('uses its connection again, and a new one when the server has closed it meanwhile', async () => {
    const { url, connections } = await served((socket, heard) => {
      if (heard.match(/GET /g)?.length === 2) socket.destroy()
      else socket.write(ok('one'))
    })
    const client = openHttps(options())
    for (let turn = 0; turn < 2; turn += 1) expect(await client.ask({ url, mostBytes: 10 })).toMatchObject({ ok: true, value: { body: Buffer.from('one') } })
    client.close()
    expect(connections()).toBe(2)
  })

  it('a POST is never sent twice by itself', async () => {
    const { url, connections } = await served((socket, heard) => {
      if (heard.includes('POST ')) socket.destroy()
      else socket.write(ok('one'))
    })
    const client = openHttps(options())
    expect(await client.ask({ url, mostBytes: 10 })).toMatchObject({ ok: true })
    expect(await client.ask({ url, method: 'POST', body: 'x', mostBytes: 10 })).toMatchObject({ ok: false, failure: { code: 'connect.lost' } })
    client.close()
    expect(connections()).toBe(1)
  })

  it('hands a body to a sink piece by piece, and waits for it', async () => {
    const body = Buffer.alloc(3_000_000, 'mail')
    const { url } = await served((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`)
      socket.write(body)
    })
    const pieces: Uint8Array[] = []
    const client = openHttps(options())
    const answer = await client.ask({ url, mostBytes: body.length }, ({ status }) => (status === 200 ? { write: async (piece) => void pieces.push(Buffer.from(piece)) } : null))
    client.close()
    expect(answer).toMatchObject({ ok: true, value: { status: 200, body: Buffer.alloc(0) } })
    expect(Buffer.concat(pieces).equals(body)).toBe(true)
  })

  it('what a sink throws comes out as it is', async () => {
    const { url } = await served(says(ok('mail')))
    const client = openHttps(options())
    await expect(client.ask({ url, mostBytes: 10 }, () => ({ write: () => Promise.reject(new Error('disk full')) }))).rejects.toThrow('disk full')
    client.close()
  })
})

describe('before anything of a request goes out', () => {
  it('its owner is asked, and can still refuse', async () => {
    const { url, heard } = await served(says(ok('')))
    expect(await ask(url, { method: 'POST', body: 'mail', beforeSending: async () => failed('storage.full') })).toMatchObject({ ok: false, failure: { code: 'storage.full' } })
    expect(heard.join('')).toBe('')
    let asked = 0
    expect(await ask(url, { method: 'POST', body: 'mail', beforeSending: async () => ((asked += 1), done(undefined)) })).toMatchObject({ ok: true })
    expect(asked).toBe(1)
    expect(heard.join('')).toContain('mail')
  })
})
