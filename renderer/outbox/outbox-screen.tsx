/**
 * Mail on its way out: filtered by where it stands and by account, with what can be done about each and the whole story of
 * the one that is chosen. Works with the keyboard like the mail list.
 */
import { Button, makeStyles, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, tokens, ToggleButton } from '@fluentui/react-components'
import { LockClosedRegular, LockOpenRegular, MailEditRegular, MoreHorizontalRegular, SendRegular } from '@fluentui/react-icons'
import { useCallback, useMemo, useRef, useState } from 'react'
import { done, type Failure, type Outcome } from '../../shared/failures/failure.ts'
import { assertNever } from '../../shared/failures/failure.ts'
import type { AccountId } from '../../shared/model/account.ts'
import type { OutgoingId, OutgoingRow } from '../../shared/model/outgoing-mail.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { AccountPicker } from '../mail/account-picker.tsx'
import { ListAndDetail } from '../list/list-and-detail.tsx'
import type { RowListHandle } from '../list/row-list.tsx'
import { useRowSelection } from '../list/use-row-selection.ts'
import { usePagedRows } from '../list/use-paged-rows.ts'
import { useScreenKeys } from '../list/use-screen-keys.ts'
import { useNavigation } from '../shell/navigate.tsx'
import { useFormat, useText } from '../text/use-text.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ScreenFrame } from '../ui/screen-frame.tsx'
import { actionIcons } from './action-icons.tsx'
import { actionsForAll, type MailAction } from './mail-actions.ts'
import { OutgoingDetail } from './outgoing-detail.tsx'
import { OutgoingRowView, outgoingRowHeight } from './outgoing-row.tsx'
import { groupCounts, type StateGroup, statesOf } from './state-groups.ts'

const useStyles = makeStyles({
  screen: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0, minHeight: 0 },
  groups: { display: 'flex', flexWrap: 'wrap', flexShrink: 0, gap: tokens.spacingHorizontalXS, padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}` },
  count: { marginLeft: tokens.spacingHorizontalXS, fontVariantNumeric: 'tabular-nums', fontWeight: tokens.fontWeightRegular },
  failure: { padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}` },
  actions: { display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: tokens.spacingHorizontalS },
})

type BulkAction = Exclude<MailAction, 'resolve'>

