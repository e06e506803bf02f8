import { describe, expect, test } from 'vitest'
import type { Caller } from '../../../../shared/contract/caller.ts'
import { chunkBytes } from '../../../../shared/contract/methods.ts'
import { done, failed, failure, type Outcome } from '../../../../shared/failures/failure.ts'
import type { MessageView } from '../../../../shared/model/message.ts'
import { composedMailSchema } from '../../../../shared/model/outgoing-mail.ts'
import { joined, tagsFrom, typedForm } from '../../../../renderer/outbox/address-tags.ts'
import { compose, type ComposeAction, composedMail, composeProblems, newCompose } from '../../../../renderer/outbox/compose-state.ts'
import { handOverFile } from '../../../../renderer/outbox/hand-over-file.ts'
import { answerTo } from '../../../../renderer/outbox/reply-to-message.ts'
import { throughEditor } from '../editor/headless.ts'

const now = new Date('2026-11-22T12:00:00Z')
const run = (...actions: readonly ComposeAction[]) => actions.reduce(compose, newCompose('acc', null))
const addressesOf = (typed: string) => tagsFrom(typed).map(({ name, address, problem }) => [name, address, problem])

describe('address tags', () => {
  test('are made from everything people paste', () => {
    expect(addressesOf('a@b.nl; Jan Smit <jan@c.nl>,"Smit, Jan" <s@d.nl>\nmailto:e@f.nl,,')).toEqual([
      ['', 'a@b.nl', null], ['Jan Smit', 'jan@c.nl', null], ['Smit, Jan', 's@d.nl', null], ['', 'e@f.nl', null],
    ])
  })

  test('keep what is not an address, and say so', () => {
    expect(addressesOf('jan, a@b@c <x>')).toEqual([['', 'jan', 'not-an-address'], ['a@b@c', 'x', 'not-an-address']])
    expect(addressesOf('"unclosed a@b.nl, c@d.nl').length).toBe(2)
    expect(addressesOf(`x\u0000y <a@b.nl>`)[0]?.[2]).toBe('line-break')
  })

  test('come once per address and survive being typed again', () => {
    expect(joined(tagsFrom('A@b.nl'), tagsFrom('a@B.nl, c@d.nl')).map((tag) => tag.address)).toEqual(['A@b.nl', 'c@d.nl'])
    for (const tag of tagsFrom('"Smit, ""Jan" <s@d.nl>, Piet <p@q.nl>, r@s.nl')) expect(tagsFrom(typedForm(tag))).toEqual([tag])
  })
})

describe('a mail being written', () => {
  test('takes a separator as the end of an address, and half an address when sending is tried', () => {
    const state = run({ do: 'type', line: 'to', text: 'a@b.nl,' }, { do: 'type', line: 'cc', text: 'c@d.nl' }, { do: 'attempt' })
    expect(state.tags.to.map((tag) => tag.address)).toEqual(['a@b.nl'])
    expect(state.tags.cc.map((tag) => tag.address)).toEqual(['c@d.nl'])
    expect(composeProblems(state, now).size).toBe(0)
  })

  test('does not cut a quoted name at its comma while it is typed', () => {
    expect(run({ do: 'type', line: 'to', text: '"Smit,' }).tags.to).toEqual([])
  })

  test('names what is missing, field by field', () => {
    expect(composeProblems(newCompose(null, null), now)).toEqual(new Map([['from', 'empty'], ['to', 'no-recipient']]))
    const wrong = run({ do: 'type', line: 'bcc', text: 'nobody;' }, { do: 'when', when: 'later' }, { do: 'later', later: '2020-01-01T10:00' })
    expect(composeProblems(wrong, now)).toEqual(new Map([['bcc', 'not-an-address'], ['later', 'time-past']]))
  })

  test('waits for its files, and never goes without one that failed', () => {
    const to: ComposeAction = { do: 'type', line: 'to', text: 'a@b.nl,' }
    const attach: ComposeAction = { do: 'attach', files: [{ key: 'k', name: 'invoice.pdf', size: 10 }] }
    expect(composeProblems(run(to, attach), now).get('files')).toBe('file-running')
    const lost = run(to, attach, { do: 'file-failed', key: 'k', failure: failure('file.too-large') })
    expect(composeProblems(lost, now).get('files')).toBe('file-failed')
    expect(composeProblems(compose(lost, { do: 'detach', key: 'k' }), now).size).toBe(0)
  })

  test('is untouched until a person does something, so that closing it asks nothing', () => {
    expect(newCompose('acc', { to: [], subject: 'Re: x', text: 'quote', html: null, inReplyTo: '<1@x>' }).touched).toBe(false)
    expect(run({ do: 'attempt' }).touched).toBe(false)
    expect(run({ do: 'words-begin', html: '<div>quote</div>', text: 'quote' }).touched).toBe(false)
    expect(run({ do: 'words', html: null, text: 'a' }).touched).toBe(true)
  })

  test('becomes exactly what the contract takes', () => {
    const state = run(
      { do: 'type', line: 'to', text: 'Jan <a@b.nl>,' }, { do: 'subject', text: 'Invoice' }, { do: 'attach', files: [{ key: 'k', name: 'i.pdf', size: 1 }] },
      { do: 'file-done', key: 'k', handle: 'h1' }, { do: 'when', when: 'later' }, { do: 'later', later: '2030-05-01T10:00' },
    )
    const mail = composedMail({ ...state, accountId: 'acc' })
    expect(composedMail({ ...compose(state, { do: 'words', text: 'Dear Jan', html: '<div>Dear Jan</div>' }), accountId: 'acc' })).toMatchObject({ text: 'Dear Jan', html: null })
    expect(composedMail({ ...compose(state, { do: 'words', text: 'Dear Jan', html: '<div>Dear <b>Jan</b></div>' }), accountId: 'acc' })).toMatchObject({ text: 'Dear Jan', html: '<div>Dear <b>Jan</b></div>' })
    expect(composedMailSchema.parse(mail)).toMatchObject({ to: [{ name: 'Jan', address: 'a@b.nl' }], attachments: ['h1'], hold: false, notBefore: new Date('2030-05-01T10:00').toISOString() })
  })
})

