/**
 * Who may connect now: so many to one server and so many in all, in the order they came. Two names that lead to one address are
 * one server; a name whose addresses take turns is one server, too. Whoever waits for a busy server holds up nobody else.
 *
 * Names are looked up only when a second connection comes while one is open: a single account costs no look-up.
 */
export interface TurnLimits {
  readonly perServer: number
  readonly inAll: number
}

export interface ServerTurns {
  /** Resolves with what gives the place back (once; again does nothing), or null when `signal` was aborted first. */
  take(host: string, port: number, signal: AbortSignal): Promise<(() => void) | null>
}

interface Place {
  readonly name: string
  readonly port: number
  addresses: ReadonlySet<string>
}

interface Waiting {
  readonly place: Place
  go(): void
}

export function createServerTurns({ perServer, inAll }: TurnLimits, addressesOf: (host: string) => Promise<readonly string[]>): ServerTurns {
  const open = new Set<Place>()
  const line: Waiting[] = []
  const names = new Map<string, Promise<readonly string[]>>()

  const lookUp = (name: string): Promise<readonly string[]> => {
    const known = names.get(name) ?? addressesOf(name)
    names.set(name, known)
    return known
  }

  const isSameServer = (one: Place, other: Place): boolean =>
    one.port === other.port && (one.name === other.name || [...one.addresses].some((address) => other.addresses.has(address)))

  function mayGo(place: Place): boolean {
    return open.size < inAll && [...open].filter((other) => isSameServer(place, other)).length < perServer
  }

  function letGo(): void {
    for (const waiting of [...line]) {
      if (!mayGo(waiting.place)) continue
      line.splice(line.indexOf(waiting), 1)
      open.add(waiting.place)
      waiting.go()
    }
  }

  function giveBack(place: Place): void {
    if (!open.delete(place)) return
    // What a name leads to may change: it is remembered only while it is in use.
    if (![...open, ...line.map((waiting) => waiting.place)].some(({ name }) => name === place.name)) names.delete(place.name)
    letGo()
  }

  /** Everybody's addresses, also of those who came first and were not asked for them. */
  async function tellApart(place: Place): Promise<void> {
    await Promise.all(
      [place, ...open, ...line.map((waiting) => waiting.place)].map(async (one) => {
        if (one.addresses.size === 0) one.addresses = new Set(await lookUp(one.name))
      }),
    )
  }

  return {
    async take(host, port, signal) {
      const place: Place = { name: host.toLowerCase(), port, addresses: new Set() }
      const turn = Promise.withResolvers<boolean>()
      const giveUp = () => {
        const at = line.findIndex((waiting) => waiting.place === place)
        if (at >= 0) line.splice(at, 1)
        turn.resolve(false)
      }
      if (signal.aborted) return null
      signal.addEventListener('abort', giveUp, { once: true })
      if (open.size + line.length > 0) {
        await Promise.race([tellApart(place), turn.promise])
        if (signal.aborted) return null
      }
      line.push({ place, go: () => turn.resolve(true) })
      letGo()
      const mine = await turn.promise
      signal.removeEventListener('abort', giveUp)
      return mine ? () => giveBack(place) : null
    },
  }
}
