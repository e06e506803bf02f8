/**
 * A mail being written, as a pure reducer: what was typed, which files are on their way in, when it is to go, and what is
 * still wrong. The dialog only draws it; the effects (handing over files, queueing) sit outside.
 */
import { keptWords } from '../../shared/html/is-formatted.ts'
import type { Failure } from '../../shared/failures/failure.ts'
import { assertNever } from '../../shared/failures/failure.ts'
import type { FieldProblemCode } from '../../shared/model/field-problem.ts'
import type { DraftMail } from '../../shared/model/draft-mail.ts'
import type { ComposedMailInput } from '../../shared/model/outgoing-mail.ts'
import { type AddressTag, joined, tagsFrom } from './address-tags.ts'
import type { Answer } from './reply-to-message.ts'

export const addressLines = ['to', 'cc', 'bcc'] as const
export type AddressLine = (typeof addressLines)[number]

/** now = queued and sent at once; queue = goes with the next run; later = not before a time; hold = only when released. */
export type When = 'now' | 'queue' | 'later' | 'hold'

export interface ComposeFile {
  readonly key: string
  readonly name: string
  readonly size: number
  /** Bytes handed over so far. */
  readonly handed: number
  readonly state: 'running' | 'done' | 'failed'
  readonly handle: string | null
  readonly failure: Failure | null
}

/** What is asked for with this mail; null = as its account always does. */
export type Wishes = Pick<DraftMail, 'private' | 'readReceipt' | 'deliveryReport'>
export const noWishes: Wishes = { private: null, readReceipt: null, deliveryReport: null }

export interface ComposeState {
  readonly accountId: string | null
  readonly tags: Readonly<Record<AddressLine, readonly AddressTag[]>>
  /** Typed, not a tag yet. */
  readonly typing: Readonly<Record<AddressLine, string>>
  readonly copiesShown: boolean
  readonly subject: string
  readonly text: string
  /** What the formatted text editor holds; null = written as plain text. */
  readonly html: string | null
  readonly files: readonly ComposeFile[]
  readonly when: When
  /** As a `datetime-local` field holds it: local time, without a zone. */
  readonly later: string
  readonly inReplyTo: string | null
  readonly wishes: Wishes
  /** Something was typed or attached by the person: closing asks first. */
  readonly touched: boolean
  /** Problems are shown from the first attempt to send on, not while the form is still empty. */
  readonly attempted: boolean
}

export type ComposeAction =
  | { readonly do: 'from'; readonly accountId: string }
  | { readonly do: 'type'; readonly line: AddressLine; readonly text: string }
  | { readonly do: 'commit'; readonly line: AddressLine }
  | { readonly do: 'remove-tag'; readonly line: AddressLine; readonly index: number }
  /** Puts a finished address back into the line, to be changed. */
  | { readonly do: 'type-anew'; readonly line: AddressLine; readonly text: string }
  | { readonly do: 'show-copies' }
  | { readonly do: 'subject'; readonly text: string }
  | { readonly do: 'words'; readonly text: string; readonly html: string | null }
  /** The same words as they were, as the editor holds them. */
  | { readonly do: 'words-begin'; readonly text: string; readonly html: string | null }
  | { readonly do: 'attach'; readonly files: readonly { readonly key: string; readonly name: string; readonly size: number }[] }
  | { readonly do: 'handed'; readonly key: string; readonly bytes: number }
  | { readonly do: 'file-done'; readonly key: string; readonly handle: string }
  | { readonly do: 'file-failed'; readonly key: string; readonly failure: Failure }
  | { readonly do: 'detach'; readonly key: string }
  | { readonly do: 'when'; readonly when: When }
  | { readonly do: 'later'; readonly later: string }
  | { readonly do: 'wish'; readonly wishes: Wishes }
  | { readonly do: 'attempt' }

export function newCompose(accountId: string | null, answer: Answer | null): ComposeState {
  return {
    accountId,
    tags: { to: answer?.to ?? [], cc: [], bcc: [] },
    typing: { to: '', cc: '', bcc: '' },
    copiesShown: false,
    subject: answer?.subject ?? '',
    text: answer?.text ?? '',
    html: answer === null ? '' : answer.html,
    files: [],
    when: 'now',
    later: '',
    inReplyTo: answer?.inReplyTo ?? null,
    wishes: noWishes,
    touched: false,
    attempted: false,
  }
}

