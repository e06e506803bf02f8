/** The lines above a mail's text: from, to, copies, subject, and when; each with what is wrong beside it. */
import { Button, Dropdown, Input, makeStyles, Option, Text, tokens } from '@fluentui/react-components'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import type { AccountOverview } from '../../shared/contract/methods.ts'
import { useText } from '../text/use-text.tsx'
import { AddressField } from './address-field.tsx'
import { type AddressLine, type ComposeAction, composeProblems, type ComposeState } from './compose-state.ts'
import { useProblemWords } from './use-problem-words.ts'

const useStyles = makeStyles({
  line: { display: 'grid', gridTemplateColumns: '84px minmax(0, 1fr)', columnGap: tokens.spacingHorizontalS, alignItems: 'center' },
  control: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, minWidth: 0 },
  grow: { flexGrow: 1, minWidth: 0 },
  problem: { gridColumn: '2', color: tokens.colorStatusDangerForeground3 },
})

interface Props {
  readonly state: ComposeState
  readonly senders: readonly AccountOverview[]
  readonly problems: ReturnType<typeof composeProblems>
  readonly focusFirst: boolean
  readonly change: (action: ComposeAction) => void
}

export function ComposeLines({ state, senders, problems, focusFirst, change }: Props) {
  const { outbox } = useText()
  const words = outbox.compose
  const styles = useStyles()
  const id = useId()
  const to = useRef<HTMLInputElement>(null)
  const problemWords = useProblemWords()
  const from = senders.find(({ account }) => account.id === state.accountId)?.account

  useEffect(() => {
    if (focusFirst) to.current?.focus()
  }, [focusFirst])

  const problem = (field: Parameters<typeof problems.get>[0]) => {
    const code = problems.get(field)
    return code === undefined ? null : { id: `${id}-${field}-problem`, words: problemWords(code) }
  }
  const addressLine = (line: AddressLine, after?: ReactNode) => (
    <Line label={words[line]} htmlFor={`${id}-${line}`} problem={problem(line)}>
      <AddressField id={`${id}-${line}`} line={line} label={words[line]} tags={state.tags[line]} typing={state.typing[line]} problemId={problem(line)?.id ?? null} change={change} {...(line === 'to' ? { field: to } : {})} />
      {after}
    </Line>
  )
  const showCopies = () => {
    change({ do: 'show-copies' })
    // The line is there by then, and its button is not any more.
    requestAnimationFrame(() => document.getElementById(`${id}-cc`)?.focus())
  }
  const copies = state.copiesShown || state.tags.cc.length > 0 || state.tags.bcc.length > 0
  const ownerOf = ({ name, user }: AccountOverview['account']) => (name === user.displayName || name === user.address ? `${user.displayName} <${user.address}>` : `${user.displayName} <${user.address}> · ${name}`)

  return (
    <>
      <Line label={words.from} htmlFor={`${id}-from`} problem={problem('from')}>
        <Dropdown
          id={`${id}-from`}
          className={styles.grow}
          disabled={senders.length < 2}
          value={from === undefined ? '' : ownerOf(from)}
          selectedOptions={state.accountId === null ? [] : [state.accountId]}
          onOptionSelect={(_, data) => data.optionValue !== undefined && change({ do: 'from', accountId: data.optionValue })}
        >
          {senders.map(({ account }) => (
            <Option key={account.id} value={account.id} text={ownerOf(account)}>{ownerOf(account)}</Option>
          ))}
        </Dropdown>
      </Line>
      {addressLine('to', copies ? null : <Button appearance="subtle" size="small" onClick={showCopies}>{words.addCopies}</Button>)}
      {copies && addressLine('cc')}
      {copies && addressLine('bcc')}
      <Line label={words.subject} htmlFor={`${id}-subject`} problem={problem('subject')}>
        <Input id={`${id}-subject`} className={styles.grow} value={state.subject} autoComplete="off" aria-describedby={problem('subject')?.id} onChange={(_, data) => change({ do: 'subject', text: data.value })} />
      </Line>
      {state.when === 'later' && (
        <Line label={words.laterLabel} htmlFor={`${id}-later`} problem={problem('later')}>
          <Input id={`${id}-later`} type="datetime-local" value={state.later} aria-describedby={problem('later')?.id} onChange={(_, data) => change({ do: 'later', later: data.value })} />
        </Line>
      )}
    </>
  )
}

function Line(props: { readonly label: string; readonly htmlFor: string; readonly problem: { readonly id: string; readonly words: string } | null; readonly children: ReactNode }) {
  const styles = useStyles()
  return (
    <div className={styles.line}>
      <label htmlFor={props.htmlFor}>{props.label}</label>
      <div className={styles.control}>{props.children}</div>
      {props.problem !== null && <Text id={props.problem.id} role="alert" size={200} className={styles.problem}>{props.problem.words}</Text>}
    </div>
  )
}
