/**
 * Proves that a named server is there: it answers with the security promised and a certificate that verifies. Nobody signs in, and
 * nothing is said in clear but the greeting before STARTTLS. A server that several sources name is asked once.
 */
import { failed, type Outcome } from '../../shared/failures/failure.ts'
import type { SignInMethod } from '../../shared/model/server.ts'
import type { probeServer } from '../protocols/probe-server.ts'
import type { LookUpName } from '../protocols/net/server-target.ts'
import type { NamedServer } from './found-server.ts'
import { askSession } from './jmap.ts'
import { within } from './time-limit.ts'
import type { Web } from './web.ts'

export interface ProveParts {
  readonly probeServer: typeof probeServer
  readonly web: Web
  /** Each name is asked for once, however many ports are tried. */
  readonly lookUp: LookUpName
}

/** Milliseconds for one server, from the look-up of its name to its good-bye. */
const longestProof = 5000

export type Proof = Outcome<{ readonly methods: readonly SignInMethod[] }>
export type Provable = Pick<NamedServer, 'protocol' | 'host' | 'port' | 'security' | 'sessionUrl'>

export interface Prover {
  prove(server: Provable): Promise<Proof>
  /** What came of it; null = not asked, or not over. */
  proofOf(server: Provable): Proof | null
}

/** `signal` ends all of it: what was not over then stays unknown. */
export function createProver(parts: ProveParts, signal: AbortSignal): Prover {
  const begun = new Map<string, Promise<Proof>>()
  const ended = new Map<string, Proof>()

  async function connect(server: Provable): Promise<Proof> {
    const { protocol, host, port, security, sessionUrl } = server
    // A choice that a person makes; until then nobody connects in clear.
    if (security === 'none') return failed('tls.not-offered', { host, port })
    const target = { host, port, security, trustedCertificate: null, timeoutSeconds: longestProof / 1000, lookUp: parts.lookUp }
    const silent = (): Proof => failed('connect.timeout', { host, port, seconds: longestProof / 1000 })
    if (protocol === 'jmap') return within<Proof>(longestProof, signal, (limit) => askSession(parts.web, sessionUrl ?? '', limit), silent)
    return within<Proof>(longestProof, signal, (limit) => parts.probeServer(protocol, { ...target, signal: limit }), silent)
  }

  return {
    prove(server) {
      const key = keyOf(server)
      let proof = begun.get(key)
      if (proof === undefined) {
        proof = connect(server).then((answer) => {
          if (!signal.aborted) ended.set(key, answer)
          return answer
        })
        begun.set(key, proof)
      }
      return proof
    },
    proofOf: (server) => ended.get(keyOf(server)) ?? null,
  }
}

/** Two sources that say the same thing say the same key. */
export function keyOf({ protocol, host, port, security, sessionUrl }: Provable): string {
  return sessionUrl ?? `${protocol} ${security} ${host.toLowerCase()}:${port}`
}