export function compose(state: ComposeState, action: ComposeAction): ComposeState {
  switch (action.do) {
    case 'from':
      return { ...state, accountId: action.accountId }
    case 'type':
      // A separator ends a tag, so pasting a list makes tags at once.
      return /[,;\n\r]/.test(action.text) && !/"[^"]*$/.test(action.text)
        ? withTags(touched(state), action.line, action.text, '')
        : touched({ ...state, typing: { ...state.typing, [action.line]: action.text } })
    case 'commit':
      return state.typing[action.line].trim() === '' ? state : withTags(touched(state), action.line, state.typing[action.line], '')
    case 'remove-tag':
      return touched(withoutTag(state, action.line, action.index))
    case 'type-anew':
      return touched({ ...state, typing: { ...state.typing, [action.line]: action.text } })
    case 'show-copies':
      return { ...state, copiesShown: true }
    case 'subject':
      return touched({ ...state, subject: action.text })
    case 'words':
      return touched({ ...state, text: action.text, html: action.html })
    case 'words-begin':
      return { ...state, text: action.text, html: action.html }
    case 'attach':
      return touched({ ...state, files: [...state.files, ...action.files.map((file) => ({ ...file, handed: 0, state: 'running' as const, handle: null, failure: null }))] })
    case 'handed':
      return withFile(state, action.key, { handed: action.bytes })
    case 'file-done':
      return withFile(state, action.key, { state: 'done', handle: action.handle })
    case 'file-failed':
      return withFile(state, action.key, { state: 'failed', failure: action.failure })
    case 'detach':
      return touched({ ...state, files: state.files.filter((file) => file.key !== action.key) })
    case 'when':
      return { ...state, when: action.when }
    case 'later':
      return touched({ ...state, later: action.later })
    case 'wish':
      return touched({ ...state, wishes: action.wishes })
    case 'attempt':
      return { ...addressLines.reduce((next, line) => compose(next, { do: 'commit', line }), state), touched: state.touched, attempted: true }
    default:
      return assertNever(action)
  }
}

const touched = (state: ComposeState): ComposeState => ({ ...state, touched: true })

function withTags(state: ComposeState, line: AddressLine, typed: string, rest: string): ComposeState {
  return {
    ...state,
    tags: { ...state.tags, [line]: joined(state.tags[line], tagsFrom(typed)) },
    typing: { ...state.typing, [line]: rest },
  }
}

function withoutTag(state: ComposeState, line: AddressLine, index: number): ComposeState {
  return { ...state, tags: { ...state.tags, [line]: state.tags[line].filter((_, at) => at !== index) } }
}

function withFile(state: ComposeState, key: string, change: Partial<ComposeFile>): ComposeState {
  return { ...state, files: state.files.map((file) => (file.key === key ? { ...file, ...change } : file)) }
}

export type ComposeField = AddressLine | 'from' | 'subject' | 'later' | 'files'
export type ComposeProblem = FieldProblemCode | 'time-missing' | 'time-past' | 'file-running' | 'file-failed'

/** What keeps this mail from going, per field, most important first. Empty = it can go. */
export function composeProblems(state: ComposeState, now: Date): ReadonlyMap<ComposeField, ComposeProblem> {
  const problems = new Map<ComposeField, ComposeProblem>()
  if (state.accountId === null) problems.set('from', 'empty')
  for (const line of addressLines) {
    const bad = state.tags[line].find((tag) => tag.problem !== null)
    if (bad?.problem) problems.set(line, bad.problem)
  }
  if (!addressLines.some((line) => state.tags[line].length > 0)) problems.set('to', 'no-recipient')
  if (state.subject.length > 998) problems.set('subject', 'too-long')
  if (state.files.some((file) => file.state === 'running')) problems.set('files', 'file-running')
  if (state.files.some((file) => file.state === 'failed')) problems.set('files', 'file-failed')
  if (state.when === 'later') {
    const time = Date.parse(state.later)
    if (Number.isNaN(time)) problems.set('later', 'time-missing')
    else if (time <= now.getTime()) problems.set('later', 'time-past')
  }
  return problems
}

/** The mail as the contract takes it; only for a state without problems. */
export function composedMail(state: ComposeState & { readonly accountId: string }): ComposedMailInput {
  const addressees = (line: AddressLine) => state.tags[line].map(({ name, address }) => ({ name, address }))
  return {
    accountId: state.accountId,
    to: addressees('to'),
    cc: addressees('cc'),
    bcc: addressees('bcc'),
    subject: state.subject,
    // Formatted only where something is: a plain note needs no HTML.
    ...(state.html === null ? { text: state.text, html: null } : keptWords(state.html)),
    attachments: state.files.flatMap((file) => (file.handle === null ? [] : [file.handle])),
    inReplyTo: state.inReplyTo,
    ...state.wishes,
    notBefore: state.when === 'later' ? new Date(state.later).toISOString() : null,
    hold: state.when === 'hold',
  }
}
