import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runTerminal } from '../../../electron/hosts/terminal/run-terminal.ts'

test('`batch` leaves out rows, sends one to oneself first, waits for a time, and tells afterwards what became of each mail', async () => {
  const root = mkdtempSync(join(tmpdir(), 'mailroom-batch-command-'))
  async function run(...words: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
    let text = ''
    const write = (piece: string | Uint8Array) => void (text += Buffer.from(piece as string).toString('utf8'))
    async function* nothing(): AsyncGenerator<Uint8Array> {}
    const code = await runTerminal(['--data', join(root, 'data'), ...words], { input: nothing(), output: { write }, errors: { write }, environment: {}, locale: 'en-GB', onInterrupt: () => () => undefined }, 'test')
    return { code, text }
  }
  try {
    const table = join(root, 'may.csv')
    writeFileSync(join(root, 'office.json'), JSON.stringify({ name: 'Office', user: { displayName: 'Office', address: 'office@shop.example', organization: 'Shop' }, outgoing: { server: { use: 'own', host: 'smtp.shop.example' }, signIn: { use: 'none' } } }))
    writeFileSync(table, `email;invoice;date;due_date;amount\n${['a@y.example', 'nobody at home', 'c@y.example', 'd@y.example'].map((address, index) => `${address};${index + 1};2027-01-03;2027-01-17;12,50`).join('\n')}\n`)
    const batch = (...more: readonly string[]) => run('batch', table, '--template', 'Invoice', '--no-files', ...more)
    expect((await run('accounts', 'add', join(root, 'office.json'))).code).toBe(0)

    expect(await batch()).toMatchObject({ code: 65, text: expect.stringContaining('Row 3 (nobody at home)') as unknown })
    for (const wrong of [['--without', '99'], ['--without', 'x'], ['--at', 'monday'], ['--test', '99']]) expect((await batch(...wrong)).code, wrong.join(' ')).toBe(65)
    expect(await batch('--test', '2')).toMatchObject({ code: 0, text: expect.stringContaining('as a test to office@shop.example') as unknown })
    const queued = await batch('--without', '3,5-6', '--at', '2037-01-05T08:00', '--json')
    expect(queued.code).toBe(0)
    expect((await batch('--without-problems', '--skip-queued', '--json')).text).toContain('"queued": 1')

    const id = /"batchId": "([^"]+)"/.exec(queued.text)?.[1] ?? ''
    const listed = await run('outbox', 'list', '--batch', id)
    expect(listed.text).toContain('Scheduled')
    for (const [address, isIn] of [['a@y.example', true], ['c@y.example', true], ['d@y.example', false], ['office@shop.example', false]] as const) expect(listed.text.includes(address), address).toBe(isIn)
    expect((await run('outbox', 'export', '--out', '-', '--batch', id)).text.trim().split('\n')).toHaveLength(3)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
