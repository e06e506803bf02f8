import dns from 'node:dns/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Addresses, createHostAddresses } from '../../../electron/discovery/host-addresses.ts'
import { done, failed } from '../../../shared/failures/failure.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})
const alive = () => new AbortController().signal
/** The system's way, answered by hand: how each name's look-up ends. */
function systemBy(answer: (name: string) => Promise<string[]>) {
  const asked: string[] = []
  vi.spyOn(dns, 'lookup').mockImplementation((async (name: string) => {
    asked.push(name)
    return (await answer(name)).map((address) => ({ address, family: 4 }))
  }) as never)
  return asked
}
const never = () => new Promise<never>(() => {})
const absent = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }))

describe('the addresses of a host', () => {
  test('are the system’s, and the name service is not even asked where that answers at once', async () => {
    systemBy(() => Promise.resolve(['192.0.2.1']))
    const byName = vi.fn<() => Promise<Addresses>>(never)
    expect(await createHostAddresses(byName)('box.shop.example', alive())).toEqual(done(['192.0.2.1']))
    expect(byName).not.toHaveBeenCalled()
  })

  test('that do not exist are said not to', async () => {
    systemBy(absent)
    expect(await createHostAddresses(never)('box.shop.example', alive())).toMatchObject({ failure: { code: 'dns.no-such-host' } })
  })

  test.each<[string, Addresses]>([['addresses', done(['192.0.2.2'])], ['that there is none', failed('dns.no-such-host')]])(
    'come from the name service where the system takes its time: %s', async (_what, answer) => {
      vi.useFakeTimers()
      systemBy(never)
      const found = createHostAddresses(() => Promise.resolve(answer))('box.shop.example', alive())
      await vi.advanceTimersByTimeAsync(300)
      expect(await found).toEqual(answer)
    })

  test('are waited for where the name service cannot be asked', async () => {
    vi.useFakeTimers()
    const system = Promise.withResolvers<string[]>()
    systemBy(() => system.promise)
    const found = createHostAddresses(() => Promise.resolve(failed('dns.unavailable')))('printer.local', alive())
    await vi.advanceTimersByTimeAsync(300)
    system.resolve(['192.0.2.3'])
    expect(await found).toEqual(done(['192.0.2.3']))
  })

  test('are waited for where the system gives up first', async () => {
    vi.useFakeTimers()
    systemBy(() => new Promise((_resolve, reject) => setTimeout(() => reject(Object.assign(new Error('getaddrinfo'), { code: 'EAI_AGAIN' })), 1000)))
    const found = createHostAddresses(() => new Promise((resolve) => setTimeout(() => resolve(done(['192.0.2.4'])), 1500)))('box.shop.example', alive())
    await vi.advanceTimersByTimeAsync(2000)
    expect(await found).toEqual(done(['192.0.2.4']))
  })

  test('of many names do not wait for each other, and do not queue where nobody can call them back', async () => {
    vi.useFakeTimers()
    const asked = systemBy(never)
    const addressesOf = createHostAddresses((name) => Promise.resolve(done([`of ${name}`])))
    const all = Promise.all(Array.from({ length: 12 }, (_, index) => addressesOf(`${index}.shop.example`, alive())))
    await vi.advanceTimersByTimeAsync(300)
    expect(await all).toHaveLength(12)
    expect(asked).toHaveLength(2)
  })

  test('nobody waits for any more are not looked up when their turn comes', async () => {
    vi.useFakeTimers()
    const asked = systemBy(() => new Promise((resolve) => setTimeout(() => resolve([]), 4000)))
    const addressesOf = createHostAddresses(never)
    for (let index = 0; index < 8; index += 1) void addressesOf(`${index}.shop.example`, alive())
    await vi.advanceTimersByTimeAsync(10_000)
    expect(asked).toHaveLength(2)
  })
})
