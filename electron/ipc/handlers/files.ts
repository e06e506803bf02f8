/** `files.…`: a file on its way in, in pieces small enough that no call blocks the window. */
import { done } from '../../../shared/failures/failure.ts'
import type { HandlersOf } from '../handlers.ts'
import { nothingOf } from '../nothing-of.ts'
import type { Parts } from '../parts.ts'

export function filesHandlers({ files }: Pick<Parts, 'files'>): HandlersOf<'files'> {
  return {
    async 'files.begin'({ name, size }) {
      const begun = await files.begin(name, size)
      return begun.ok ? done({ handle: begun.value }) : begun
    },
    'files.append': async ({ handle, base64 }) => nothingOf(await files.append(handle, Buffer.from(base64, 'base64'))),
    async 'files.discard'({ handle }) {
      await files.discard(handle)
      return done({})
    },
  }
}