describe('an answer', () => {
  const message = {
    replyTo: [], from: { name: 'Jan', address: 'jan@a.nl' }, subject: 'Hello', html: null, text: 'one\r\n> two\r\n\r\nthree\r\n', messageId: '<1@a.nl>',
  } as unknown as MessageView

  test('goes to Reply-To before From, refers to the message and quotes it', () => {
    expect(answerTo(message, 'Jan wrote:')).toEqual({
      to: [{ name: 'Jan', address: 'jan@a.nl', problem: null }], subject: 'Re: Hello', inReplyTo: '<1@a.nl>', text: '\n\nJan wrote:\n> one\n>> two\n>\n> three\n', html: null,
    })
    expect(answerTo({ ...message, replyTo: [{ name: '', address: 'list@a.nl' }] }, '').to[0]?.address).toBe('list@a.nl')
  })

  test('is as plain, or as formatted, as what it answers', () => {
    const html = answerTo({ ...message, html: '<p>one <b>two</b></p>' }, 'Jan <jan@a.nl> wrote:').html ?? ''
    expect(html).toContain('<div>Jan &lt;jan@a.nl&gt; wrote:</div><blockquote')
    expect(throughEditor(html)).toMatch(/<blockquote[^>]*><div>one <b>two<\/b><\/div><\/blockquote>$/)
    expect(answerTo({ ...message, text: null, html: '<p>one</p><p>two</p>' }, 'Jan:').text).toBe('\n\nJan:\n> one\n>\n> two\n')
  })

  test('takes nothing along that runs, loads or tells on its reader', () => {
    const spying = '<div style="background:url(https://spy.example/1)"><img src="https://spy.example/2.gif" alt="Logo"><script>x()</script><a href="javascript:x()">here</a></div>'
    expect(throughEditor(answerTo({ ...message, html: spying }, 'Jan:').html ?? '')).not.toMatch(/spy|script/)
  })

  test('does not pile up Re:', () => {
    expect(answerTo({ ...message, subject: 'RE: Hello' }, '').subject).toBe('RE: Hello')
    expect(answerTo({ ...message, subject: 'Antw: Hallo' }, '').subject).toBe('Antw: Hallo')
  })
})

describe('handing over a file', () => {
  const file = (bytes: Uint8Array) => ({ name: 'i.pdf', size: bytes.length, slice: (from: number, to: number) => ({ arrayBuffer: () => Promise.resolve(bytes.slice(from, to).buffer as ArrayBuffer) }) })
  const taker = (refuseAfter = Infinity) => {
    const taken: string[] = []
    const discarded: unknown[] = []
    const call = (method: string, params: { base64?: string; handle?: string }): Promise<Outcome<unknown>> => {
      if (method === 'files.begin') return Promise.resolve(done({ handle: 'h' }))
      if (method === 'files.discard') discarded.push(params.handle)
      if (method === 'files.append') {
        if (taken.length >= refuseAfter) return Promise.resolve(failed('storage.full'))
        taken.push(params.base64 ?? '')
      }
      return Promise.resolve(done({}))
    }
    return { caller: { call, on: () => () => {} } as unknown as Caller, taken, discarded }
  }
  const bytes = Uint8Array.from({ length: chunkBytes * 2 + 17 }, (_, at) => (at * 31) % 256)

  test('passes on every byte in order, in pieces the contract takes', async () => {
    const { caller, taken } = taker()
    const seen: number[] = []
    expect(await handOverFile(caller, file(bytes), { signal: new AbortController().signal, onProgress: (count) => seen.push(count) })).toEqual(done({ handle: 'h' }))
    expect(Buffer.concat(taken.map((piece) => Buffer.from(piece, 'base64'))).equals(bytes)).toBe(true)
    expect(seen).toEqual([chunkBytes, chunkBytes * 2, bytes.length])
  })

  test('leaves nothing behind when it is stopped, refused, or the file can no longer be read', async () => {
    const stop = new AbortController()
    const stopped = taker()
    expect(await handOverFile(stopped.caller, file(bytes), { signal: stop.signal, onProgress: () => stop.abort() })).toMatchObject({ failure: { code: 'job.cancelled' } })
    expect(stopped.discarded).toEqual(['h'])
    const full = taker(1)
    expect(await handOverFile(full.caller, file(bytes), { signal: new AbortController().signal, onProgress: () => {} })).toMatchObject({ failure: { code: 'storage.full' } })
    expect(full.discarded).toEqual(['h'])
    const gone = { ...file(bytes), slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) }
    expect(await handOverFile(taker().caller, gone, { signal: new AbortController().signal, onProgress: () => {} })).toMatchObject({ failure: { code: 'input.unreadable-file' } })
  })
})
