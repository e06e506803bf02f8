import { get } from 'node:http'
import { expect, it } from 'vitest'
import { listenOnLoopback, type Loopback } from '../../../electron/protocols/oauth/loopback.ts'
import type { Outcome } from '../../../shared/failures/failure.ts'

const page = (title: string) => ({ language: 'en', title, text: '' })
const pages = { outcome: (went: 'well' | 'badly') => page(went), stranger: page('stranger') }
const listening = (outcome: Outcome<Loopback>): Loopback => {
  if (!outcome.ok) throw new Error(outcome.failure.code)
  return outcome.value
}

function visit(url: string): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    get(url, (answer) => {
      let text = ''
      answer.on('data', (piece) => { text += String(piece) })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
    }).on('error', reject)
  })
}

it('a second browser tab that comes back is told nothing and changes nothing: the first one’s page waits for how it went', async () => {
  const loopback = listening(await listenOnLoopback('127.0.0.1', 'the-state', pages))
  const first = visit(`${loopback.redirectUri}?code=first&state=the-state`)
  const arrived = await loopback.arrived
  const second = await visit(`${loopback.redirectUri}?code=second&state=the-state`)
  loopback.answer('well')
  loopback.close()
  expect(arrived.searchParams.get('code')).toBe('first')
  expect(second).toMatchObject({ status: 409, text: expect.stringContaining('stranger') })
  expect(await first).toMatchObject({ status: 200, text: expect.stringContaining('<h1>well</h1>') })
})

it('two sign-ins at once have a port each, and neither takes the other’s answer', async () => {
  const [one, other] = await Promise.all(['one', 'other'].map(async (state) => listening(await listenOnLoopback('127.0.0.1', state, pages))))
  expect(one?.redirectUri).not.toBe(other?.redirectUri)
  expect(await visit(`${one?.redirectUri}?code=stolen&state=other`)).toMatchObject({ status: 404 })
  one?.close()
  other?.close()
})

it('a window that is closed without an answer leaves nothing behind: the port is given back', async () => {
  const loopback = listening(await listenOnLoopback('localhost', 'the-state', pages))
  loopback.close()
  await expect(visit(loopback.redirectUri.replace('localhost', '127.0.0.1'))).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})
