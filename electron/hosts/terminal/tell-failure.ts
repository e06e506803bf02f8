/** How a command ends badly: the failure, and where the reason may be something a service demands, that with its pages once more (B9). */
import type { Caller } from '../../../shared/contract/caller.ts'
import type { Failure } from '../../../shared/failures/failure.ts'
import { explains, mayBeDemand } from '../../../shared/failures/service-demands.ts'
import type { Language } from '../../../shared/model/preferences.ts'
import { terminalWords } from '../../../shared/words/terminal.ts'
import { guidanceLines } from './guidance-lines.ts'
import type { Output } from './output.ts'

/** With `--json` the page is in the failure's evidence. */
export async function tellFailure(caller: Caller, output: Pick<Output, 'failure' | 'note'>, language: Language, failure: Failure): Promise<void> {
  const { host, address = '' } = failure.evidence
  const asked = mayBeDemand(failure) && host !== undefined ? await caller.call('signIn.options', { address, servers: [host], issuer: null }) : null
  const guidance = asked?.ok === true ? asked.value.guidance : null
  const demand = explains(guidance, failure) ? guidance : null
  output.failure(demand === null || demand.page === null ? failure : { ...failure, evidence: { page: demand.page, ...failure.evidence } })
  for (const line of demand === null ? [] : guidanceLines(demand, language)) output.note(line)
  const how = terminalWords[language].signIn.how[failure.code]
  if (how !== undefined) output.note(how)
}
