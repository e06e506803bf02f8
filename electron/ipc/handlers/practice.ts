/** `practice.…`: the built-in server for people without an account at hand. */
import { done } from '../../../shared/failures/failure.ts'
import type { HandlersOf } from '../handlers.ts'
import type { Parts } from '../parts.ts'

export function practiceHandlers({ practice }: Pick<Parts, 'practice'>): HandlersOf<'practice'> {
  return {
    async 'practice.start'() {
      const started = await practice.start()
      return started.ok ? done({ draft: started.value.draft, secrets: started.value.secrets }) : started
    },
  }
}
