/** `app.…`: the program itself. */
import { done } from '../../../shared/failures/failure.ts'
import type { HandlersOf } from '../handlers.ts'
import { nothingOf } from '../nothing-of.ts'
import type { Parts } from '../parts.ts'

export function appHandlers({ program }: Pick<Parts, 'program'>): HandlersOf<'app'> {
  return {
    'app.info': () => done(program.info()),
    'app.openLink': async ({ url }) => nothingOf(await program.openLink(url)),
    'app.openDataFolder': async () => nothingOf(await program.openDataFolder()),
    'app.showWindow': () => nothingOf(program.showWindow()),
    'app.dismissNotice': ({ id }) => {
      program.dismissNotice(id)
      return done({})
    },
  }
}
