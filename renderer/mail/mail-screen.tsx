/**
 * Mail to read: the folders of every account, the list of one of them, searched, and the message that is chosen, answered, flagged,
 * deleted. Works with the keyboard alone: arrows and Enter in folders and list, Delete, Ctrl+Z takes a deletion back, Insert
 * flags, Ctrl+R answers, Ctrl+N writes, `/` searches.
 */
import { Button } from '@fluentui/react-components'
import { ArrowSyncRegular, MailInboxRegular, MailMultipleRegular, SearchRegular } from '@fluentui/react-icons'
import { useCallback, useDeferredValue, useRef, useState } from 'react'
import type { MessageKey, MessageRow, MessageView } from '../../shared/model/message.ts'
import { done, type Failure } from '../../shared/failures/failure.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useFormat, useText } from '../text/use-text.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { DeleteDialog } from './delete-dialog.tsx'
import { type Place, samePlace } from './folder-nodes.ts'
import { FolderPane, FoldersButton, FoldersToggle, roomForFolders } from './folder-pane.tsx'
import { FolderMenu } from './folder-menu.tsx'
import { targetsFor } from './folder-names.ts'
import { FolderTree } from './folder-tree.tsx'
import { MoveMenu } from './move-menu.tsx'
import { MessageRowView, messageRowHeight } from './message-row.tsx'
import { Reader } from './reader.tsx'
import { ListScreen } from '../list/list-screen.tsx'
import type { RowListHandle } from '../list/row-list.tsx'
import { RunStrip } from './run-strip.tsx'
import { SeveralMessages } from './several-messages.tsx'
import { useFolders } from './use-folders.ts'
import { useMessageActions } from './use-message-actions.ts'
import { useRowSelection } from '../list/use-row-selection.ts'
import { usePagedRows } from '../list/use-paged-rows.ts'
import type { ScreenKey } from '../list/use-screen-keys.ts'

