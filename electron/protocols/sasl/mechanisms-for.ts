/** Which mechanisms these credentials can use with a server that announces these, strongest first. */
import type { ChannelBinding } from '../net/channel-binding.ts'
import { assertNever } from '../../../shared/failures/failure.ts'
import type { SignInMethod } from '../../../shared/model/server.ts'
import type { Credentials, ServerTarget } from '../net/server-target.ts'
import { oauthBearer, xOauth2 } from './bearer.ts'
import { cramMd5 } from './cram-md5.ts'
import { digestMd5, type DigestService } from './digest-md5.ts'
import type { Mechanism } from './mechanism.ts'
import { ntlm } from './ntlm.ts'
import { login, plain } from './plain.ts'
import { scram, type Binding } from './scram.ts'

/** What a mechanism may need to know of the server and of the connection to it. */
export interface SaslServer extends Pick<ServerTarget, 'host' | 'port'> {
  readonly service: DigestService
  readonly bindings: readonly ChannelBinding[]
}

/** `announced` in upper case. */
export function mechanismsFor(credentials: Credentials, announced: ReadonlySet<string>, server: SaslServer): readonly Mechanism[] {
  return known(credentials, announced, server).filter(({ name }) => announced.has(name))
}

function known({ method, userName, secret }: Credentials, announced: ReadonlySet<string>, server: SaslServer): readonly Mechanism[] {
  const { host, port, bindings } = server
  switch (method) {
    case 'password': {
      const hashes = ['sha256', 'sha1'] as const
      const announcesBinding = [...announced].some((name) => /^SCRAM-.*-PLUS$/.test(name))
      // RFC 5802 section 6: "we could, but you seem not to" lets a server notice that its list was shortened on the way.
      const unbound: Binding = bindings.length > 0 && !announcesBinding ? 'not-offered' : 'none'
      return [
        ...hashes.flatMap((hash) => bindings.map((binding) => scram(hash, userName, secret, binding))),
        ...hashes.map((hash) => scram(hash, userName, secret, unbound)),
        digestMd5(userName, secret, server), cramMd5(userName, secret), plain(userName, secret), login(userName, secret),
      ]
    }
    case 'spa':
      return [ntlm(userName, secret)]
    case 'oauth2':
      return [oauthBearer(userName, secret, host, port), xOauth2(userName, secret)]
    default:
      return assertNever(method)
  }
}

/** What a person can choose at a server that announces these mechanisms. */
export function methodsOf(announced: ReadonlySet<string>, passwordWithoutSasl: boolean): readonly SignInMethod[] {
  const has = (...names: readonly string[]) => names.some((name) => announced.has(name))
  return [
    ...(passwordWithoutSasl || has('SCRAM-SHA-256', 'SCRAM-SHA-1', 'DIGEST-MD5', 'CRAM-MD5', 'PLAIN', 'LOGIN') ? (['password'] as const) : []),
    ...(has('NTLM') ? (['spa'] as const) : []),
    ...(has('OAUTHBEARER', 'XOAUTH2') ? (['oauth2'] as const) : []),
  ]
}
