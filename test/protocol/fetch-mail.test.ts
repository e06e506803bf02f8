import { beforeAll, describe, expect, it } from 'vitest'
import { openInbox } from '../../electron/protocols/open-inbox.ts'
import { CollectingReceiver } from '../fakes/collecting-receiver.ts'
import { digests, filesOf, filledMailbox, labCredentials, labTarget, mustBe } from './lab-mail.ts'

const ways = [
  ['pop3', 'POP3S', 'tls'], ['pop3', 'POP3', 'starttls'], ['pop3', 'POP3', 'none'], ['pop3', 'CLEAR_POP3', 'none'],
  ['imap', 'IMAPS', 'tls'], ['imap', 'IMAP', 'starttls'], ['imap', 'CLEAR_IMAP', 'none'],
] as const

describe.each(ways)('over %s on %s with security %s', (protocol, port, security) => {
  let user = ''
  beforeAll(() => {
    user = filledMailbox(320, '8K')
  })

  it('every message arrives byte for byte, once', async () => {
    const inbox = mustBe(await openInbox(protocol, labTarget(port, security), labCredentials(user)))
    const listed = mustBe(await inbox.list())
    expect(new Set(listed.map(({ serverId }) => serverId)).size).toBe(320)
    const ids = listed.map(({ serverId }) => serverId).toReversed()
    const receiver = new CollectingReceiver()
    expect(await inbox.fetch(ids, receiver)).toEqual({ ok: true, value: undefined })
    await inbox.close()
    expect(receiver.order.toSorted()).toEqual(ids.toSorted())
    expect(receiver.failures.size).toBe(0)
    expect(digests(receiver.messages.values())).toEqual(digests(filesOf(user)))
  })

  it('fetching leaves every message unread and on the server, and its id the same', async () => {
    const first = mustBe(await openInbox(protocol, labTarget(port, security), labCredentials(user)))
    const before = mustBe(await first.list())
    await first.fetch(before.slice(0, 20).map(({ serverId }) => serverId), new CollectingReceiver())
    await first.close()
    const second = mustBe(await openInbox(protocol, labTarget(port, security), labCredentials(user)))
    expect(mustBe(await second.list())).toEqual(before)
    await second.close()
  })

  it('removes exactly what it is told to, and says so only after the server has confirmed it', async () => {
    const first = mustBe(await openInbox(protocol, labTarget(port, security), labCredentials(user)))
    const ids = mustBe(await first.list()).map(({ serverId }) => serverId)
    const going = ids.filter((_, index) => index % 3 === 0)
    const removed = mustBe(await first.removeAndClose([...going, 'never-was-here']))
    expect(removed.toSorted()).toEqual(going.toSorted())
    const second = mustBe(await openInbox(protocol, labTarget(port, security), labCredentials(user)))
    const left = mustBe(await second.list()).map(({ serverId }) => serverId)
    await second.close()
    expect(left).toEqual(ids.filter((id) => !going.includes(id)))
  })
})

describe.each([['pop3', 'POP3S'], ['imap', 'IMAPS']] as const)('%s', (protocol, port) => {
  it('a message that is not there any more is reported, and the others come', async () => {
    const user = filledMailbox(5, '2K')
    const inbox = mustBe(await openInbox(protocol, labTarget(port, 'tls'), labCredentials(user)))
    const ids = mustBe(await inbox.list()).map(({ serverId }) => serverId)
    const receiver = new CollectingReceiver()
    await inbox.fetch([ids[0] ?? '', '1:99999', ids[4] ?? ''], receiver)
    await inbox.close()
    expect(receiver.failures.get('1:99999')?.code).toBe('message.gone')
    expect(receiver.messages.size).toBe(2)
  })

  it('an empty inbox lists nothing', async () => {
    const inbox = mustBe(await openInbox(protocol, labTarget(port, 'tls'), labCredentials(filledMailbox(0, '1K'))))
    expect(await inbox.list()).toEqual({ ok: true, value: [] })
    await inbox.close()
  })

  it('what the receiver throws ends the run and reaches the caller', async () => {
    const user = filledMailbox(30, '2K')
    const inbox = mustBe(await openInbox(protocol, labTarget(port, 'tls'), labCredentials(user)))
    const ids = mustBe(await inbox.list()).map(({ serverId }) => serverId)
    let ended = 0
    const full = { begin: () => ({ write: () => {} }), end: () => { ended += 1; if (ended === 3) throw new Error('disk full') } }
    await expect(inbox.fetch(ids, full)).rejects.toThrow('disk full')
    expect(ended).toBe(3)
    await inbox.close()
  })

  it('a cancel within a fetch ends it at once as cancelled', async () => {
    const user = filledMailbox(60, '60K')
    const cancel = new AbortController()
    const inbox = mustBe(await openInbox(protocol, labTarget(port, 'tls', { signal: cancel.signal }), labCredentials(user)))
    const ids = mustBe(await inbox.list()).map(({ serverId }) => serverId)
    let ended = 0
    const outcome = await inbox.fetch(ids, { begin: () => ({ write: () => {} }), end: () => { ended += 1; if (ended === 2) cancel.abort() } })
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'job.cancelled' } })
    expect(ended).toBeLessThan(60)
  })
})
