/**
 * Mail to read: all accounts or one, searched, listed, read, answered, deleted. Works with the keyboard alone: arrows and
 * Enter in the list, Delete, Ctrl+R answers, Ctrl+N writes, `/` searches.
 */
import { Button, makeStyles, SearchBox } from '@fluentui/react-components'
import { ArrowSyncRegular, MailInboxRegular, MailMultipleRegular, SearchRegular } from '@fluentui/react-icons'
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react'
import type { AccountId } from '../../shared/model/account.ts'
import type { MessageKey, MessageRow, MessageView } from '../../shared/model/message.ts'
import { done, type Failure } from '../../shared/failures/failure.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useFormat, useText } from '../text/use-text.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ScreenFrame } from '../ui/screen-frame.tsx'
import { AccountPicker } from './account-picker.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import { MessageRowView, messageRowHeight } from './message-row.tsx'
import { Reader } from './reader.tsx'
import { RowList, type RowListHandle, WaitingRows } from './row-list.tsx'
import { RunStrip } from './run-strip.tsx'
import { SeveralMessages } from './several-messages.tsx'
import { TwoPanes } from './two-panes.tsx'
import { useRowSelection } from './use-row-selection.ts'
import { usePagedRows } from './use-paged-rows.ts'
import { useScreenKeys } from './use-screen-keys.ts'

const useStyles = makeStyles({
  screen: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0, minHeight: 0 },
  search: { width: 'clamp(140px, 17vw, 280px)', minWidth: '120px' },
})