export function OutboxScreen() {
  const { outbox, mail: mailText, ui } = useText()
  const format = useFormat()
  const caller = useCaller()
  const navigation = useNavigation()
  const styles = useStyles()
  const [group, setGroup] = useState<StateGroup>('all')
  const [accountId, setAccountId] = useState<AccountId | null>(null)
  const [opened, setOpened] = useState(false)
  const [cancelling, setCancelling] = useState<readonly OutgoingRow[]>([])
  const [failure, setFailure] = useState<Failure | null>(null)
  const list = useRef<RowListHandle>(null)
  const overviews = useAnswer('accounts.list', {}, { refreshOn: ['accounts.changed'] })
  const counted = useAnswer('outbox.list', { accountId, limit: 1 }, { refreshOn: ['outbox.changed'], keepPrevious: true })

  const ask = useCallback(
    async (offset: number, limit: number) => {
      const states = statesOf(group)
      const outcome = await caller.call('outbox.list', { states: states === null ? null : [...states], accountId, offset, limit })
      return outcome.ok ? done({ rows: outcome.value.mails, total: outcome.value.total }) : outcome
    },
    [caller, group, accountId],
  )
  const live = usePagedRows<OutgoingRow>(`${group} ${accountId ?? ''}`, ask, 'outbox.changed')
  const { state } = live
  const { total } = state
  const accounts = useMemo(() => (overviews.value?.accounts ?? []).map(({ account }) => account), [overviews.value])
  const nameOf = (id: string) => accounts.find((account) => account.id === id)?.name ?? mailText.run.someAccount
  const { selection, rows: chosen, only, chooseAt, clear } = useRowSelection(live)
  const counts = groupCounts(counted.value?.counts ?? {}, group)

  const show = (change: { readonly group?: StateGroup; readonly accountId?: AccountId | null }) => {
    if (change.group !== undefined) setGroup(change.group)
    if (change.accountId !== undefined) setAccountId(change.accountId)
    clear()
    setOpened(false)
  }
  const say = (outcome: Outcome<{ readonly changed: readonly OutgoingId[] }>) => {
    setFailure(outcome.ok ? null : outcome.failure)
    if (outcome.ok) navigation.say(outcome.value.changed.length === 0 ? outbox.nothingChanged : outbox.changed(outcome.value.changed.length))
  }
  const run = async (accountIds: readonly AccountId[] | null) => {
    const outcome = await caller.call('outbox.run', { accountIds: accountIds === null ? null : [...accountIds] })
    setFailure(outcome.ok ? null : outcome.failure)
  }
  const act = async (action: BulkAction, rows: readonly OutgoingRow[]) => {
    const ids = rows.map(({ id }) => id)
    switch (action) {
      case 'send':
        return run([...new Set(rows.map((row) => row.accountId))])
      case 'cancel':
        return setCancelling(rows)
      case 'reset':
        return say(await caller.call('outbox.reset', { ids }))
      case 'clear':
        return say(await caller.call('outbox.clear', { ids }))
      case 'hold':
        return say(await caller.call('outbox.hold', { ids }))
      case 'release':
        return say(await caller.call('outbox.release', { ids }))
      default:
        return assertNever(action)
    }
  }
  const cancel = async (confirmed: boolean) => {
    const ids = cancelling.map(({ id }) => id)
    setCancelling([])
    if (confirmed) say(await caller.call('outbox.cancel', { ids }))
    list.current?.focus()
  }
  const resolve = async (id: OutgoingId, outcome: 'was-sent' | 'was-not-sent') => {
    const answer = await caller.call('outbox.resolve', { id, outcome })
    setFailure(answer.ok ? null : answer.failure)
    if (answer.ok) navigation.say(outcome === 'was-sent' ? outbox.resolvedSent : outbox.resolvedNotSent)
  }
  const markPrivate = () => void caller.call('outbox.markPrivate', { ids: chosen.map(({ id }) => id), private: chosen.some((row) => !row.private) }).then(say)
  const offered = actionsForAll(chosen.map((row) => row.state)).filter((action): action is BulkAction => action !== 'resolve')

  useScreenKeys(({ key, ctrl, typing }) => {
    if (ctrl && key.toLowerCase() === 'n') navigation.compose(accountId === null ? {} : { accountId })
    else if (key === 'Delete' && !typing && offered.includes('cancel')) setCancelling(chosen)
    else if (key === 'p' && !ctrl && !typing && chosen.length > 0) markPrivate()
    else if (key === 'Escape' && opened) setOpened(false)
    else return false
    return true
  })

  const shownFailure = failure ?? live.failure
  return (
    <ScreenFrame
      flush
      title={outbox.title}
      subtitle={total === null ? ' ' : outbox.subtitle(format.number(counts[0]?.count ?? 0))}
      actions={
        <>
          <AccountPicker accounts={accounts.filter(({ outgoing }) => outgoing !== null)} chosen={accountId} onChoose={(id) => show({ accountId: id })} label={outbox.account} allWords={outbox.allAccounts} />
          <Button icon={<SendRegular />} disabled={(counted.value?.counts.ready ?? 0) === 0} onClick={() => void run(accountId === null ? null : [accountId])}>
            {outbox.sendAll}
          </Button>
          <Menu>
            <MenuTrigger disableButtonEnhancement>
              <Button appearance="subtle" icon={<MoreHorizontalRegular />} aria-label={outbox.moreActions} />
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                <MenuItem icon={actionIcons.reset} disabled={(counted.value?.counts.sending ?? 0) === 0} onClick={() => void caller.call('outbox.reset', { ids: null }).then(say)}>{outbox.resetAll}</MenuItem>
                <MenuItem icon={actionIcons.clear} disabled={(counted.value?.counts.error ?? 0) === 0} onClick={() => void caller.call('outbox.clear', { ids: null }).then(say)}>{outbox.clearAll}</MenuItem>
              </MenuList>
            </MenuPopover>
          </Menu>
        </>
      }
    >
      <div className={styles.screen}>
        <div className={styles.groups} role="group" aria-label={outbox.groupsLabel}>
          {counts.map(({ group: each, count }) => (
            <ToggleButton key={each} size="small" shape="circular" appearance={each === group ? 'primary' : 'outline'} checked={each === group} onClick={() => show({ group: each })}>
              {outbox.groups[each]} <span className={styles.count}>{format.number(count)}</span>
            </ToggleButton>
          ))}
        </div>
        {shownFailure !== null && (
          <div className={styles.failure}>
            <FailureBar failure={shownFailure} onDismiss={() => setFailure(null)} actions={<Button onClick={() => { setFailure(null); live.refresh() }}>{ui.tryAgain}</Button>} />
          </div>
        )}
        <ListAndDetail
          live={live}
          selection={selection}
          label={outbox.list}
          waitingWords={ui.loading}
          rowHeight={outgoingRowHeight}
          renderRow={(row) => <OutgoingRowView mail={row} account={accountId === null ? nameOf(row.accountId) : null} words={outbox} attached={mailText.hasAttachments} isPrivate={mailText.private} format={format} />}
          onChoose={chooseAt}
          onOpen={() => setOpened(true)}
          onDelete={() => offered.includes('cancel') && setCancelling(chosen)}
          handle={list}
          failed={live.failure !== null}
          opened={opened && selection.ids.size > 0}
          onBack={() => setOpened(false)}
          backWords={outbox.backToList}
          empty={<NoMails group={group} canWrite={accounts.some(({ outgoing }) => outgoing?.enabled === true)} onWrite={() => navigation.compose()} onAll={() => show({ group: 'all', accountId: null })} />}
          detail={
            only !== null ? (
              <OutgoingDetail key={only} id={only} account={nameOf} onAction={(action) => void act(action, chosen)} onResolve={(outcome) => void resolve(only, outcome)} />
            ) : chosen.length > 1 ? (
              <EmptyState
                icon={<SendRegular />}
                title={outbox.several(format.number(chosen.length))}
                body={outbox.severalBody}
                action={<div className={styles.actions}>{offered.map((action) => <Button key={action} icon={actionIcons[action]} title={outbox.hints[action]} onClick={() => void act(action, chosen)}>{outbox.actions[action]}</Button>)}<Button icon={chosen.some((row) => !row.private) ? <LockClosedRegular /> : <LockOpenRegular />} title={mailText.privateHint} onClick={markPrivate}>{chosen.some((row) => !row.private) ? mailText.markPrivate : mailText.markNotPrivate}</Button></div>}
              />
            ) : (
              <EmptyState icon={<SendRegular />} title={outbox.choose.title} body={outbox.choose.body} />
            )
          }
        />
      </div>
      <ConfirmDialog open={cancelling.length > 0} title={outbox.cancelTitle(cancelling.length)} confirm={outbox.actions.cancel} cancel={outbox.keep} dangerous onClose={(confirmed) => void cancel(confirmed)}>
        {outbox.cancelBody}
      </ConfirmDialog>
    </ScreenFrame>
  )
}

function NoMails(props: { readonly group: StateGroup; readonly canWrite: boolean; readonly onWrite: () => void; readonly onAll: () => void }) {
  const { outbox } = useText()
  const { empty } = outbox
  if (props.group !== 'all') {
    return <EmptyState icon={<SendRegular />} title={empty.nothingInGroup(outbox.groups[props.group])} body={empty.nothingInGroupBody} action={<Button onClick={props.onAll}>{empty.showAll}</Button>} />
  }
  return <EmptyState icon={<SendRegular />} title={empty.title} body={empty.body} {...(props.canWrite ? { action: <Button icon={<MailEditRegular />} onClick={props.onWrite}>{empty.write}</Button> } : {})} />
}
