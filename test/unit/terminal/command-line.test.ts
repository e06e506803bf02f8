import { describe, expect, it } from 'vitest'
import { exitCodeOf } from '../../../electron/hosts/terminal/exit-codes.ts'
import { createFormat, printable, table } from '../../../electron/hosts/terminal/format.ts'
import type { Input, Io } from '../../../electron/hosts/terminal/io.ts'
import { languageOf, localeOf } from '../../../electron/hosts/terminal/language.ts'
import { createOutput } from '../../../electron/hosts/terminal/output.ts'
import { askHidden, readSecrets } from '../../../electron/hosts/terminal/read-input.ts'
import { runTerminal } from '../../../electron/hosts/terminal/run-terminal.ts'
import { accountDraftSchema } from '../../../shared/model/account.ts'
import { failure, failureCodes } from '../../../shared/failures/failure.ts'
import { terminalWords } from '../../../shared/words/terminal.ts'

function fakeIo(input: readonly (string | Uint8Array)[] = [], changes: Partial<Io> = {}) {
  const written = { out: '', errors: '' }
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (const piece of input) yield Buffer.from(piece as string)
  }
  const stdin: Input = Object.assign(pieces(), { isTTY: true })
  const io: Io = {
    input: stdin,
    output: { write: (text) => { written.out += String(text) } },
    errors: { write: (text) => { written.errors += String(text) } },
    environment: {},
    locale: 'en-GB',
    onInterrupt: () => () => undefined,
    ...changes,
  }
  return { io, written }
}

describe('exit codes', () => {
  it('every failure ends with a code of sysexits.h, and none as if all were well', () => {
    for (const code of failureCodes) expect([64, 65, 66, 69, 70, 74, 75, 77, 78, 130]).toContain(exitCodeOf(code))
  })
  it.each([['signin.rejected', 77], ['connect.refused', 69], ['input.not-json', 65], ['send.temporary', 75], ['secrets.absent', 78], ['account.unknown', 78]] as const)(
    '%s ends with %i', (code, exit) => expect(exitCodeOf(code)).toBe(exit))
})

describe('help', () => {
  it('the account that it shows as an example can be added as it is, and so with what differs over HTTP', async () => {
    const { io, written } = fakeIo()
    await runTerminal(['accounts', 'add', '--help'], io, 'test')
    const [shown, overHttp] = [...written.out.matchAll(/^\{\n.*?^\}$/gms)].map(([text]) => JSON.parse(text) as object)
    expect(accountDraftSchema.safeParse(shown)).toMatchObject({ success: true, data: { name: 'Anna' } })
    expect(accountDraftSchema.safeParse({ ...shown, ...overHttp })).toMatchObject({ success: true, data: { incoming: { protocol: 'jmap' } } })
  })

  it.each(['en-GB', 'nl-NL'])('every command explains itself in %s', async (locale) => {
    const commands = [[], ['accounts'], ['accounts', 'add'], ['check'], ['fetch'], ['mail'], ['mail', 'export'], ['send'], ['outbox'], ['outbox', 'resolve'], ['sendmail'], ['secrets'], ['demo']]
    for (const command of commands) {
      const { io, written } = fakeIo([], { locale })
      expect(await runTerminal([...command, '--help'], io, '1.2.3')).toBe(0)
      expect(written.out).toMatch(/^(?:Usage|Gebruik): mailroom/m)
      expect(written.errors).toBe('')
    }
  })
  it('the version is the version', async () => {
    const { io, written } = fakeIo()
    expect(await runTerminal(['--version'], io, '1.2.3')).toBe(0)
    expect(written.out).toBe('1.2.3\n')
  })
  it('the same things are said in every language', () => {
    const keys = (value: object, path = ''): string[] => Object.entries(value).flatMap(([key, inner]) => (typeof inner === 'object' && inner !== null ? keys(inner as object, `${path}${key}.`) : [`${path}${key}`]))
    expect(keys(terminalWords.nl).toSorted()).toEqual(keys(terminalWords.en).toSorted())
  })
})

describe('standard input', () => {
  it('what is typed as a password is not shown, can be corrected, and ends with the line', async () => {
    const { io, written } = fakeIo(['geh', 'eimx', '\u007f', '\rrest'])
    expect(await askHidden(io, 'Password: ')).toBe('geheim')
    expect(written.errors).toBe('Password: \n')
  })
  it('a letter that arrives in two pieces is one letter', async () => {
    const bytes = Buffer.from('é\n')
    expect(await askHidden(fakeIo([bytes.subarray(0, 1), bytes.subarray(1)]).io, '')).toBe('é')
  })
  it('Ctrl+C gives no password', async () => expect(await askHidden(fakeIo(['abc\u0003']).io, '')).toBeNull())
  it('passwords that are not JSON are refused without a word of them', async () => {
    const outcome = await readSecrets(fakeIo(['my-secret-word']).io)
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'input.not-json' } })
    expect(JSON.stringify(outcome)).not.toContain('secret-word')
  })
  it('an unknown direction is named', async () => {
    expect(await readSecrets(fakeIo(['{"inconing":"x"}']).io)).toMatchObject({ failure: { code: 'input.invalid', evidence: { fields: [{ path: 'inconing', problem: 'unknown-field' }] } } })
  })
})

describe('output', () => {
  it('a failure is told as title, cause with the server’s words, and remedy', () => {
    const { io, written } = fakeIo()
    createOutput(io, false, () => 'en').failure(failure('signin.rejected', { host: 'mail.x', port: 993, serverWords: 'NO [AUTH] go away\u001b[31m' }))
    expect(written.errors).toMatch(/^User name or password is not accepted\nmail\.x \(port 993\) refused the sign-in\. The server said: “NO \[AUTH\] go away\ufffd\[31m”\nCheck/)
  })
  it('with --json nothing but JSON is written', () => {
    const { io, written } = fakeIo()
    const output = createOutput(io, true, () => 'en')
    output.line('words')
    output.note('words')
    output.progress(() => 'words')
    output.document({ a: 1 })
    output.failure(failure('storage.full'))
    expect(JSON.parse(written.out)).toEqual({ a: 1 })
    expect(JSON.parse(written.errors)).toMatchObject({ failure: { code: 'storage.full' } })
  })
  it('no text from outside moves the cursor', () => expect(printable('a\u001b]0;x\u0007\rb\u009b1m\tc')).toBe('a\ufffd]0;x\ufffd\ufffdb\ufffd1m\tc'))
  it('tables line up and cut what is too long, except at the end', () => {
    const long = 'x'.repeat(100)
    expect(table(['A', 'B'], [['1', long], ['long', 'y']])).toBe(`A     B\n1     ${long}\nlong  y`)
    expect(table(['A', 'B'], [[long, 'y']]).split('\n')[1]).toHaveLength(48 + 2 + 1)
  })
  it('sizes and numbers are in the locale', () => {
    expect(createFormat('nl').size(1_234_567)).toBe('1,2 MB')
    expect(createFormat('en').number(1234)).toBe('1,234')
  })
})

it.each([
  [{ LC_ALL: 'nl_NL.UTF-8', LANG: 'en_US' }, 'nl-NL', 'nl'], [{ LC_ALL: '', LANG: 'nl_BE@euro' }, 'nl-BE', 'nl'], [{ LANG: 'de_DE' }, 'de-DE', 'en'],
] as const)('the environment %j asks for %s', (environment, locale, language) => {
  expect(localeOf(environment)).toBe(locale)
  expect(languageOf(locale)).toBe(language)
})
