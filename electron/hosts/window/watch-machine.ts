/**
 * Notices that the machine slept, and that its network came or changed, without asking anybody outside: by the clock, which
 * goes on while timers stand still, and by the addresses of its own network interfaces.
 *
 * Neither is certain. A tunnel that comes up looks like a network; so whoever is told does only what failed before.
 */
import { networkInterfaces } from 'node:os'

export type MachineEvent = 'wake' | 'network'

type Interfaces = ReturnType<typeof networkInterfaces>

export interface Machine {
  /** Milliseconds of the wall clock. */
  now(): number
  /** Answers with a function that ends it. */
  every(milliseconds: number, call: () => void): () => void
  interfaces(): Interfaces
  /** What the system says about it; true where it says nothing. */
  online(): boolean
}

export const thisMachine: Machine = {
  now: () => Date.now(),
  every(milliseconds, call) {
    const timer = setInterval(call, milliseconds)
    timer.unref()
    return () => clearInterval(timer)
  },
  interfaces: networkInterfaces,
  online: () => true,
}

/** Reading the interfaces takes a tenth of a millisecond. */
export const lookEvery = 5000
/** A timer that is this late has slept: a busy program is never that busy. */
export const sleptAfter = 20_000

export interface MachineWatch {
  /** The system told that it woke: then the late timer is no news. */
  resumed(): void
  stop(): void
}

export function watchMachine(tell: (event: MachineEvent) => void, machine: Machine = thisMachine): MachineWatch {
  let last = machine.now()
  let network = networkOf(machine)

  function woke(): void {
    last = machine.now()
    tell('wake')
  }

  function look(): void {
    const late = machine.now() - last > sleptAfter
    last = machine.now()
    if (late) tell('wake')
    const before = network
    network = networkOf(machine)
    if (network !== '' && network !== before) tell('network')
  }

  return { resumed: woke, stop: machine.every(lookEvery, look) }
}

/**
 * The networks this machine is in, as a text to compare; empty = none. Of an IPv6 address only the network (the first 64 bits,
 * RFC 4291 section 2.5.4): the rest is changed every few hours for privacy (RFC 8981). Link-local addresses lead nowhere.
 */
function networkOf(machine: Machine): string {
  if (!machine.online()) return ''
  const networks = Object.entries(machine.interfaces()).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ internal, address }) => !internal && !/^(fe80:|169\.254\.)/i.test(address))
      .map(({ family, address }) => `${name} ${family === 'IPv6' ? address.split(':').slice(0, 4).join(':') : address}`),
  )
  return [...new Set(networks)].toSorted().join(', ')
}
