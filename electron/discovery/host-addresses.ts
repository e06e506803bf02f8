/**
 * The addresses of hosts as this computer finds them (hosts file, mDNS, name servers), or, where that takes its time, as the name service
 * says itself. The system's own way takes two names at a time in all of the process (libuv), and a thread that waits for a silent name server can
 * neither be called back nor left alone when the process ends: ten names at a slow one took five times as long as they had to.
 */
import dns from 'node:dns/promises'
import { done, failed, refused, type Outcome } from '../../shared/failures/failure.ts'
import { connectionFailure } from '../protocols/net/connection-failure.ts'

export type Addresses = Outcome<readonly string[]>

/** Milliseconds the system has for itself: a hosts file, a cache and a good name server need less. */
const systemHeadStart = 250
/** Milliseconds after which a name that still waits for its turn there is left to the name service alone. */
const longestTurn = 1000
/** Names at the system at one time: more would only wait where nobody can call them back. */
const mostAtSystem = 2

export type HostAddresses = (name: string, signal: AbortSignal) => Promise<Addresses>

/** `askNames`: what the name service says. Its "no such host" counts; that it cannot be asked does not. */
export function createHostAddresses(askNames: HostAddresses): HostAddresses {
  let atSystem = 0
  const waiting: (() => void)[] = []

  async function ofSystem(name: string, signal: AbortSignal): Promise<Addresses> {
    const began = performance.now()
    if (atSystem >= mostAtSystem) await new Promise<void>((resolve) => waiting.push(resolve))
    else atSystem += 1
    const isLate = signal.aborted || performance.now() - began > longestTurn
    const addresses = isLate ? failed('dns.unavailable', { host: name }) : await askSystem(name)
    const next = waiting.shift()
    if (next === undefined) atSystem -= 1
    else next()
    return addresses
  }

  return async (name, signal) => {
    const system = ofSystem(name, signal)
    const early = await Promise.race([system, after(systemHeadStart)])
    if (early !== null) return early
    return firstThatSays([system, askNames(name, signal)])
  }
}

/** The first that knows the host or knows that there is none; where nobody could be asked, why. */
function firstThatSays(answers: readonly Promise<Addresses>[]): Promise<Addresses> {
  return new Promise((resolve) => {
    let left = answers.length
    for (const answer of answers) {
      void answer.then((one) => {
        left -= 1
        if (one.ok || one.failure.code === 'dns.no-such-host' || left === 0) resolve(one)
      })
    }
  })
}

async function askSystem(name: string): Promise<Addresses> {
  try {
    const found = await dns.lookup(name, { all: true })
    return found.length > 0 ? done(found.slice(0, 16).map(({ address }) => address)) : failed('dns.no-such-host', { host: name })
  } catch (error) {
    return refused(connectionFailure(error, { host: name }))
  }
}

function after(milliseconds: number): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), milliseconds).unref()
  })
}
