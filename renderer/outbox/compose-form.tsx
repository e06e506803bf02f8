/** The form of a mail being written: it draws the state of `compose-state.ts` and sees to the effects. */
import { Button, makeStyles, MessageBar, MessageBarBody, Spinner, Subtitle2, Text, tokens, Tooltip } from '@fluentui/react-components'
import { AttachRegular, DismissRegular } from '@fluentui/react-icons'
import { type DragEvent, type KeyboardEvent, type RefObject, useEffect, useReducer, useRef, useState } from 'react'
import type { AccountOverview } from '../../shared/contract/methods.ts'
import { assertNever, type Failure } from '../../shared/failures/failure.ts'
import type { OutgoingId } from '../../shared/model/outgoing-mail.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useFormat, useText } from '../text/use-text.tsx'
import type { EditorHandle } from '../editor/formatted-editor.tsx'
import { WordsField } from '../editor/words-field.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ComposeBelow } from './compose-below.tsx'
import { ComposeFiles } from './compose-files.tsx'
import { ComposeLeave, type Leaving } from './compose-leave.tsx'
import { ComposeLines } from './compose-lines.tsx'
import { ComposeOptions } from './compose-options.tsx'
import { compose, composedMail, composeProblems, type ComposeState } from './compose-state.ts'
import { SendButton } from './send-button.tsx'
import { useDraft } from './use-draft.ts'
import { useHandingOver } from './use-handing-over.ts'
import { useProblemWords } from './use-problem-words.ts'