export function MailScreen() {
  const { mail } = useText()
  const format = useFormat()
  const caller = useCaller()
  const navigation = useNavigation()
  const folders = useFolders()
  const { place, overviews, receiving, nameOf } = folders
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const [opened, setOpened] = useState(false)
  const [message, setMessage] = useState<MessageView | null>(null)
  const [refused, setRefused] = useState<Failure | null>(null)
  const [paneOpen, setPaneOpen] = useState(true)
  const list = useRef<RowListHandle>(null)
  const page = useRef<HTMLDivElement>(null)

  const { accountId, folder } = place
  const ask = useCallback(
    async (offset: number, limit: number, placeOf: MessageKey | null) => {
      const outcome = await caller.call('mail.list', { accountId, folder, search, offset, limit, placeOf })
      return outcome.ok ? done({ rows: outcome.value.messages, total: outcome.value.total, place: outcome.value.place }) : outcome
    },
    [caller, accountId, folder, search],
  )
  const live = usePagedRows<MessageRow>(JSON.stringify([accountId, folder, search]), ask, 'mail.changed')
  const { state } = live
  const { selection, rows: chosenRows, only, chooseAt, clear, moveOn, change } = useRowSelection(live)
  // The list moves at once, the message follows when there is time: a key that is held down must not wait for messages nobody reads.
  const read = useDeferredValue(only)
  /** Somebody asked for the message itself, and it is not there yet. */
  const opening = useRef(false)
  function goToMessage(): void {
    if (!opening.current || page.current === null) return
    page.current.focus()
    opening.current = document.activeElement !== page.current
  }
  const backToList = () => (list.current ?? page.current)?.focus()
  const actions = useMessageActions({
    folder,
    overviews,
    onMark: change,
    onFailure: setRefused,
    onKept: backToList,
    onDeleted() {
      moveOn()
      backToList()
    },
  })

  const show = (next: Place) => {
    if (!samePlace(next, place)) {
      folders.choose(next)
      clear()
      setOpened(false)
    }
    setRefused(null)
  }
  const reply = (to: MessageView) => navigation.compose({ accountId: to.accountId, replyTo: to })
  /** Also while the message is still on its way to the reader. */
  const replyTo = async (id: MessageKey) => {
    if (message?.id === id) return reply(message)
    const outcome = await caller.call('mail.read', { id })
    if (outcome.ok) reply(outcome.value)
    else setRefused(outcome.failure)
  }
  /** One account among others; a single one stands for all. */
  const onlyOf = receiving.length > 1 ? accountId : null
  const sendReceive = () => {
    const accountIds = onlyOf === null ? null : [onlyOf]
    void caller.call('outbox.run', { accountIds })
    void caller.call('mail.fetch', { accountIds })
  }
  const toggleFlag = () => actions.mark(chosenRows, { flagged: chosenRows.some(({ flagged }) => !flagged) })

  const onKey = ({ key, ctrl, typing }: ScreenKey) => {
    const letter = key.toLowerCase()
    if (ctrl && letter === 'n') navigation.compose(accountId === null ? {} : { accountId })
    else if (ctrl && letter === 'r') {
      if (only !== null) void replyTo(only)
    } else if (ctrl && letter === 'z' && !typing) actions.undo()
    else if (key === 'Delete' && !typing && chosenRows.length > 0) actions.remove(chosenRows)
    else if (key === 'Insert' && !typing && chosenRows.length > 0) toggleFlag()
    else if (letter === 'p' && !ctrl && !typing && chosenRows.length > 0) actions.mark(chosenRows, { private: chosenRows.some((row) => !row.private) })
    else return false
    return true
  }

  const { total } = state
  const counted =
    total === null ? ' ' : search !== '' ? mail.found(format.number(total)) : folders.unseen > 0 ? mail.countUnread(format.number(total), format.number(folders.unseen)) : mail.count(format.number(total))
  const sendReceiveWords = onlyOf === null ? mail.sendReceiveAll : mail.sendReceiveOne
  const showAccount = accountId === null && receiving.length > 1
  const renderRow = useCallback(
    (row: MessageRow, chosen: boolean) => <MessageRowView message={row} chosen={chosen} account={showAccount ? nameOf(row.accountId) : null} words={mail} format={format} />,
    [showAccount, nameOf, mail, format],
  )
  const chosenAccounts = [...new Set(chosenRows.map((row) => row.accountId))]
  const [movingFrom = null] = chosenAccounts
  const hasFolders = (id: string | null) => overviews.some(({ account }) => account.id === id && account.incoming !== null && account.incoming.protocol !== 'pop3')
  const move = (wide: boolean) => movingFrom === null || (chosenAccounts.length === 1 && !hasFolders(movingFrom)) ? null : (
    <MoveMenu wide={wide} targets={chosenAccounts.length > 1 ? null : targetsFor(folders.all, movingFrom, folder)} onMove={(to, name) => actions.move(chosenRows, to.path, name)} />
  )
  /** The folder that is shown is of one account; one account stands for all. */
  const folderOwner = accountId ?? (receiving.length === 1 ? (receiving[0]?.id ?? null) : null)
  const tree = (choose: (next: Place) => void) => <FolderTree nodes={folders.nodes} place={place} onChoose={choose} />

  return (
    <ListScreen
      title={mail.title}
      subtitle={mail.folders.counted(folders.title, counted)}
      search={{ label: mail.search, hint: mail.searchHint, typed, onType: setTyped }}
      tools={(searchField, width) => {
        const hasRoom = width >= roomForFolders
        return (
          <>
            {hasRoom ? (
              <FoldersToggle open={paneOpen} onToggle={() => setPaneOpen(!paneOpen)} />
            ) : (
              <FoldersButton name={folders.name}>{(close) => tree((next) => { show(next); close() })}</FoldersButton>
            )}
            {folderOwner !== null && hasFolders(folderOwner) && (
              <FolderMenu accountId={folderOwner} accountName={nameOf(folderOwner)} folder={folders.all.find((one) => one.accountId === folderOwner && one.path === folder) ?? null} folders={folders.all} onGone={() => show({ accountId: folderOwner, folder: null })} />
            )}
            {searchField}
            <Button icon={<ArrowSyncRegular />} disabled={overviews.length === 0} onClick={sendReceive} {...(hasRoom ? { children: sendReceiveWords } : { 'aria-label': sendReceiveWords, title: sendReceiveWords })} />
          </>
        )
      }}
      failure={refused ?? folders.failure}
      onAgain={() => { setRefused(null); folders.refresh(); live.refresh() }}
      above={<RunStrip nameOf={nameOf} />}
      beside={(width) => width >= roomForFolders && paneOpen && <FolderPane>{tree(show)}</FolderPane>}
      onKey={onKey}
      live={live}
      selection={selection}
      label={mail.list}
      waitingWords={mail.rowLoading}
      rowHeight={messageRowHeight}
      renderRow={renderRow}
      onChoose={(index, mode) => {
        opening.current = false
        chooseAt(index, mode)
      }}
      onOpen={() => {
        setOpened(true)
        opening.current = true
        // The message of the row before may still be shown: it goes, and would take the focus with it.
        if (read === only) requestAnimationFrame(goToMessage)
      }}
      onDelete={() => actions.remove(chosenRows)}
      handle={list}
      opened={opened && (selection.ids.size > 0 || selection.coming != null)}
      onBack={() => setOpened(false)}
      backWords={mail.backToList}
      empty={
        <NoMessages
          search={search} everywhere={accountId === null && folder === null} receives={receiving.length > 0 || !folders.loaded} isFolder={folder !== null && folders.holdsSomething}
          onClear={() => setTyped('')} onEverywhere={() => show({ accountId: null, folder: null })} onFetch={sendReceive}
        />
      }
      detail={
        only !== null && read !== null ? (
          <Reader
            key={read}
            id={read}
            row={chosenRows.find(({ id }) => id === read) ?? null}
            nameOf={nameOf}
            page={page}
            onLoaded={setMessage}
            onShown={() => read === only && goToMessage()}
            move={move(false)}
            actions={{ reply, remove: () => actions.remove(chosenRows), mark: (change) => actions.mark(chosenRows, change) }}
          />
        ) : chosenRows.length > 1 ? (
          <SeveralMessages rows={chosenRows} onMark={(change) => actions.mark(chosenRows, change)} onDelete={() => actions.remove(chosenRows)} move={move(true)} />
        ) : (
          <EmptyState icon={<MailMultipleRegular />} title={mail.choose.title} body={mail.choose.body} />
        )
      }
    >
      <DeleteDialog count={actions.asking.length} accounts={overviews.filter(({ account }) => actions.asking.some((row) => row.accountId === account.id))} onClose={actions.answer} />
    </ListScreen>
  )
}

