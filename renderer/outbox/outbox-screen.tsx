/**
 * Mail on its way out: filtered by where it stands, by account and batch, searched, with what can be done about each and the whole story of
 * the one that is chosen; or, as a chart, what became of the mail of each day. Works with the keyboard like the mail list; `/` searches.
 */
import { Button, makeStyles, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Tab, TabList, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular, MailEditRegular, MoreHorizontalRegular, SearchRegular, SendRegular } from '@fluentui/react-icons'
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { done } from '../../shared/failures/failure.ts'
import type { AccountId } from '../../shared/model/account.ts'
import { type OutgoingId, type OutgoingRow, shownState } from '../../shared/model/outgoing-mail.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { FilterPicker } from '../list/filter-picker.tsx'
import { ListScreen } from '../list/list-screen.tsx'
import type { RowListHandle } from '../list/row-list.tsx'
import { useRowSelection } from '../list/use-row-selection.ts'
import { usePagedRows } from '../list/use-paged-rows.ts'
import type { ScreenKey } from '../list/use-screen-keys.ts'
import { useNavigation } from '../shell/navigate.tsx'
import { useFormat, useText } from '../text/use-text.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ActDialog } from './act-dialog.tsx'
import { actionIcons } from './action-icons.tsx'
import { BatchBar } from './batch-bar.tsx'
import { CopiedFolderBar } from './copied-folder-bar.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { GroupBar } from './group-bar.tsx'
import { HeldUpQueues } from './held-up-queues.tsx'
import { bulkPlan } from './mail-actions.ts'
import { OutgoingDetail } from './outgoing-detail.tsx'
import { OutgoingRowView, outgoingRowHeight } from './outgoing-row.tsx'
import { SendingOverview } from './sending-overview.tsx'
import { SeveralMails } from './several-mails.tsx'
import { groupCounts, type StateGroup, statesOf } from './state-groups.ts'
import { useOutboxActions } from './use-outbox-actions.ts'

const useStyles = makeStyles({
  views: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', flexShrink: 0, columnGap: tokens.spacingHorizontalM, rowGap: tokens.spacingVerticalXS, padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalS}` },
})

/** From this width of the screen on, pixels, the button that sends has words. */
const roomForWords = 900

