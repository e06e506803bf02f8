/**
 * Finds the settings of an address: asks every source that is switched on, tells each answer as it comes, ends within 6
 * seconds, and can be cancelled (B1). The guess connects to servers of the address's domain, so it is made only when the
 * table, which asks nobody, has nothing.
 */
import type { Source, SourceAnswer, Findings, FoundServer } from '../../shared/model/findings.ts'
import { findInProviderTable } from './provider-table.ts'
import { guess, type GuessParts } from './guess.ts'
import { rank, splitAddress } from './found-server.ts'
import { guidanceFor } from './guidance.ts'

export interface LookUpParts extends GuessParts {
  /** E6: which sources the user left switched on. */
  readonly lookUps: () => Readonly<Record<Source, boolean>>
  readonly now?: () => Date
}

const order: readonly Source[] = ['provider-table', 'guess']

export async function lookUp(
  parts: LookUpParts,
  address: string,
  onChange: (findings: Findings) => void,
  signal: AbortSignal,
): Promise<Findings> {
  const { now = () => new Date() } = parts
  const switchedOn = parts.lookUps()
  const answers = new Map<Source, SourceAnswer>()
  const found = new Map<Source, readonly FoundServer[]>()
  for (const source of order) {
    answers.set(source, { source, state: switchedOn[source] ? 'waiting' : 'switched-off', milliseconds: null, failure: null })
  }

  function findings(): Findings {
    const all = rank([...found.values()].flat())
    const names = [splitAddress(address).domain.toLowerCase(), ...all.map(({ host }) => host)]
    return {
      address,
      sources: [...answers.values()],
      incoming: all.filter(({ protocol }) => protocol !== 'smtp'),
      outgoing: all.filter(({ protocol }) => protocol === 'smtp'),
      guidance: guidanceFor(names),
    }
  }
  function change(source: Source, state: Partial<SourceAnswer>): void {
    const old = answers.get(source)
    if (old === undefined) return
    answers.set(source, { ...old, ...state })
    onChange(findings())
  }
  async function ask(source: Source, question: () => Promise<Pick<SourceAnswer, 'failure'>>): Promise<void> {
    if (answers.get(source)?.state !== 'waiting' || signal.aborted) return
    const began = now().getTime()
    change(source, { state: 'running' })
    const { failure } = await question()
    const state = failure !== null ? 'failed' : (found.get(source)?.length ?? 0) > 0 ? 'found' : 'nothing'
    change(source, { state, failure, milliseconds: Math.max(0, now().getTime() - began) })
  }

  await ask('provider-table', async () => {
    const answer = await findInProviderTable(address)
    found.set('provider-table', answer === null ? [] : [...answer.incoming, ...answer.outgoing])
    return { failure: null }
  })
  if ((found.get('provider-table')?.length ?? 0) === 0) {
    await ask('guess', async () => {
      const tell = (servers: readonly FoundServer[]) => {
        found.set('guess', servers)
        onChange(findings())
      }
      const answer = await guess(parts, address, signal, tell)
      found.set('guess', answer.found)
      return answer
    })
  }
  // A source that was not needed did not answer: it is not in the list.
  for (const [source, { state }] of answers) if (state === 'waiting') answers.delete(source)
  return findings()
}
