import { expect, test } from 'vitest'
import { composeOfDraft, draftOf } from '../../../../renderer/outbox/compose-draft.ts'
import { isWished, withWish } from '../../../../renderer/outbox/compose-options.tsx'
import { compose, composedMail, composeProblems, newCompose, noWishes, type ComposeAction } from '../../../../renderer/outbox/compose-state.ts'
import { draftMailSchema } from '../../../../shared/model/draft-mail.ts'
import { draftOf as accountOf } from '../../../fakes/one-account.ts'

const run = (...actions: readonly ComposeAction[]) => actions.reduce(compose, newCompose('office', null))

test('a mail that is gone on with is what was typed, right or wrong, with its files', () => {
  const written = run(
    { do: 'type', line: 'to', text: 'Jan <jan@b.nl>, nobody,' }, { do: 'type', line: 'bcc', text: 'half@' }, { do: 'subject', text: 'Hi' }, { do: 'words', html: null, text: 'Dear' }, { do: 'when', when: 'later' },
    { do: 'wish', wishes: { private: true, readReceipt: 'reply-to', deliveryReport: null } },
    { do: 'attach', files: [{ key: 'a', name: 'a.pdf', size: 3 }, { key: 'b', name: 'b.pdf', size: 3 }] }, { do: 'file-done', key: 'a', handle: 'handle-a' },
  )
  const kept = draftOf(written)!
  expect(draftMailSchema.parse(kept.draft)).toEqual(kept.draft)
  expect(kept.attachments).toEqual(['handle-a'])
  const again = composeOfDraft(kept.draft, [{ handle: 'handle-1', name: 'a.pdf', size: 3 }])
  expect(again).toMatchObject({ tags: written.tags, typing: written.typing, subject: 'Hi', text: 'Dear', when: 'later', wishes: written.wishes, copiesShown: true, touched: false })
  expect(draftOf(again)).toEqual({ draft: kept.draft, attachments: ['handle-1'] })
  expect(composeProblems(again, new Date()).get('to')).toBe('not-an-address')
})

test('without a sender nothing can be kept', () => {
  expect(draftOf(newCompose(null, null))).toBeNull()
})

test('what the account always asks for is ticked, and goes out as the account says until somebody changes it', () => {
  const account = { id: 'office', ...accountOf({ user: { displayName: 'O', address: 'o@shop.example', replyToAddress: 'r@shop.example' }, sending: { readReceipt: 'none', deliveryReport: true }, privacy: { outgoing: true } }) }
  expect((['private', 'readReceipt', 'deliveryReport'] as const).map((name) => isWished(name, noWishes, account))).toEqual([true, false, true])
  expect(composedMail({ ...run(), accountId: 'office' })).toMatchObject({ private: null, readReceipt: null, deliveryReport: null })
  const open = withWish('private', false, withWish('readReceipt', true, noWishes, account), account)
  expect(open).toEqual({ private: false, readReceipt: 'reply-to', deliveryReport: null })
  expect(withWish('readReceipt', false, open, account).readReceipt).toBe('none')
})
