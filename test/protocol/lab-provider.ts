/** A person at the lab's OAuth provider, and Mailroom's side of it as the program wires it. */
import { Agent, get } from 'node:https'
import { get as getInClear, type IncomingMessage } from 'node:http'
import { createWebSignIn, loopbackPages } from '../../electron/app/create-web-sign-in.ts'
import { createSecretKeeper } from '../../electron/secrets/create-secret-keeper.ts'
import { signInOverTheWeb, type Finished, type SignInRequest, type Waiting } from '../../electron/sign-in/sign-in-over-the-web.ts'
import { dataFolderAt } from '../../electron/storage/data-folder.ts'
import type { Outcome } from '../../shared/failures/failure.ts'
import { accountSchema } from '../../shared/model/account.ts'
import { signInProviderSchema } from '../../shared/model/sign-in-provider.ts'
import { FakeKeychain } from '../fakes/fake-keychain.ts'
import { MemorySettings } from '../fakes/memory-settings.ts'
import { lab } from '../servers/lab.ts'

/** The provider inside TLS. */
export const labIssuer = () => `https://localhost:${lab.port('OIDC_TLS')}`

export function webSignIn(change: { readonly issuer?: string; readonly clientId?: string; readonly clearText?: boolean; readonly now?: () => Date } = {}) {
  const { issuer = labIssuer(), clientId = 'mailroom', clearText = false, now = () => new Date() } = change
  const keychain = new FakeKeychain()
  const account = accountSchema.parse({
    id: 'work', name: 'Work', user: { displayName: 'Work', address: `work@${lab.domain}` },
    incoming: { protocol: 'imap', host: lab.host, signIn: { userName: 'work', method: 'oauth2' } },
  })
  const settings = new MemorySettings({ accounts: [account], signInProviders: [signInProviderSchema.parse({ issuer, clientId, clearText, name: 'Lab', servers: [lab.domain] })] })
  const stopping = new AbortController()
  const secrets = createSecretKeeper({ settings, folder: dataFolderAt('/nowhere'), keychain })
  const said: string[] = []
  const wired = createWebSignIn({ settings, secrets, redact: (secret) => said.push(secret), signal: stopping.signal, now, environment: {} })
  return { ...wired, keychain, settings, secrets, said }
}
export type WiredSignIn = ReturnType<typeof webSignIn>

export function requestFor(user: string, change: Partial<SignInRequest> = {}): SignInRequest {
  return { issuer: null, names: [lab.domain], address: `${user}@${lab.domain}`, userName: user, http: false, way: 'browser', anyUser: false, ...change }
}

export interface PlayedSignIn {
  readonly outcome: Outcome<Finished>
  readonly waiting: Waiting | null
  /** What the browser showed last. */
  readonly shown: string
}

/** Signs in as the program does; `person` does with the page what a person would, by default all the browser is told. */
export async function signInAs({ client, providers, registrations }: WiredSignIn, request: SignInRequest, person: (url: string) => Promise<string> = browse, signal = new AbortController().signal): Promise<PlayedSignIn> {
  let waiting: Waiting | null = null
  let shown = Promise.resolve('')
  const parts = {
    client, providers, registrations, pages: () => loopbackPages('en'),
    openPage: async (url: string) => {
      shown = person(url)
    },
  }
  const outcome = await signInOverTheWeb(parts, request, (told) => (waiting = told), signal)
  return { outcome, waiting, shown: await shown }
}

/** A browser without a window: follows redirects and keeps cookies, until a page answers. Answers with that page. */
export async function browse(start: string, change: (url: URL) => void = () => undefined): Promise<string> {
  const cookies = new Map<string, string>()
  const first = new URL(start)
  change(first)
  for (let url = first, steps = 0; steps < 12; steps += 1) {
    const answer = await visit(url, [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    for (const cookie of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    const next = answer.headers.location
    if (next === undefined) return textOf(answer)
    answer.resume()
    url = new URL(next, url)
  }
  throw new Error('too many redirects')
}

const agent = new Agent({ keepAlive: false })

export function visit(url: URL, cookie = '', headers: Readonly<Record<string, string>> = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { headers: { ...(cookie !== '' && { cookie }), ...headers } }
    const request = url.protocol === 'https:' ? get(url, { ...options, agent }, resolve) : getInClear(url, options, resolve)
    request.on('error', reject)
  })
}

export async function textOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

/** What somebody does on the provider's page for devices. */
export async function approve(userCode: string, user: string, deny = false): Promise<number> {
  const answer = await visit(new URL(`${labIssuer()}/lab/approve?user_code=${userCode}&user=${user}${deny ? '&deny=1' : ''}`))
  answer.resume()
  return answer.statusCode ?? 0
}