export function MailScreen() {
  const { mail, ui } = useText()
  const format = useFormat()
  const caller = useCaller()
  const navigation = useNavigation()
  const styles = useStyles()
  const overviews = useAnswer('accounts.list', {}, { refreshOn: ['accounts.changed', 'mail.changed'] })
  const [accountId, setAccountId] = useState<AccountId | null>(null)
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const [opened, setOpened] = useState(false)
  const [deleting, setDeleting] = useState<readonly MessageRow[]>([])
  const [message, setMessage] = useState<MessageView | null>(null)
  const list = useRef<RowListHandle>(null)
  const page = useRef<HTMLDivElement>(null)
  const searchField = useRef<HTMLInputElement>(null)

  const ask = useCallback(
    async (offset: number, limit: number) => {
      const outcome = await caller.call('mail.list', { accountId, search, offset, limit })
      return outcome.ok ? done({ rows: outcome.value.messages, total: outcome.value.total }) : outcome
    },
    [caller, accountId, search],
  )
  const live = usePagedRows<MessageRow>(`${accountId ?? ''} ${search}`, ask, 'mail.changed')
  const { state } = live
  const [refused, setRefused] = useState<Failure | null>(null)
  const accounts = useMemo(() => (overviews.value?.accounts ?? []).map(({ account }) => account), [overviews.value])
  const receiving = accounts.filter(({ incoming }) => incoming !== null)
  const nameOf = (id: string | null) => accounts.find((account) => account.id === id)?.name ?? mail.run.someAccount
  const { selection, rows: chosenRows, only, chooseAt, clear, moveOn } = useRowSelection(state)

  const pick = (id: AccountId | null) => {
    setAccountId(id)
    clear()
    setOpened(false)
  }
  const mark = (ids: readonly MessageKey[], change: { readonly seen: boolean } | { readonly private: boolean }) => {
    live.change(new Set(ids), change)
    void ('seen' in change ? caller.call('mail.markSeen', { ids: [...ids], ...change }) : caller.call('mail.markPrivate', { ids: [...ids], ...change }))
  }
  const remove = async (confirmed: boolean) => {
    const ids = deleting.map(({ id }) => id)
    setDeleting([])
    if (!confirmed) return list.current?.focus()
    const outcome = await caller.call('mail.delete', { ids })
    if (!outcome.ok) return setRefused(outcome.failure)
    navigation.say(mail.deleted(ids.length))
    moveOn()
    list.current?.focus()
  }
  const reply = (to: MessageView) => navigation.compose({ accountId: to.accountId, replyTo: to })
  /** Also while the message is still on its way to the reader. */
  const replyTo = async (id: MessageKey) => {
    if (message?.id === id) return reply(message)
    const outcome = await caller.call('mail.read', { id })
    if (outcome.ok) reply(outcome.value)
    else setRefused(outcome.failure)
  }
  const sendReceive = () => {
    const accountIds = accountId === null ? null : [accountId]
    void caller.call('outbox.run', { accountIds })
    void caller.call('mail.fetch', { accountIds })
  }

  useScreenKeys(({ key, ctrl, typing }) => {
    if (ctrl && key.toLowerCase() === 'n') navigation.compose(accountId === null ? {} : { accountId })
    else if (ctrl && key.toLowerCase() === 'r') {
      if (only !== null) void replyTo(only)
    } else if (key === '/' && !typing) searchField.current?.focus()
    else if (key === 'Delete' && !typing && chosenRows.length > 0) setDeleting(chosenRows)
    else if (key === 'Escape' && opened) setOpened(false)
    else return false
    return true
  })

  const unread = (overviews.value?.accounts ?? []).filter(({ account }) => accountId === null || account.id === accountId).reduce((sum, each) => sum + each.unseenCount, 0)
  const total = state.total
  const subtitle =
    total === null ? ' ' : search !== '' ? mail.found(format.number(total)) : unread > 0 ? mail.countUnread(format.number(total), format.number(unread)) : mail.count(format.number(total))
  const failure = refused ?? live.failure

  return (
    <ScreenFrame
      flush
      title={mail.title}
      subtitle={subtitle}
      actions={
        <>
          <SearchBox input={{ ref: searchField }} className={styles.search} aria-label={mail.search} placeholder={mail.search} title={mail.searchHint} value={typed} onChange={(_, data) => setTyped(data.value)} />
          <AccountPicker accounts={receiving} chosen={accountId} onChoose={pick} label={mail.account} allWords={mail.allAccounts} />
          <Button icon={<ArrowSyncRegular />} disabled={accounts.length === 0} onClick={sendReceive}>
            {accountId === null ? mail.sendReceiveAll : mail.sendReceiveOne}
          </Button>
        </>
      }
    >
      <div className={styles.screen}>
        <RunStrip nameOf={nameOf} />
        {total === 0 ? (
          <NoMessages search={search} receives={receiving.length > 0 || overviews.value === null} onClear={() => setTyped('')} onFetch={sendReceive} />
        ) : (
          <TwoPanes
            opened={opened && selection.ids.size > 0}
            onBack={() => setOpened(false)}
            backWords={mail.backToList}
            list={
              <>
                {failure !== null && <FailureBar failure={failure} actions={<Button onClick={() => { setRefused(null); live.refresh() }}>{ui.tryAgain}</Button>} />}
                {total === null && failure === null && <WaitingRows words={mail.rowLoading} />}
                {total !== null && (
                  <RowList
                    handle={list}
                    label={mail.list}
                    rows={state}
                    selection={selection}
                    rowHeight={messageRowHeight}
                    waitingWords={mail.rowLoading}
                    onShown={live.show}
                    onChoose={chooseAt}
                    onOpen={() => {
                      setOpened(true)
                      requestAnimationFrame(() => page.current?.focus())
                    }}
                    onDelete={() => setDeleting(chosenRows)}
                    renderRow={(row, chosen) => <MessageRowView message={row} chosen={chosen} account={accountId === null && receiving.length > 1 ? nameOf(row.accountId) : null} words={mail} format={format} />}
                  />
                )}
              </>
            }
            detail={
              only !== null ? (
                <Reader
                  key={only}
                  id={only}
                  row={chosenRows[0] ?? null}
                  nameOf={nameOf}
                  page={page}
                  onLoaded={setMessage}
                  actions={{ reply, remove: () => setDeleting(chosenRows), markSeen: (seen) => mark([only], { seen }), markPrivate: (isPrivate) => mark([only], { private: isPrivate }) }}
                />
              ) : chosenRows.length > 1 ? (
                <SeveralMessages rows={chosenRows} onMark={(change) => mark(chosenRows.map(({ id }) => id), change)} onDelete={() => setDeleting(chosenRows)} />
              ) : (
                <EmptyState icon={<MailMultipleRegular />} title={mail.choose.title} body={mail.choose.body} />
              )
            }
          />
        )}
      </div>
      <DeleteDialog count={deleting.length} accounts={(overviews.value?.accounts ?? []).filter(({ account }) => deleting.some((row) => row.accountId === account.id))} onClose={(confirmed) => void remove(confirmed)} />
    </ScreenFrame>
  )
}

function NoMessages(props: { readonly search: string; readonly receives: boolean; readonly onClear: () => void; readonly onFetch: () => void }) {
  const { mail } = useText()
  const { openWizard } = useNavigation()
  const { empty } = mail
  if (props.search !== '') {
    return <EmptyState icon={<SearchRegular />} title={empty.nothingFound} body={empty.nothingFoundBody(props.search)} action={<Button onClick={props.onClear}>{empty.clearSearch}</Button>} />
  }
  if (!props.receives) {
    return <EmptyState icon={<MailInboxRegular />} title={empty.noAccounts} body={empty.noAccountsBody} action={<Button appearance="primary" onClick={() => openWizard({ is: 'add' })}>{empty.addAccount}</Button>} />
  }
  return <EmptyState icon={<MailInboxRegular />} title={empty.title} body={empty.body} action={<Button icon={<ArrowSyncRegular />} onClick={props.onFetch}>{mail.sendReceiveAll}</Button>} />
}
