import type { NetworkInterfaceInfo } from 'node:os'
import { beforeEach, describe, expect, test } from 'vitest'
import { lookEvery, sleptAfter, watchMachine, type MachineEvent, type MachineWatch } from '../../../electron/hosts/window/watch-machine.ts'

let now: number
let online: boolean
let addresses: readonly { readonly address: string; readonly family: 'IPv4' | 'IPv6'; readonly internal?: boolean }[]
let told: MachineEvent[]
let watch: MachineWatch
let look: () => void
let stopped: boolean

const wifi = [{ address: '192.0.2.7', family: 'IPv4' }] as const

beforeEach(() => {
  now = 0
  online = true
  addresses = wifi
  told = []
  stopped = false
  watch = watchMachine((event) => told.push(event), {
    now: () => now,
    every: (_milliseconds, call) => { look = call; return () => { stopped = true } },
    interfaces: () => ({ lan: addresses.map(({ internal = false, ...one }) => ({ ...one, internal }) as NetworkInterfaceInfo) }),
    online: () => online,
  })
})

function looks(after = lookEvery): MachineEvent[] {
  now += after
  look()
  return told.splice(0)
}

describe('sleep', () => {
  test('is noticed by a timer that comes far too late, once', () => {
    expect(looks()).toEqual([])
    expect(looks(lookEvery + sleptAfter)).toEqual(['wake'])
    expect(looks()).toEqual([])
  })

  test('the system told of is told once', () => {
    now += 8 * 60 * 60 * 1000
    watch.resumed()
    expect(looks()).toEqual(['wake'])
  })
})

describe('the network', () => {
  test('is told when it comes and when it is another one, not when it goes', () => {
    addresses = []
    expect(looks()).toEqual([])
    addresses = wifi
    expect(looks()).toEqual(['network'])
    addresses = [{ address: '198.51.100.4', family: 'IPv4' }]
    expect(looks()).toEqual(['network'])
    expect(looks()).toEqual([])
  })

  test('that the system calls offline is none until it is online again', () => {
    online = false
    expect(looks()).toEqual([])
    online = true
    expect(looks()).toEqual(['network'])
  })

  test.each([
    ['the machine itself', { address: '127.0.0.2', family: 'IPv4', internal: true }],
    ['an address that leads nowhere', { address: 'fe80::1', family: 'IPv6' }],
    ['an address the machine gave itself', { address: '169.254.7.7', family: 'IPv4' }],
  ] as const)('is not %s', (_name, address) => {
    addresses = [...wifi, address]
    expect(looks()).toEqual([])
  })

  test('an address that only changes for privacy is the same network', () => {
    addresses = [{ address: '2001:db8:1:2:aaaa:1:2:3', family: 'IPv6' }]
    expect(looks()).toEqual(['network'])
    addresses = [{ address: '2001:db8:1:2:bbbb:4:5:6', family: 'IPv6' }]
    expect(looks()).toEqual([])
  })
})

test('stopping ends the watch', () => {
  watch.stop()
  expect(stopped).toBe(true)
})
