import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMessageFiling } from '../../../electron/mail/message-filing.ts'

let folder: string
const path = (name: string) => join(folder, name)
const programOf = (text: string) => new URL(`data:text/javascript,${encodeURIComponent(text)}`)
/** Takes everything and answers nothing. */
const deaf = programOf("import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => {})")
/** Ends by a mistake as soon as it gets anything. */
const dying = programOf("import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { throw new Error('a mistake') })")

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mailroom-filing-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('messages that come in side by side each get their own bytes, in trays of any number', async () => {
  const filing = createMessageFiling()
  const bodies = Array.from({ length: 5 }, (_, index) => Buffer.alloc(700_000 + index, `${index} `))
  const messages = bodies.map((_, index) => filing.begin(path(`${index}.eml`)))
  for (let offset = 0; offset < 700_010; offset += 50_000) {
    for (const [index, message] of messages.entries()) await message.write(bodies[index]!.subarray(offset, offset + 50_000))
  }
  for (const message of messages) message.finish()
  filing.flush()
  expect((await Promise.all(messages.map(({ filed }) => filed))).map((outcome) => outcome.ok && outcome.value.size)).toEqual(bodies.map(({ length }) => length))
  for (const [index, body] of bodies.entries()) expect(readFileSync(path(`${index}.eml`)).equals(body)).toBe(true)
})

test('a header that is cut between two trays is read whole', async () => {
  const filing = createMessageFiling()
  const first = filing.begin(path('first.eml'))
  await first.write(Buffer.alloc(256 * 1024 - 20, 'x'))
  first.finish()
  const second = filing.begin(path('second.eml'))
  await second.write(Buffer.from('Subject: one that lies across the edge\r\nFrom: a@b.example\r\n\r\nText'))
  second.finish()
  filing.flush()
  expect(await second.filed).toMatchObject({ ok: true, value: { headers: { subject: 'one that lies across the edge', from: { address: 'a@b.example' } } } })
})

test('a file that is there already is never written to, and the messages beside it are filed', async () => {
  writeFileSync(path('taken.eml'), 'mine')
  const filing = createMessageFiling()
  const [taken, other] = [filing.begin(path('taken.eml')), filing.begin(path('other.eml'))]
  for (const message of [taken, other]) {
    await message.write(Buffer.from('text'))
    message.finish()
  }
  filing.flush()
  expect(await taken.filed).toMatchObject({ ok: false, failure: { code: 'storage.failed', evidence: { detail: 'EEXIST' } } })
  expect((await other.filed).ok).toBe(true)
  expect(readFileSync(path('taken.eml'), 'utf8')).toBe('mine')
})

test('a message that is dropped leaves no file', async () => {
  const filing = createMessageFiling()
  const message = filing.begin(path('1.eml'))
  await message.write(Buffer.alloc(1_000_000))
  await message.drop()
  expect(readdirSync(folder)).toEqual([])
})

test('who writes faster than the disk waits, with a few megabytes in memory', async () => {
  const message = createMessageFiling({ thread: deaf }).begin(path('1.eml'))
  let taken = 0
  while (message.write(Buffer.alloc(64 * 1024)) === undefined && taken < 64 * 1024 * 1024) taken += 64 * 1024
  expect(taken).toBeGreaterThan(1024 * 1024)
  expect(taken).toBeLessThanOrEqual(8 * 1024 * 1024)
})

test('a thread that ends by a mistake fails what is under way, as the mistake it is', async () => {
  const filing = createMessageFiling({ thread: dying })
  const message = filing.begin(path('1.eml'))
  message.finish()
  filing.flush()
  await expect(message.filed).rejects.toThrow('a mistake')
  // Nobody is kept waiting for trays that went with it.
  expect(filing.begin(path('2.eml')).write(Buffer.alloc(100))).toBeUndefined()
})
