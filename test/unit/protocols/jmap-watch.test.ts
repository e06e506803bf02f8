import type { ServerResponse } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { usualJmapPace, watchJmap } from '../../../electron/protocols/jmap/watch-jmap.ts'
import { credentials, jmapFront, type JmapPlay, targetOf } from '../../fakes/jmap-front.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Watches until `enough` is called; each time something is told, so is `each`. */
async function watched(play: (enough: () => void) => JmapPlay, pace = {}, each: (stop: () => void) => void = () => {}) {
  const stop = new AbortController()
  const front = await jmapFront(play(() => stop.abort()))
  closing.push(() => front.close())
  let told = 0
  const outcome = await watchJmap(targetOf(front, { signal: stop.signal }), credentials, () => {
    told += 1
    each(() => stop.abort())
  }, { ...usualJmapPace, ...pace })
  return { told, outcome, front }
}
const stream = (answer: ServerResponse) => answer.writeHead(200, { 'content-type': 'text/event-stream' })
const state = (changed: object) => `event: state\ndata: ${JSON.stringify({ '@type': 'StateChange', changed })}\n\n`
/** Everything in segments of one byte, one after the other. */
async function inBytes(answer: ServerResponse, text: string) {
  for (const letter of text) await new Promise<void>((resolve) => void answer.write(letter, () => resolve()))
}

it('what changes in the account is told as it comes, and nothing else is', async () => {
  let saying = 'nothing yet'
  const heard: string[] = []
  const { outcome, front } = await watched(() => ({
    events: async (answer) => {
      stream(answer)
      for (const [what, text] of [
        ['nothing of ours', `: hello\n\nevent: ping\ndata: {"interval":60}\n\n${state({ other: { Email: 'x' } })}${state({ a1: { Calendar: 'x' } })}event: state\ndata: rubbish\n\n`],
        ['a message', state({ a1: { Email: 's2' } })],
        ['a mailbox', state({ a1: { Mailbox: 's3' } })],
      ] as const) {
        saying = what
        await inBytes(answer, text)
      }
    },
  }), {}, (stop) => {
    heard.push(saying)
    if (saying === 'a mailbox') stop()
  })
  expect({ heard, outcome }).toMatchObject({ heard: ['nothing yet', 'a message', 'a mailbox'], outcome: { ok: false, failure: { code: 'job.cancelled' } } })
  expect(front.heard.at(-1)?.path).toBe('/events?types=Email%2CMailbox&closeafter=no&ping=60')
})

it('a stream that held and ended is begun again at once, and what happened in between is told', async () => {
  let streams = 0
  const { told } = await watched((enough) => ({
    events: (answer) => {
      streams += 1
      if (streams === 3) enough()
      else stream(answer).end(': bye\n\n')
    },
  }), { holdsAfter: 0 })
  expect({ told, streams }).toEqual({ told: 3, streams: 3 })
})

it('one that never holds is a failure: whoever watches waits before the next', async () => {
  const { outcome } = await watched(() => ({ events: (answer) => void stream(answer).end() }))
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'connect.lost' } })
})

it('where there is no stream, as at Cyrus, the state is asked for again and again', async () => {
  let asked = 0
  const { told } = await watched((enough) => ({
    events: (answer) => void answer.writeHead(204).end(),
    calls: {
      'Email/get': () => {
        asked += 1
        if (asked === 4) enough()
        return { state: asked < 3 ? 's1' : 's2', list: [] }
      },
    },
  }), { askEvery: 1 })
  expect({ told, asked }).toEqual({ told: 2, asked: 4 })
})

it('a flood of news ends the stream', async () => {
  const many = state({ a1: { Email: 's2' } }).repeat(1000)
  const { told, outcome } = await watched(() => ({
    events: (answer) => {
      stream(answer)
      const more = () => {
        while (!answer.destroyed && answer.write(many));
        answer.once('drain', more)
      }
      more()
    },
  }))
  expect({ outcome, told: told > 1000 }).toMatchObject({ outcome: { ok: false, failure: { code: 'server.answer-too-long' } }, told: true })
})

it('an event without an end ends the stream', async () => {
  const { outcome } = await watched(() => ({
    events: (answer) => {
      stream(answer)
      const more = () => {
        while (!answer.destroyed && answer.write('data: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'));
        answer.once('drain', more)
      }
      more()
    },
  }))
  expect(outcome).toMatchObject({ ok: false, failure: { code: 'server.answer-too-long' } })
})
