import { describe, expect, it } from 'vitest'
import { accountDraftSchema, accountSchema, canSend, needsSecret, portOf, type AccountDraftInput } from '../../../shared/model/account.ts'
import { type FieldProblem, fieldProblemCodes, fieldProblemsOf } from '../../../shared/model/field-problem.ts'
import { defaultPort, standardPorts } from '../../../shared/model/server.ts'
import type { z } from 'zod'

const receiving: AccountDraftInput = {
  name: 'Work',
  user: { displayName: 'Jan de Vries', address: 'jan@example.nl' },
  incoming: { protocol: 'imap', host: 'imap.example.nl', signIn: { userName: 'jan' } },
}
const both: AccountDraftInput = { ...receiving, outgoing: { server: { use: 'own', host: 'smtp.example.nl' } } }

function problemsOf(schema: z.ZodType, value: unknown): readonly Pick<FieldProblem, 'path' | 'problem'>[] {
  const parsed = schema.safeParse(value)
  return parsed.success ? [] : fieldProblemsOf(parsed.error).map(({ path, problem }) => ({ path, problem }))
}

/** `both` with one field, named as problems name it, set to another value. */
function withField(path: string, value: unknown): unknown {
  const copy = structuredClone(accountDraftSchema.parse(both)) as unknown as Record<string, unknown>
  const names = path.split('.')
  let at = copy
  for (const name of names.slice(0, -1)) at = at[name] as Record<string, unknown>
  at[names.at(-1)!] = value
  return copy
}

