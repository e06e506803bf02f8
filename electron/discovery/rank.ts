/** One list from all sources: each server once, with everybody who names it, the best first. */
import type { FoundServer, Source } from '../../shared/model/findings.ts'
import { lookUpNames } from '../../shared/model/preferences.ts'
import { keyOf } from './prove.ts'

/** Best first. */
export const sourceOrder: readonly Source[] = lookUpNames

const place = ({ source }: FoundServer) => sourceOrder.indexOf(source)

/**
 * Never in clear where there is a choice; then what may be taken without asking; then what answered; then the better source. Among
 * equals the order of the source stays.
 */
export function rank(found: readonly FoundServer[]): FoundServer[] {
  const state = ({ answered }: FoundServer) => (answered === true ? 0 : answered === null ? 1 : 2)
  return mergeEqual(found).sort(
    (a, b) =>
      Number(a.security === 'none') - Number(b.security === 'none') ||
      a.cautions.length - b.cautions.length ||
      state(a) - state(b) ||
      place(a) - place(b),
  )
}

/** The source with the fewest cautions speaks for the server, then the better one. */
function mergeEqual(found: readonly FoundServer[]): FoundServer[] {
  const groups = Map.groupBy(found, keyOf)
  return [...groups.values()].flatMap((group) => {
    const [best, ...others] = group.toSorted((a, b) => a.cautions.length - b.cautions.length || place(a) - place(b))
    if (best === undefined) return []
    const agreed = new Set(others.map(({ source }) => source).filter((source) => source !== best.source))
    return [{ ...best, agreed: sourceOrder.filter((source) => agreed.has(source)) }]
  })
}
