/**
 * The story of one mail, from the first moment to the last, as sentences: the same on the screen, which draws it as a line, and on the
 * command line, which lists it.
 */
import { explain } from '../failures/catalogue.ts'
import type { OutgoingView, ShownState } from '../model/outgoing-mail.ts'
import type { ReturnOutcome } from '../model/mail-return.ts'
import type { Language } from '../model/preferences.ts'
import type { SentCopyState } from '../model/sent-copy.ts'
import { returnWords, whyReturned } from './mail-returns.ts'
import { outgoingWords } from './outgoing-mail.ts'
import { copySentence, sentCopyWords } from './sent-copies.ts'

export interface StoryStep {
  /** ISO 8601, UTC. */
  readonly at: string
  /** How it looks. */
  readonly state: ShownState
  readonly what: string
  /** In our words; null = nothing more to say. */
  readonly why: string | null
  /** In the words of a server or a person's program. */
  readonly words: string | null
  /** When it is tried again. */
  readonly nextAt: string | null
}

const returnStates: Readonly<Record<ReturnOutcome, ShownState>> = { delayed: 'ready', 'passed-on': 'sent', answered: 'delivered', delivered: 'delivered', bounced: 'bounced', deleted: 'read', read: 'read', complained: 'bounced' }
const copyStates: Readonly<Record<SentCopyState, ShownState>> = { waiting: 'ready', adding: 'ready', there: 'delivered', 'server-keeps': 'delivered', 'no-folder': 'cancelled', failed: 'error', missing: 'unknown', 'not-wanted': 'sent' }

/** In the order it happened. */
export function storyOf({ history, returns, sentCopy }: Pick<OutgoingView, 'history' | 'returns' | 'sentCopy'>, language: Language): readonly StoryStep[] {
  const said = { mail: outgoingWords[language], returns: returnWords[language], copy: sentCopyWords[language] }
  const steps: StoryStep[] = [
    ...history.map(({ at, state, words, failure, nextAt }) => ({ at, state, what: state === 'ready' && failure !== null ? said.mail.putOff : said.mail.story[state], why: failure === null ? null : explain(failure, language).title, words: words ?? failure?.evidence.serverWords ?? null, nextAt })),
    ...returns.map((one) => ({ at: one.at, state: returnStates[one.outcome], what: said.returns.story[one.outcome](one.address), why: whyReturned(one, said.returns), words: one.words === '' ? null : one.words, nextAt: null })),
  ]
  const copy = sentCopy === null ? null : copySentence(sentCopy, said.copy)
  if (sentCopy !== null && copy !== null) {
    const { state, at, failure, nextAt } = sentCopy
    steps.push({ at, state: copyStates[state], what: copy, why: failure === null ? null : explain(failure, language).title, words: failure?.evidence.serverWords ?? null, nextAt: failure === null ? null : nextAt })
  }
  return steps.toSorted((a, b) => a.at.localeCompare(b.at))
}
