/** Sets of UIDs as they are written (RFC 9051 section 9, sequence-set): `1:3,7`. */

/** Ascending, runs as ranges. */
export function uidSet(uids: readonly number[]): string {
  const runs: [number, number][] = []
  for (const uid of uids.toSorted((one, other) => one - other)) {
    const last = runs.at(-1)
    if (last !== undefined && uid <= last[1] + 1) last[1] = Math.max(last[1], uid)
    else runs.push([uid, uid])
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}:${to}`)).join(',')
}

/** null = not such a set, or of more than `most`. */
export function uidsIn(set: string, most: number): readonly number[] | null {
  const uids: number[] = []
  if (set === '') return uids
  for (const run of set.split(',')) {
    const [, first, last] = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(run) ?? []
    if (first === undefined) return null
    const ends = [Number(first), Number(last ?? first)]
    const [from, to] = [Math.min(...ends), Math.max(...ends)]
    if (uids.length + (to - from) >= most) return null
    for (let uid = from; uid <= to; uid += 1) uids.push(uid)
  }
  return uids
}