export function OutboxScreen() {
  const { outbox, sending, mail: mailText, ui } = useText()
  const format = useFormat()
  const caller = useCaller()
  const navigation = useNavigation()
  const styles = useStyles()
  const actions = useOutboxActions()
  const { batchId } = navigation
  const [view, setView] = useState<'mails' | 'overview'>('mails')
  const [group, setGroup] = useState<StateGroup>('all')
  const [accountId, setAccountId] = useState<AccountId | null>(null)
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const [opened, setOpened] = useState(false)
  const [exporting, setExporting] = useState(false)
  /** A mail that was gone to from another one's story: it may be anywhere in the list. */
  const [gone, setGone] = useState<OutgoingId | null>(null)
  const list = useRef<RowListHandle>(null)
  const overviews = useAnswer('accounts.list', {}, { refreshOn: ['accounts.changed'] })
  const batches = useAnswer('batches.list', { limit: 100 }, { refreshOn: ['outbox.changed'], keepPrevious: true })
  const counted = useAnswer('outbox.list', { accountId, batchId, search, limit: 1 }, { refreshOn: ['outbox.changed'], keepPrevious: true })

  const ask = useCallback(
    async (offset: number, limit: number) => {
      const states = statesOf(group)
      const outcome = await caller.call('outbox.list', { states: states === null ? null : [...states], accountId, batchId, search, offset, limit })
      return outcome.ok ? done({ rows: outcome.value.mails, total: outcome.value.total }) : outcome
    },
    [caller, group, accountId, batchId, search],
  )
  const live = usePagedRows<OutgoingRow>(JSON.stringify([group, accountId, batchId, search]), ask, 'outbox.changed')
  const { total } = live.state
  const accounts = useMemo(() => (overviews.value?.accounts ?? []).map(({ account }) => account), [overviews.value])
  const named = (batches.value?.batches ?? []).map(({ id, name, mails, createdAt }) => ({ id, name: sending.batchWith(name, format.number(mails)), more: format.shortDate(createdAt) }))
  const nameOf = (id: string) => accounts.find((account) => account.id === id)?.name ?? mailText.run.someAccount
  const { selection, rows: chosen, only, chooseAt, clear } = useRowSelection(live)
  const counts = groupCounts(counted.value?.counts ?? {}, group)
  const shown = gone ?? only
  const plan = bulkPlan(chosen)
  const mayCancel = plan.some(({ action }) => action === 'cancel')

  // A mail that came back is news until somebody has looked at it.
  const isBounced = chosen.length === 1 && chosen[0] !== undefined && shownState(chosen[0]) === 'bounced'
  useEffect(() => {
    if (only !== null && isBounced) void caller.call('outbox.markLooked', { ids: [only] })
  }, [caller, only, isBounced])

  const fresh = () => {
    clear()
    setGone(null)
    setOpened(false)
  }
  const show = (change: { readonly group?: StateGroup; readonly accountId?: AccountId | null; readonly batchId?: string | null }) => {
    if (change.group !== undefined) setGroup(change.group)
    if (change.accountId !== undefined) setAccountId(change.accountId)
    if (change.batchId !== undefined) navigation.openBatch(change.batchId)
    fresh()
  }
  const showAll = () => {
    setTyped('')
    show({ group: 'all', accountId: null, batchId: null })
  }

  const onKey = ({ key, ctrl, typing }: ScreenKey) => {
    if (ctrl && key.toLowerCase() === 'n') navigation.compose(accountId === null ? {} : { accountId })
    else if (key === 'Delete' && !typing && mayCancel) actions.begin('cancel', chosen)
    else if (key === 'p' && !ctrl && !typing && chosen.length > 0) void actions.markPrivate(chosen)
    else return false
    return true
  }

  const batch = batches.value?.batches.find(({ id }) => id === batchId)
  const scopeWords = sending.exporting.scope(accountId === null ? outbox.allAccounts : nameOf(accountId), batch === undefined ? sending.allBatches : sending.onlyBatch(batch.name))
  return (
    <ListScreen
      title={outbox.title}
      subtitle={total === null ? null : search === '' ? outbox.subtitle(format.number(counts[0]?.count ?? 0)) : sending.found(format.number(counts[0]?.count ?? 0))}
      search={{ label: sending.search, words: sending.searchShort, hint: sending.searchHint, typed, onType: (words) => { setTyped(words); fresh() } }}
      tools={(searchField, width) => (
        <>
          {searchField}
          <FilterPicker label={outbox.account} all={outbox.allAccounts} choices={accounts.filter(({ outgoing }) => outgoing !== null)} chosen={accountId} onChoose={(id) => show({ accountId: id })} />
          {named.length > 0 && <FilterPicker label={sending.batch} all={sending.allBatches} choices={named} chosen={batchId} onChoose={(id) => show({ batchId: id })} />}
          <Button
            icon={<SendRegular />} disabled={(counted.value?.counts.ready ?? 0) === 0} onClick={() => void actions.run(accountId === null ? null : [accountId])}
            {...(width >= roomForWords ? { children: outbox.sendAll } : { 'aria-label': outbox.sendAll, title: outbox.sendAll })}
          />
          <Menu>
            <MenuTrigger disableButtonEnhancement>
              <Button appearance="subtle" icon={<MoreHorizontalRegular />} aria-label={outbox.moreActions} />
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                <MenuItem icon={actionIcons.reset} disabled={(counted.value?.counts.sending ?? 0) === 0} onClick={() => void actions.resetAll()}>{outbox.resetAll}</MenuItem>
                <MenuItem icon={actionIcons.clear} disabled={(counted.value?.counts.error ?? 0) === 0} onClick={() => void actions.clearAll()}>{outbox.clearAll}</MenuItem>
                <MenuItem icon={<ArrowDownloadRegular />} onClick={() => setExporting(true)}>{sending.exporting.action}</MenuItem>
              </MenuList>
            </MenuPopover>
          </Menu>
        </>
      )}
      failure={actions.failure}
      onDismiss={() => actions.setFailure(null)}
      onAgain={() => { actions.setFailure(null); live.refresh() }}
      above={
        <>
          <div className={styles.views}>
            <TabList size="small" aria-label={sending.views.label} selectedValue={view} onTabSelect={(_, data) => setView(data.value === 'overview' ? 'overview' : 'mails')}>
              <Tab value="mails">{sending.views.mails}</Tab>
              <Tab value="overview">{sending.views.overview}</Tab>
            </TabList>
            {view === 'mails' && <GroupBar groups={counts} chosen={group} onChoose={(one) => show({ group: one })} />}
          </div>
          <CopiedFolderBar />
          {batchId !== null && <BatchBar batchId={batchId} />}
          <HeldUpQueues accountId={accountId} nameOf={nameOf} onTry={(id) => void actions.run([id])} />
        </>
      }
      instead={view === 'overview' ? <SendingOverview accountId={accountId} batchId={batchId} onExport={() => setExporting(true)} /> : null}
      onKey={onKey}
      live={live}
      selection={selection}
      label={outbox.list}
      waitingWords={ui.loading}
      rowHeight={outgoingRowHeight}
      renderRow={(row) => <OutgoingRowView mail={row} account={accountId === null ? nameOf(row.accountId) : null} words={outbox} attached={mailText.hasAttachments} isPrivate={mailText.private} format={format} />}
      onChoose={(index, mode) => { setGone(null); chooseAt(index, mode) }}
      onOpen={() => setOpened(true)}
      onDelete={() => mayCancel && actions.begin('cancel', chosen)}
      handle={list}
      opened={opened && (gone !== null || selection.ids.size > 0)}
      onBack={() => setOpened(false)}
      backWords={outbox.backToList}
      empty={<NoMails group={group} search={search} isFiltered={accountId !== null || batchId !== null} canWrite={accounts.some(({ outgoing }) => outgoing?.enabled === true)} onWrite={() => navigation.compose()} onAll={showAll} onClear={() => setTyped('')} />}
      detail={
        shown !== null ? (
          <OutgoingDetail key={shown} id={shown} account={nameOf} onAction={(action, mail) => actions.begin(action, [mail])} onResolve={(outcome) => void actions.resolve(shown, outcome)} onGo={setGone} />
        ) : chosen.length > 1 ? (
          <SeveralMails mails={chosen} plan={plan} onAction={(action) => actions.begin(action, chosen)} onPrivate={() => void actions.markPrivate(chosen)} />
        ) : (
          <EmptyState icon={<SendRegular />} title={outbox.choose.title} body={outbox.choose.body} />
        )
      }
    >
      <ActDialog asked={actions.asked} onClose={(confirmed) => void actions.answer(confirmed).then(() => list.current?.focus())} />
      {exporting && <ExportDialog scope={{ accountId, batchId, words: scopeWords }} onClose={() => setExporting(false)} />}
    </ListScreen>
  )
}

interface NoMailsProps {
  readonly group: StateGroup
  readonly search: string
  readonly isFiltered: boolean
  readonly canWrite: boolean
  readonly onWrite: () => void
  readonly onAll: () => void
  readonly onClear: () => void
}

function NoMails({ group, search, isFiltered, canWrite, onWrite, onAll, onClear }: NoMailsProps) {
  const { outbox, sending, ui } = useText()
  const { empty } = outbox
  if (search !== '') return <EmptyState icon={<SearchRegular />} title={sending.nothingFound} body={sending.nothingFoundBody(search)} action={<><Button appearance="primary" onClick={onClear}>{ui.clearSearch}</Button><Button onClick={onAll}>{empty.showAll}</Button></>} />
  if (group !== 'all' || isFiltered) return <EmptyState icon={<SendRegular />} title={empty.nothingInGroup(outbox.groups[group])} body={empty.nothingInGroupBody} action={<Button onClick={onAll}>{empty.showAll}</Button>} />
  return <EmptyState icon={<SendRegular />} title={empty.title} body={empty.body} {...(canWrite ? { action: <Button icon={<MailEditRegular />} onClick={onWrite}>{empty.write}</Button> } : {})} />
}
