/** A mail being written ↔ the draft it is kept as: the same words, right or wrong, so that it can be gone on with later. */
import type { DraftMail } from '../../shared/model/draft-mail.ts'
import { isMailAddress } from '../../shared/model/text-field.ts'
import type { AddressTag } from './address-tags.ts'
import { addressLines, type AddressLine, type ComposeState, newCompose } from './compose-state.ts'

export interface KeptFile {
  readonly handle: string
  readonly name: string
  readonly size: number
}

/** null = there is no sender to keep it under. Files still on their way in come with a later save. */
export function draftOf(state: ComposeState): { readonly draft: DraftMail; readonly attachments: string[] } | null {
  const { accountId, subject, text, html, inReplyTo, when, later, wishes } = state
  if (accountId === null) return null
  const line = (of: AddressLine) => ({ finished: state.tags[of].map(({ name, address }) => ({ name, address })), typing: state.typing[of] })
  return {
    draft: { accountId, to: line('to'), cc: line('cc'), bcc: line('bcc'), subject, text, html, inReplyTo, when, later, ...wishes },
    attachments: state.files.flatMap(({ handle }) => (handle === null ? [] : [handle])),
  }
}

export function composeOfDraft(draft: DraftMail, files: readonly KeptFile[]): ComposeState {
  const { accountId, subject, text, html, inReplyTo, when, later, private: isPrivate, readReceipt, deliveryReport } = draft
  const tags = Object.fromEntries(addressLines.map((line) => [line, draft[line].finished.map(tagOf)])) as Record<AddressLine, AddressTag[]>
  return {
    ...newCompose(accountId, null),
    tags,
    typing: { to: draft.to.typing, cc: draft.cc.typing, bcc: draft.bcc.typing },
    copiesShown: draft.cc.typing !== '' || draft.bcc.typing !== '',
    subject, text, html, inReplyTo, when, later,
    wishes: { private: isPrivate, readReceipt, deliveryReport },
    files: files.map(({ handle, name, size }, index) => ({ key: `draft-${String(index)}`, name, size, handed: size, state: 'done', handle, failure: null })),
  }
}

function tagOf({ name, address }: { readonly name: string; readonly address: string }): AddressTag {
  return { name, address, problem: isMailAddress(address) ? null : 'not-an-address' }
}
