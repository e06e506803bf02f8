import { describe, expect, it } from 'vitest'
import type { Io } from '../../../electron/hosts/terminal/io.ts'
import { readDraft } from '../../../electron/hosts/terminal/read-draft.ts'
import { timeFrom } from '../../../electron/hosts/terminal/read-time.ts'
import { runTerminal } from '../../../electron/hosts/terminal/run-terminal.ts'
import { fieldProblemSentence } from '../../../shared/failures/field-problems.ts'
import { accountDraftSchema } from '../../../shared/model/account.ts'
import { organizationSchema, unitDraftSchema } from '../../../shared/model/levels.ts'

async function saidTo(words: readonly string[], locale = 'en-GB') {
  const written = { out: '', errors: '' }
  const io: Io = {
    input: Object.assign((async function* () {})(), { isTTY: false }), environment: {}, locale, onInterrupt: () => () => undefined,
    output: { write: (text) => { written.out += String(text) } }, errors: { write: (text) => { written.errors += String(text) } },
  }
  return { status: await runTerminal(words, io, '1.2.3'), ...written }
}

describe('words that are no command line', () => {
  it.each([
    [['outbux'], 'There is no command “outbux”. Did you mean “outbox”?\n“mailroom --help” says what is possible.\n'],
    [['accounts', 'lst'], 'There is no command “lst”. Did you mean “list”?\n“mailroom accounts --help” says what is possible.\n'],
    [['mail', 'list', '--limt', '3'], 'There is no option “--limt” here. Did you mean “--limit”?\n“mailroom mail list --help” says what is possible.\n'],
    [['--data', 'mail', 'accounts', 'show'], '<name> is missing.\n“mailroom accounts show --help” says what is possible.\n'],
    [['mail', 'show', 'x'], '“x” is not possible for “id”: it takes a whole number from 1.\n“mailroom mail show --help” says what is possible.\n'],
    [['mail', 'list', '--limit', '-1'], '“-1” is not possible for “--limit <count>”: it takes a whole number from 1.\n“mailroom mail list --help” says what is possible.\n'],
    [['outbox', 'list', '--state', 'x'], /^“x” is not possible for “--state <state>”\. Possible are: draft, scheduled, .*read\.\n/],
    [['--data', '', 'accounts', 'list'], 'Something must follow “--data <dir>”.\n“mailroom accounts list --help” says what is possible.\n'],
    [['secrets', 'use', 'x'], /^“x” is not possible for “place”\. Possible are: keychain, vault, session\.\n/],
    [['batch', 'a.csv'], '“--template <name>” must be given.\n“mailroom batch --help” says what is possible.\n'],
    [['send', '--to'], 'Something must follow “--to <address>”.\n“mailroom send --help” says what is possible.\n'],
    [['send', '--text', 'a', '--text-file', 'b'], '“--text <text>” and “--text-file <file>” cannot be given together.\n“mailroom send --help” says what is possible.\n'],
    [['accounts', 'show', 'Anna', 'Boer'], 'There are more words than this command takes. A name with spaces needs quotes around it.\n“mailroom accounts show --help” says what is possible.\n'],
    [['accounts', 'add', '-', '--secrets-stdin'], 'Standard input can be used for one thing only.\n“mailroom accounts add --help” says what is possible.\n'],
  ] as const)('%j end with 64 and say what is wrong and where to look', async (words, said) => {
    const { status, out, errors } = await saidTo(words)
    expect({ status, out }).toEqual({ status: 64, out: '' })
    expect(errors).toEqual(said instanceof RegExp ? expect.stringMatching(said) : said)
  })

  it('are told in Dutch to who speaks it', async () => {
    expect((await saidTo(['acounts'], 'nl-NL')).errors).toBe('Er is geen opdracht “acounts”. Bedoelt u “accounts”?\n“mailroom --help” zegt wat mogelijk is.\n')
    expect((await saidTo(['outbox', 'list', '--state', 'x'], 'nl-NL')).errors).toMatch(/^“x” kan niet bij “--state <state>”\. Mogelijk zijn: /)
  })

  it('are told in JSON to who asked for JSON', async () => {
    const { errors } = await saidTo(['--json', 'frob'])
    expect(JSON.parse(errors)).toEqual({ failure: { code: 'usage', title: 'The command line is not understood', cause: 'There is no command “frob”.', remedy: '“mailroom --help” says what is possible.', fields: [], evidence: {} } })
  })
})