const useStyles = makeStyles({
  root: { position: 'relative', display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0, minHeight: 0 },
  head: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL} ${tokens.spacingVerticalS} ${tokens.spacingHorizontalXL}` },
  title: { margin: 0 },
  body: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalS}`, '> *': { flexShrink: 0 } },
  text: { flex: '1 1 204px', minHeight: '204px', '& > :first-child': { flexGrow: 1 } },
  foot: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS, padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXL}`, borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  grow: { flexGrow: 1, color: tokens.colorNeutralForeground2 },
  problem: { color: tokens.colorStatusDangerForeground3 },
  drop: {
    position: 'absolute', inset: '8px', zIndex: 1, display: 'flex', alignItems: 'center', justifyContent: 'center', pointerEvents: 'none', border: `2px dashed ${tokens.colorBrandStroke1}`,
    borderRadius: tokens.borderRadiusLarge, backgroundColor: tokens.colorNeutralBackground1, color: tokens.colorBrandForeground1, opacity: 0.94,
  },
})

export function ComposeForm(props: {
  readonly senders: readonly AccountOverview[]
  readonly failure: Failure | null
  readonly beginning: () => ComposeState
  /** The draft that is gone on with; null = a new mail. */
  readonly draftId: OutgoingId | null
  readonly isReply: boolean
  /** Set here: what Escape does. */
  readonly askToLeave: RefObject<() => void>
  readonly onClose: () => void
}) {
  const { outbox, ui } = useText()
  const format = useFormat()
  const caller = useCaller()
  const { say } = useNavigation()
  const styles = useStyles()
  const { senders, isReply, askToLeave, onClose } = props
  const [state, change] = useReducer(compose, null, props.beginning)
  const handing = useHandingOver(change)
  const [leaving, setLeaving] = useState(false)
  const [sending, setSending] = useState(false)
  const [failure, setFailure] = useState(props.failure)
  const [dropping, setDropping] = useState(false)
  const picker = useRef<HTMLInputElement>(null)
  const text = useRef<EditorHandle>(null)
  const wasAt = useRef<Element | null>(null)
  const words = outbox.compose
  const problems = composeProblems(state, new Date())
  const problemWords = useProblemWords()

  const draft = useDraft(state, props.draftId)
  const account = senders.find((one) => one.account.id === state.accountId)?.account

  const leave = async (answer: Leaving) => {
    if (answer === 'stay') return stay()
    if (answer === 'keep') {
      // A draft has its files, or it is not left yet.
      if (state.files.some((file) => file.state === 'running')) {
        change({ do: 'attempt' })
        return stay()
      }
      if (!(await draft.keep())) return setLeaving(false)
      say(words.keptAsDraft)
    } else await draft.discard()
    handing.discardAll(state.files)
    onClose()
  }
  useEffect(() => {
    askToLeave.current = () => {
      if (!state.touched) {
        handing.discardAll(state.files)
        return onClose()
      }
      wasAt.current = document.activeElement
      setLeaving(true)
    }
  })
  /** Back to where one was writing: outside the dialog, Escape and Ctrl+Enter would not be heard. */
  const stay = () => {
    setLeaving(false)
    requestAnimationFrame(() => (wasAt.current instanceof HTMLElement ? wasAt.current : text.current)?.focus())
  }

  const doneWords = () => {
    switch (state.when) {
      case 'now':
        return words.doneNow
      case 'queue':
        return words.doneQueue
      case 'later':
        return words.doneLater(format.fullDate(new Date(state.later).toISOString()))
      case 'hold':
        return words.doneHold
      default:
        return assertNever(state.when)
    }
  }
  const send = async () => {
    if (sending) return
    // What is half typed counts: it becomes an address before anything is judged.
    const whole = compose(state, { do: 'attempt' })
    change({ do: 'attempt' })
    const { accountId } = whole
    if (accountId === null || composeProblems(whole, new Date()).size > 0) return
    setSending(true)
    setFailure(null)
    const draftId = await draft.release()
    const queued = await caller.call('outbox.queue', { ...composedMail({ ...whole, accountId }), draftId })
    setSending(false)
    if (!queued.ok) {
      draft.resume()
      return setFailure(queued.failure)
    }
    handing.discardAll(whole.files)
    // The mail is safe in the outbox; what sending it meets is shown there.
    if (whole.when === 'now') void caller.call('outbox.run', { accountIds: [accountId] })
    say(doneWords())
    onClose()
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void send()
  }
  const drag = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setDropping(true)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setDropping(false)
    handing.attach([...event.dataTransfer.files])
  }
  const filesProblem = state.attempted ? (problems.get('files') ?? null) : null

  return (
    <div className={styles.root} role="form" aria-label={isReply ? words.replyTitle : words.title} onKeyDown={press} onDragOver={drag} onDragLeave={(event) => event.currentTarget === event.target && setDropping(false)} onDrop={drop}>
      {dropping && <div className={styles.drop}>{words.dropHere}</div>}
      <div className={styles.head}>
        <Subtitle2 as="h2" className={styles.title}>{isReply ? words.replyTitle : words.title}</Subtitle2>
        <Tooltip content={ui.close} relationship="label">
          <Button appearance="subtle" icon={<DismissRegular />} onClick={() => askToLeave.current()} />
        </Tooltip>
      </div>
      <div className={styles.body}>
        {failure !== null && <FailureBar failure={failure} onDismiss={() => setFailure(null)} />}
        {senders.length === 0 && props.failure === null && <MessageBar intent="warning"><MessageBarBody>{words.noSender}</MessageBarBody></MessageBar>}
        <ComposeLines state={state} senders={senders} problems={state.attempted ? problems : noProblems} focusFirst={!isReply} change={change} />
        <WordsField className={styles.text} label={words.text} labelHidden remembersWay focused={isReply} rows={6} handle={text} value={state} onBegin={({ text: plain, html }) => change({ do: 'words-begin', text: plain, html })} onChange={({ text: plain, html }) => change({ do: 'words', text: plain, html })} />
        {state.files.length > 0 && <ComposeFiles files={state.files} onRemove={handing.remove} />}
        {account !== undefined && <ComposeBelow account={account} />}
        {filesProblem !== null && <Text size={200} role="alert" className={styles.problem}>{problemWords(filesProblem)}</Text>}
      </div>
      <div className={styles.foot}>
        <SendButton when={state.when} disabled={sending || senders.length === 0} onWhen={(when) => change({ do: 'when', when })} onSend={() => void send()} />
        <Button icon={<AttachRegular />} onClick={() => picker.current?.click()}>{words.attach}</Button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label={words.attach}
          onChange={(event) => {
            handing.attach([...(event.target.files ?? [])])
            event.target.value = ''
          }}
        />
        {account !== undefined && <ComposeOptions account={account} wishes={state.wishes} change={change} />}
        <Text size={200} className={styles.grow} role="status">{draft.kept === 'not-yet' ? words.shortcut : draft.kept === 'saved' ? words.draftSaved : words.draftFailed}</Text>
        {sending && <Spinner size="tiny" />}
      </div>
      <ComposeLeave open={leaving} canKeep={state.accountId !== null && draft.kept !== 'failed'} onAnswer={(answer) => void leave(answer)} />
    </div>
  )
}

const noProblems: ReturnType<typeof composeProblems> = new Map()
