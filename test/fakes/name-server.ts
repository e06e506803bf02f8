/**
 * A name server on a real socket that answers for the domains it is told of: the right bytes, nothing (a name that hangs), a refusal,
 * or rubbish. Names it does not know do not exist.
 */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type Answer, decode, encode, RECURSION_DESIRED } from 'dns-packet'

export interface ServiceAt {
  readonly target: string
  readonly port: number
  readonly priority?: number
  readonly weight?: number
}

export interface Zone {
  /** `_imaps._tcp.shop.example` → its SRV records. */
  readonly services?: Readonly<Record<string, readonly ServiceAt[]>>
  /** `shop.example` → its exchangers, the preferred first. */
  readonly exchangers?: Readonly<Record<string, readonly string[]>>
  /** Names for which no answer comes. */
  readonly silent?: readonly string[]
  /** Names for which the server says that it cannot answer (SERVFAIL). */
  readonly failing?: readonly string[]
  /** Names answered with bytes that are no DNS message. */
  readonly garbled?: readonly string[]
}

export interface NameServer {
  /** As a resolver takes it. */
  readonly address: string
  /** What was asked, as `SRV _imaps._tcp.shop.example`, in order. */
  readonly asked: string[]
  close(): Promise<void>
}

export async function openNameServer(zone: Zone): Promise<NameServer> {
  const socket = createSocket('udp4')
  const asked: string[] = []
  socket.on('message', (bytes, from) => {
    const query = decode(bytes)
    const [question] = query.questions ?? []
    if (question === undefined) return
    const name = question.name.toLowerCase()
    asked.push(`${question.type} ${name}`)
    if (zone.silent?.includes(name) === true) return
    const answers = answersFor(zone, question.type, name)
    const code = zone.failing?.includes(name) === true ? 2 : answers === null ? 3 : 0
    const reply = encode({ type: 'response', id: query.id ?? 0, flags: RECURSION_DESIRED | 0x80 | code, questions: [question], answers: answers ?? [] })
    socket.send(zone.garbled?.includes(name) === true ? Buffer.concat([reply.subarray(0, 2), Buffer.from([0x81, 0x80, 0xff, 0xff, 0xff])]) : reply, from.port, from.address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    async close() {
      socket.close()
      await once(socket, 'close')
    },
  }
}

/** null = the name does not exist. */
function answersFor({ services = {}, exchangers = {} }: Zone, type: string, name: string): Answer[] | null {
  if (type === 'SRV' && services[name] !== undefined) {
    return services[name].map(({ target, port, priority = 0, weight = 0 }) => ({ type, name, ttl: 60, data: { target, port, priority, weight } }))
  }
  if (type === 'MX' && exchangers[name] !== undefined) {
    return exchangers[name].map((exchange, index) => ({ type, name, ttl: 60, data: { exchange, preference: (index + 1) * 10 } }))
  }
  return services[name] === undefined && exchangers[name] === undefined ? null : []
}