describe('an account', () => {
  it('needs no more than a name, a sender and one server', () => {
    expect(problemsOf(accountDraftSchema, receiving)).toEqual([])
    expect(problemsOf(accountDraftSchema, both)).toEqual([])
  })

  it('gets safe values for what is left out', () => {
    const account = accountDraftSchema.parse(both)
    expect(account.incoming).toMatchObject({ security: 'tls', port: null, clearTextConfirmed: false, signIn: { method: 'password', rememberPassword: true } })
    expect(account.outgoing).toMatchObject({ enabled: true, signIn: { use: 'same-as-incoming' }, server: { security: 'tls' } })
    expect(account.delivery).toEqual({ leaveCopy: true, removeAfterDays: null, removeWhenDeleted: false })
    expect(account.timeoutSeconds).toBe(60)
  })

  it('comes out of its own schema as it went in', () => {
    const account = { id: 'a-1', ...accountDraftSchema.parse(both) }
    expect(accountSchema.parse(JSON.parse(JSON.stringify(account)))).toEqual(account)
  })

  it.each<[string, unknown, string]>([
    ['name', '', 'empty'],
    ['name', 'Work\r\nBcc: x', 'line-break'],
    ['name', 'x'.repeat(101), 'too-long'],
    ['name', 5, 'wrong-type'],
    ['kind', 'shared', 'not-a-choice'],
    ['user.displayName', ' ', 'empty'],
    ['user.displayName', 'Jan\nBcc: x@y.nl', 'line-break'],
    ['user.address', '', 'empty'],
    ['user.address', 'jan', 'not-an-address'],
    ['user.replyToAddress', 'jan@', 'not-an-address'],
    ['user.ownFields', Array.from({ length: 7 }, () => ({ label: 'a', value: 'b' })), 'number-range'],
    ['incoming', {}, 'not-a-choice'],
    ['incoming.protocol', 'exchange', 'not-a-choice'],
    ['incoming.host', '', 'empty'],
    ['incoming.host', 'not a host', 'not-a-host'],
    ['incoming.host', 'mail.example.nl\r\nQUIT', 'line-break'],
    ['incoming.port', 0, 'port-range'],
    ['incoming.port', 65_536, 'port-range'],
    ['incoming.port', 1.5, 'port-range'],
    ['incoming.port', '993', 'wrong-type'],
    ['incoming.port', Number.NaN, 'wrong-type'],
    ['incoming.security', 'ssl', 'not-a-choice'],
    ['incoming.trustedCertificate', 'AB:CD', 'not-a-fingerprint'],
    ['incoming.signIn.userName', '', 'empty'],
    ['incoming.signIn.userName', 'jan\r\nPASS x', 'line-break'],
    ['incoming.signIn.method', 'kerberos', 'not-a-choice'],
    ['incoming.signIn.rememberPassword', 'yes', 'wrong-type'],
    ['outgoing.server.use', 'other', 'not-a-choice'],
    ['outgoing.server.host', '-', 'not-a-host'],
    ['outgoing.signIn.use', 'other', 'not-a-choice'],
    ['timeoutSeconds', 9, 'number-range'],
    ['timeoutSeconds', 601, 'number-range'],
    ['timeoutSeconds', 'long', 'wrong-type'],
    ['delivery.removeAfterDays', 0, 'number-range'],
    ['delivery.removeAfterDays', 4000, 'number-range'],
    ['schedule.everyMinutes', 0, 'number-range'],
    ['sending.readReceipt', 'always', 'not-a-choice'],
    ['sending.signature.text', 'x'.repeat(20_001), 'too-long'],
    ['sending.footer.html', 'x'.repeat(100_001), 'too-long'],
    ['privacy.incoming', 1, 'wrong-type'],
  ])('with %s = %j says %s beside that field', (path, value, problem) => {
    const problems = problemsOf(accountDraftSchema, withField(path, value))
    expect(problems).toContainEqual({ path: problem === 'not-a-choice' && path === 'incoming' ? 'incoming.protocol' : path, problem })
  })

  it('names every bad field at once, each once', () => {
    const problems = problemsOf(accountDraftSchema, {
      name: '', user: { displayName: '', address: 'x' }, incoming: { protocol: 'pop3', host: '', port: 70_000, signIn: { userName: '' } },
    })
    expect(problems).toEqual([
      { path: 'name', problem: 'empty' },
      { path: 'user.displayName', problem: 'empty' },
      { path: 'user.address', problem: 'not-an-address' },
      { path: 'incoming.host', problem: 'empty' },
      { path: 'incoming.port', problem: 'port-range' },
      { path: 'incoming.signIn.userName', problem: 'empty' },
    ])
  })

  it('names fields it does not know, wherever they stand, so that a password in a file is not taken silently', () => {
    expect(problemsOf(accountDraftSchema, { ...both, password: 'x' })).toEqual([{ path: 'password', problem: 'unknown-field' }])
    expect(problemsOf(accountDraftSchema, withField('incoming.signIn.password', 'x'))).toEqual([{ path: 'incoming.signIn.password', problem: 'unknown-field' }])
  })

  it('says what is missing as well as what is wrong', () => {
    expect(problemsOf(accountDraftSchema, {})).toEqual([{ path: 'name', problem: 'empty' }, { path: 'user', problem: 'empty' }])
    expect(problemsOf(accountDraftSchema, withField('incoming.host', undefined))).toEqual([{ path: 'incoming.host', problem: 'empty' }])
  })

  it.each([null, [], 'text', 5])('is an object and not %j', (value) => {
    expect(problemsOf(accountDraftSchema, value)).toEqual([{ path: '', problem: 'wrong-type' }])
  })

  it('receives or sends, at least', () => {
    expect(problemsOf(accountDraftSchema, { ...both, incoming: null, outgoing: null })).toEqual([{ path: 'incoming', problem: 'neither-direction' }])
  })

  it('cannot sign in like the incoming server where there is none', () => {
    expect(problemsOf(accountDraftSchema, { ...both, incoming: null })).toEqual([{ path: 'outgoing.signIn.use', problem: 'needs-incoming' }])
  })

  it("cannot use a shared server's sign-in for a server of its own", () => {
    expect(problemsOf(accountDraftSchema, withField('outgoing.signIn', { use: 'server' }))).toEqual([{ path: 'outgoing.signIn.use', problem: 'not-a-choice' }])
  })

  it('sends nothing in clear unless that was confirmed, on either side', () => {
    const clear = withField('incoming.security', 'none')
    expect(problemsOf(accountDraftSchema, clear)).toEqual([{ path: 'incoming.security', problem: 'not-confirmed' }])
    expect(problemsOf(accountDraftSchema, withField('outgoing.server.security', 'none'))).toEqual([{ path: 'outgoing.server.security', problem: 'not-confirmed' }])
    const confirmed = accountDraftSchema.parse(both)
    expect(problemsOf(accountDraftSchema, { ...confirmed, incoming: { ...confirmed.incoming, security: 'none', clearTextConfirmed: true } })).toEqual([])
  })

  it.each(['http://jmap.example.nl', 'jmap.example.nl', 'https://', 'ftp://x', 'javascript:x', 'https://user:pw@host/', 'https://ho st/'])('reaches JMAP over https only, not %j', (sessionUrl) => {
    const draft = { ...receiving, incoming: { protocol: 'jmap', sessionUrl, signIn: { userName: 'jan' } } }
    expect(problemsOf(accountDraftSchema, draft)).toEqual([{ path: 'incoming.sessionUrl', problem: 'not-a-url' }])
  })

  it('takes the session address of JMAP', () => {
    const draft = { ...receiving, incoming: { protocol: 'jmap', sessionUrl: 'https://jmap.example.nl/.well-known/jmap', signIn: { userName: 'jan' } } }
    expect(problemsOf(accountDraftSchema, draft)).toEqual([])
  })
})

