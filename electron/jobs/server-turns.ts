/**
 * Who may connect now: so many to one server and so many in all. Among those who wait, whoever holds fewest connections is first, then
 * whoever came first. Two names that lead to one address are one server; a name whose addresses take turns is one server, too. Whoever waits
 * for a busy server holds up nobody else; and whoever holds a place for long can ask whether another has a better claim to it.
 *
 * Names are looked up only when a second connection comes while one is open: a single account costs no look-up.
 */
export interface TurnLimits {
  readonly perServer: number
  readonly inAll: number
}

/** How much somebody else needs a place: `more` = he holds at least two fewer, `as-much` = one fewer, so that it is a matter of taking turns. */
export type Claim = 'none' | 'as-much' | 'more'

export interface Turn {
  /** Once; again does nothing. */
  giveBack(): void
  claim(): Claim
}

export interface ServerTurns {
  /** Resolves with the place, or null when `signal` was aborted first. `sharer`: whose connections count together; left out = this one alone. */
  take(host: string, port: number, signal: AbortSignal, sharer?: string): Promise<Turn | null>
}

interface Place {
  readonly sharer: string | null
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
  /** Their names are being looked up. */
  const arriving = new Set<Place>()
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

  const heldBy = ({ sharer }: Place): number => (sharer === null ? 0 : [...open].filter((other) => other.sharer === sharer).length)

  function letGo(): void {
    for (;;) {
      const next = line.toSorted((one, other) => heldBy(one.place) - heldBy(other.place)).find(({ place }) => mayGo(place))
      if (next === undefined) return
      line.splice(line.indexOf(next), 1)
      open.add(next.place)
      next.go()
    }
  }

  /** Of those for whom this very place would do. */
  function claimTo(place: Place): Claim {
    const rivals = line.filter((waiting) => waiting.place.sharer === null || waiting.place.sharer !== place.sharer).filter((waiting) => {
      open.delete(place)
      const wouldDo = mayGo(waiting.place)
      open.add(place)
      return wouldDo
    })
    const fewer = heldBy(place) - Math.min(...rivals.map((waiting) => heldBy(waiting.place)))
    return fewer >= 2 ? 'more' : fewer === 1 ? 'as-much' : 'none'
  }

  function giveBack(place: Place): void {
    if (!open.delete(place)) return
    forget(place.name)
    letGo()
  }

  /** What a name leads to may change: it is remembered only while it is in use. */
  function forget(name: string): void {
    if (![...open, ...line.map((waiting) => waiting.place), ...arriving].some((place) => place.name === name)) names.delete(name)
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
    async take(host, port, signal, sharer) {
      const place: Place = { sharer: sharer ?? null, name: host.toLowerCase(), port, addresses: new Set() }
      const turn = Promise.withResolvers<boolean>()
      const giveUp = () => {
        const at = line.findIndex((waiting) => waiting.place === place)
        if (at >= 0) line.splice(at, 1)
        forget(place.name)
        turn.resolve(false)
      }
      if (signal.aborted) return null
      signal.addEventListener('abort', giveUp, { once: true })
      if (open.size + line.length > 0) {
        arriving.add(place)
        await Promise.race([tellApart(place), turn.promise])
        arriving.delete(place)
        if (signal.aborted) {
          forget(place.name)
          return null
        }
      }
      line.push({ place, go: () => turn.resolve(true) })
      letGo()
      const mine = await turn.promise
      signal.removeEventListener('abort', giveUp)
      return mine ? { giveBack: () => giveBack(place), claim: () => claimTo(place) } : null
    },
  }
}