interface NoMessagesProps {
  readonly search: string
  /** Nothing is left out of the search. */
  readonly everywhere: boolean
  readonly receives: boolean
  /** A folder among others that hold something. */
  readonly isFolder: boolean
  readonly onClear: () => void
  readonly onEverywhere: () => void
  readonly onFetch: () => void
}

function NoMessages({ search, everywhere, receives, isFolder, onClear, onEverywhere, onFetch }: NoMessagesProps) {
  const { mail, ui } = useText()
  const { openWizard } = useNavigation()
  const { empty } = mail
  const fetch = <Button icon={<ArrowSyncRegular />} onClick={onFetch}>{mail.sendReceiveAll}</Button>
  if (search !== '') {
    const more = everywhere ? null : <Button appearance="primary" onClick={onEverywhere}>{empty.searchEverything}</Button>
    return <EmptyState icon={<SearchRegular />} title={empty.nothingFound} body={empty.nothingFoundBody(search)} action={<>{more}<Button onClick={onClear}>{ui.clearSearch}</Button></>} />
  }
  if (!receives) {
    return <EmptyState icon={<MailInboxRegular />} title={empty.noAccounts} body={empty.noAccountsBody} action={<Button appearance="primary" onClick={() => openWizard({ is: 'add' })}>{empty.addAccount}</Button>} />
  }
  if (isFolder) return <EmptyState icon={<MailInboxRegular />} title={empty.folder} body={empty.folderBody} action={fetch} />
  return <EmptyState icon={<MailInboxRegular />} title={empty.title} body={empty.body} action={fetch} />
}
