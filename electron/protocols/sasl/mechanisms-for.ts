/** Which mechanisms these credentials can use with a server that announces these, strongest first. */
import { assertNever } from '../../../shared/failures/failure.ts'
import type { SignInMethod } from '../../../shared/model/server.ts'
import type { Credentials, ServerTarget } from '../net/server-target.ts'
import { oauthBearer, xOauth2 } from './bearer.ts'
import { cramMd5 } from './cram-md5.ts'
import type { Mechanism } from './mechanism.ts'
import { ntlm } from './ntlm.ts'
import { login, plain } from './plain.ts'
import { scram } from './scram.ts'

/** `announced` in upper case. */
export function mechanismsFor(credentials: Credentials, announced: ReadonlySet<string>, target: Pick<ServerTarget, 'host' | 'port'>): readonly Mechanism[] {
  return known(credentials, target).filter(({ name }) => announced.has(name))
}

function known({ method, userName, secret }: Credentials, { host, port }: Pick<ServerTarget, 'host' | 'port'>): readonly Mechanism[] {
  switch (method) {
    case 'password':
      return [
        scram('sha256', userName, secret), scram('sha1', userName, secret), cramMd5(userName, secret), plain(userName, secret), login(userName, secret),
      ]
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
    ...(passwordWithoutSasl || has('SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5', 'PLAIN', 'LOGIN') ? (['password'] as const) : []),
    ...(has('NTLM') ? (['spa'] as const) : []),
    ...(has('OAUTHBEARER', 'XOAUTH2') ? (['oauth2'] as const) : []),
  ]
}
