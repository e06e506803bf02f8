/** Makes, renames and deletes mailboxes (Mailbox/set, RFC 8621 section 2.5), under the rules that hold for every account: what has a use stays, and what holds mail is not deleted. */
import { z } from 'zod'
import { assertNever, done, failed, refused, type Outcome } from '../../../shared/failures/failure.ts'
import type { FolderChange } from '../../../shared/model/folder.ts'
import type { JmapClient } from './jmap-client.ts'
import { errorSchema, setFailure } from './jmap-failure.ts'
import { type MailboxFolder, partsOf } from './mailboxes.ts'

const errors = z.record(z.string(), errorSchema).nullish()
const setSchema = z.object({ notCreated: errors, notUpdated: errors, notDestroyed: errors })

interface Place {
  readonly name: string
  readonly parentId: string | null
  readonly isSubscribed?: boolean
}

export async function changeMailbox(client: JmapClient, folders: readonly MailboxFolder[], change: FolderChange): Promise<Outcome<void>> {
  const refusal = (code: 'mailbox.missing' | 'mailbox.special' | 'mailbox.exists' | 'mailbox.not-empty', name: string) => failed(code, { ...client.evidence, name })
  const known = (path: string) => folders.find((folder) => folder.path === path)

  /** Where it is to stand. What it is to stand in and is not there is made with it, as over IMAP (RFC 9051 section 6.3.4). */
  function newPlace(path: string): { readonly place: Place; readonly create: Readonly<Record<string, Place>> } {
    const { parent, name } = partsOf(path)
    const above = parent === null ? null : known(parent)
    if (parent === null || above !== undefined) return { place: { name, parentId: above?.id ?? null }, create: {} }
    const { place, create } = newPlace(parent)
    const made = `above${Object.keys(create).length}`
    return { place: { name, parentId: `#${made}` }, create: { ...create, [made]: { ...place, isSubscribed: true } } }
  }

  async function set(what: Readonly<Record<string, unknown>>): Promise<Outcome<void>> {
    const answers = await client.call([{ method: 'Mailbox/set', with: what, as: 'set' }])
    if (!answers.ok) return answers
    const answer = answers.value.read('set', 'Mailbox/set', setSchema)
    if (!answer.ok) return answer
    const error = [answer.value.notCreated, answer.value.notUpdated, answer.value.notDestroyed].flatMap((one) => Object.values(one ?? {}))[0]
    return error === undefined ? done(undefined) : refused(setFailure(error, client.evidence))
  }

  if (change.do === 'create') {
    if (known(change.path) !== undefined) return refusal('mailbox.exists', change.path)
    const { place, create } = newPlace(change.path)
    return set({ create: { ...create, new: { ...place, isSubscribed: true } } })
  }
  const folder = known(change.path)
  if (folder === undefined) return refusal('mailbox.missing', change.path)
  if (folder.use !== null) return refusal('mailbox.special', change.path)
  switch (change.do) {
    case 'rename': {
      if (known(change.to) !== undefined) return refusal('mailbox.exists', change.to)
      const { place, create } = newPlace(change.to)
      return set({ create, update: { [folder.id]: place } })
    }
    case 'delete':
      // A server that would take the messages with it is not asked to: nobody saw a preview of that.
      return (folder.messages ?? 1) > 0 ? refusal('mailbox.not-empty', change.path) : set({ destroy: [folder.id], onDestroyRemoveEmails: false })
    default:
      return assertNever(change)
  }
}
