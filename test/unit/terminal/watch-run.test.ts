import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runTerminal } from '../../../electron/hosts/terminal/run-terminal.ts'
import { pdf } from '../../fakes/batch-folder.ts'

interface Running {
  /** Resolves with the data of the next event of that name. */
  next(event: string): Promise<unknown>
  interrupt(): void
  readonly ended: Promise<{ readonly code: number; readonly text: string }>
}

function begin(words: readonly string[]): Running {
  const waiting = new Map<string, (data: unknown) => void>()
  let [text, interrupt] = ['', () => {}]
  const write = (piece: string | Uint8Array) => {
    text += String(piece)
    for (const line of String(piece).split('\n').filter((one) => one.startsWith('{"event"'))) {
      const { event, data } = JSON.parse(line) as { event: string; data: unknown }
      waiting.get(event)?.(data)
    }
  }
  const onInterrupt = (listener: () => void) => {
    interrupt = listener
    return () => undefined
  }
  async function* nothing(): AsyncGenerator<Uint8Array> {}
  const ended = runTerminal(words, { input: nothing(), output: { write }, errors: { write }, environment: {}, locale: 'en-GB', onInterrupt }, 'test').then((code) => ({ code, text }))
  return { next: (event) => new Promise((resolve) => void waiting.set(event, resolve)), interrupt: () => interrupt(), ended }
}

test('`watch run` queues each table that is put into a watched folder, says what became of it, and ends when it is told to', async () => {
  const root = mkdtempSync(join(tmpdir(), 'mailroom-watch-run-'))
  try {
    const folder = join(root, 'invoices')
    mkdirSync(folder)
    writeFileSync(join(root, 'office.json'), JSON.stringify({ name: 'Office', user: { displayName: 'Office', address: 'office@shop.example', organization: 'Shop' }, outgoing: { server: { use: 'own', host: 'smtp.shop.example' }, signIn: { use: 'none' } } }))
    const run = (...words: readonly string[]) => begin(['--data', join(root, 'data'), '--json', ...words])
    expect(await run('accounts', 'add', join(root, 'office.json')).ended).toMatchObject({ code: 0 })
    expect(await run('watch', 'add', folder, '--template', 'Invoice').ended).toMatchObject({ code: 0 })

    const watching = run('watch', 'run')
    await watching.next('watching')
    const queued = watching.next('table')
    writeFileSync(join(folder, '1.pdf'), pdf())
    writeFileSync(join(folder, 'may.csv'), 'email,invoice,date,due_date,amount\njan@customer.example,1,2027-01-03,2027-01-17,12.50\n')
    expect(await queued).toMatchObject({ name: 'may.csv', mails: 1, failure: null })
    expect(readdirSync(folder)).toEqual(['done'])
    watching.interrupt()
    expect((await watching.ended).code).toBe(130)
    expect((await run('outbox', 'list').ended).text).toContain('Invoice 1 from Shop')
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
})