describe('help', () => {
  it('is Dutch from its first word to its last', async () => {
    const { out } = await saidTo(['outbox', 'list', '--help'], 'nl-NL')
    expect(out).toContain('Gebruik: mailroom outbox list [options]')
    expect(out).toContain('Opties:')
    expect(out).not.toMatch(/choices|default|Usage|Options/)
  })
  it('names no default that is nothing', async () => {
    expect((await saidTo(['send', '--help'])).out).not.toMatch(/\[\]|""/)
  })
  it('tells the exit status', async () => {
    expect((await saidTo(['--help'])).out).toMatch(/Exit status.*64.*65.*77.*130/s)
  })
  it('what it shows of an account, an organization and a unit can be used as it is', async () => {
    const shown = async (words: readonly string[]) => [...(await saidTo([...words, '--help'])).out.matchAll(/^\{\n.*?^\}$/gms)].map(([text]) => JSON.parse(text) as object)
    const [account, , rest] = await shown(['accounts', 'add'])
    expect(accountDraftSchema.safeParse({ ...account, ...rest })).toMatchObject({ success: true })
    expect((await shown(['organization', 'set'])).map((one) => organizationSchema.safeParse(one).success)).toEqual([true])
    expect([...(await shown(['units', 'add'])), ...(await shown(['units', 'change', 'x', 'y']))].map((one) => unitDraftSchema.safeParse(one).success)).toEqual([true, true])
  })
})

describe('a file or an option that cannot be used', () => {
  const sentences = async (text: string) => {
    const io = { input: Object.assign((async function* () { yield Buffer.from(text) })(), { isTTY: false }) } as unknown as Io
    const read = await readDraft(io, '-', accountDraftSchema)
    return read.ok ? [] : (read.failure.evidence.fields ?? []).map((field) => `${field.path}: ${fieldProblemSentence(field, 'en')}`)
  }
  const account = (incoming: object, more: object = {}) => JSON.stringify({ name: 'A', user: { displayName: 'A', address: 'a@x.nl' }, incoming: { protocol: 'imap', host: 'x.nl', signIn: { userName: 'a' }, ...incoming }, ...more })
  it.each([
    [account({ security: 'ssl' }), 'incoming.security: This is not one of the choices. Possible are: none, starttls, tls.'],
    [account({ protocol: 'smtp' }), 'incoming.protocol: This is not one of the choices. Possible are: pop3, imap, jmap.'],
    [account({ security: 'none' }), 'incoming.security: Without encryption others can read the password: confirm that you want this. In a file: "clearTextConfirmed": true.'],
    [account({ security: 'tls' }, { timeoutSeconds: 3 }), 'timeoutSeconds: This number is too small or too large. At least 10.'],
    [account({ security: 'tls' }, { timeoutSeconds: '30' }), 'timeoutSeconds: Something of another kind is expected here. A number, without quotes.'],
    [account({ security: 'tls', trustedCertificate: 'AB:CD' }), 'incoming.trustedCertificate: This is not a fingerprint: 64 of the digits 0–9 and a–f, with or without colons.'],
    ['[]', ': Something of another kind is expected here. Fields with a name each: {…}.'],
  ])('%s: what may stand there is said', async (text, said) => expect(await sentences(text)).toEqual([said]))

  it('a fingerprint is taken as it is shown, with colons and capitals', () => {
    const shown = 'AB:'.repeat(31) + 'CD'
    const incoming = { protocol: 'imap', host: 'x.nl', security: 'tls', trustedCertificate: shown, signIn: { userName: 'a' } }
    const parsed = accountDraftSchema.parse({ name: 'A', user: { displayName: 'A', address: 'a@x.nl' }, incoming })
    expect(parsed.incoming?.trustedCertificate).toBe('ab'.repeat(31) + 'cd')
  })

  it('a time is this computer’s where no zone is given, and what is none is named with its option', () => {
    expect(timeFrom('--at', '2027-01-31T09:00')).toEqual({ ok: true, value: new Date(2027, 0, 31, 9).toISOString() })
    expect(timeFrom('--at', '2027-01-31T09:00+01:00')).toEqual({ ok: true, value: '2027-01-31T08:00:00.000Z' })
    expect(timeFrom('--at', 'tomorrow')).toMatchObject({ failure: { evidence: { fields: [{ path: '--at tomorrow', problem: 'not-a-time' }] } } })
  })
})