describe('the halves of an account', () => {
  const account = accountDraftSchema.parse(both)

  it('ask for a password only where they sign in with one of their own', () => {
    expect(needsSecret(account, 'incoming')).toBe(true)
    expect(needsSecret(account, 'outgoing')).toBe(false)
    expect(needsSecret({ ...account, outgoing: { ...account.outgoing!, signIn: { use: 'own', signIn: account.incoming!.signIn } } }, 'outgoing')).toBe(true)
    expect(needsSecret({ ...account, incoming: null }, 'incoming')).toBe(false)
  })

  it('cannot send when sending is off or not set up', () => {
    expect(canSend(account)).toBe(true)
    expect(canSend({ outgoing: null })).toBe(false)
    expect(canSend({ outgoing: { ...account.outgoing!, enabled: false } })).toBe(false)
  })
})

describe('a port', () => {
  it('follows protocol and security', () => {
    const ports = (['pop3', 'imap', 'smtp'] as const).map((protocol) => (['none', 'starttls', 'tls'] as const).map((security) => defaultPort(protocol, security)))
    expect(ports).toEqual([[110, 110, 995], [143, 143, 993], [587, 587, 465]])
  })

  it('is the one that was typed, whatever the security, and the default again when that is taken away', () => {
    expect(portOf('imap', { port: 1143, security: 'tls' })).toBe(1143)
    expect(portOf('imap', { port: null, security: 'starttls' })).toBe(143)
  })

  it('can be picked from the standard ones, each default among them', () => {
    for (const protocol of ['pop3', 'imap', 'smtp'] as const) {
      for (const security of ['none', 'starttls', 'tls'] as const) expect(standardPorts[protocol]).toContain(defaultPort(protocol, security))
    }
    expect(standardPorts.smtp).toContain(25)
  })
})

describe('a problem with a field', () => {
  it('has no code twice', () => {
    expect(new Set(fieldProblemCodes).size).toBe(fieldProblemCodes.length)
  })
})

it('a server of the office never gets the password of somebody’s mailbox because nobody said how to sign in', () => {
  const user = { displayName: 'A', address: 'a@x.nl' }
  expect(accountDraftSchema.parse({ name: 'A', user, outgoing: { server: { use: 'shared' } } }).outgoing?.signIn).toEqual({ use: 'server' })
  const incoming = { protocol: 'imap', host: 'x.nl', security: 'tls', signIn: { userName: 'a' } }
  expect(accountDraftSchema.parse({ name: 'A', user, incoming, outgoing: { server: { use: 'own', host: 'y.nl', security: 'tls' } } }).outgoing?.signIn).toEqual({ use: 'same-as-incoming' })
})
