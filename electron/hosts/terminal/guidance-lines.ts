/** What a service demands (B9), in the words of the screen. */
import type { Guidance } from '../../../shared/model/findings.ts'
import type { Language } from '../../../shared/model/preferences.ts'
import { guidanceWords } from '../../../shared/words/guidance.ts'

export function guidanceLines({ provider, needs, steps }: Guidance, language: Language): readonly string[] {
  const words = guidanceWords[language]
  return [`${words.title[needs](provider)}. ${words.body[needs](provider)}`, ...steps.map(({ do: what, page }, index) => `  ${index + 1}. ${words.steps[what].text}${page === null ? '' : ` ${page}`}`)]
}
