/**
 * Everybody there is mail with, and the record of the one who is chosen. Works with the keyboard alone: arrows and Enter in the
 * list, Delete removes, Ctrl+N writes to them, `/` searches.
 */
import { Button, Dropdown, makeStyles, Option } from '@fluentui/react-components'
import { ContactCardGroupRegular, DeleteRegular, MergeRegular, PersonAddRegular, SearchRegular } from '@fluentui/react-icons'
import { useCallback, useDeferredValue, useEffect, useRef, useState } from 'react'
import { done, type Failure } from '../../shared/failures/failure.ts'
import type { ContactId, ContactRow, ContactView } from '../../shared/model/contact.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { ListScreen } from '../list/list-screen.tsx'
import type { RowListHandle } from '../list/row-list.tsx'
import { usePagedRows } from '../list/use-paged-rows.ts'
import { useRowSelection } from '../list/use-row-selection.ts'
import type { ScreenKey } from '../list/use-screen-keys.ts'
import { useNavigation } from '../shell/navigate.tsx'
import { useFormat, useText } from '../text/use-text.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ContactDialog, type ContactSubject } from './contact-dialog.tsx'
import { ContactRecord } from './contact-record.tsx'
import { ContactRowView, contactRowHeight } from './contact-row.tsx'
import { MergeDialog } from './merge-dialog.tsx'

const useStyles = makeStyles({
  order: { minWidth: '130px', width: 'clamp(130px, 15vw, 190px)' },
  actions: { display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: '8px' },
})

const orders = ['name', 'last'] as const

export function ContactsScreen() {
  const { contacts, ui } = useText()
  const format = useFormat()
  const caller = useCaller()
  const { contactId, openContact, compose, say } = useNavigation()
  const styles = useStyles()
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const [order, setOrder] = useState<(typeof orders)[number]>('name')
  const [opened, setOpened] = useState(contactId !== null)
  const [editing, setEditing] = useState<ContactSubject | null>(null)
  const [merging, setMerging] = useState<ContactView | null>(null)
  const [mergingRows, setMergingRows] = useState<readonly ContactRow[]>([])
  const [removing, setRemoving] = useState<readonly ContactId[]>([])
  const [failure, setFailure] = useState<Failure | null>(null)
  const list = useRef<RowListHandle>(null)

  const ask = useCallback(
    async (offset: number, limit: number) => {
      const outcome = await caller.call('contacts.list', { search, order, offset, limit })
      return outcome.ok ? done({ rows: outcome.value.contacts, total: outcome.value.total }) : outcome
    },
    [caller, search, order],
  )
  const live = usePagedRows<ContactRow>(`${order} ${search}`, ask, 'contacts.changed')
  const { state } = live
  const { total } = state
  const { selection, rows: chosen, only, chooseAt, clear } = useRowSelection(live)
  // Whoever was gone to from elsewhere stays, until another is chosen in the list.
  const shown = contactId ?? (typeof only === 'number' ? only : null)
  useEffect(() => {
    if (contactId !== null) setOpened(true)
  }, [contactId])

  const choose: typeof chooseAt = (index, mode) => {
    openContact(null)
    chooseAt(index, mode)
  }
  const saved = (contact: ContactView | null, words: (name: string) => string) => {
    if (contact === null) return list.current?.focus()
    say(words(contact.name))
    clear()
    openContact(contact.id)
  }
  const mergeRows = async (confirmed: boolean) => {
    const [into, ...others] = mergingRows
    setMergingRows([])
    if (!confirmed || into === undefined) return
    const outcome = await caller.call('contacts.merge', { into: into.id, others: others.map(({ id }) => id) })
    setFailure(outcome.ok ? null : outcome.failure)
    if (outcome.ok) saved(outcome.value, contacts.merged)
  }
  const remove = async (confirmed: boolean) => {
    const ids = [...removing]
    setRemoving([])
    if (confirmed) {
      const outcome = await caller.call('contacts.remove', { ids })
      setFailure(outcome.ok ? null : outcome.failure)
      if (outcome.ok) say(contacts.removed(outcome.value.removed))
      clear()
      openContact(null)
      setOpened(false)
    }
    list.current?.focus()
  }

  const onKey = ({ key, ctrl, typing }: ScreenKey) => {
    if (ctrl && key.toLowerCase() === 'n') {
      const row = chosen[0]
      compose(row === undefined ? {} : { to: { name: row.name === row.addresses[0] ? '' : row.name, address: row.addresses[0] ?? '' } })
    } else if (key === 'Delete' && !typing && chosen.length > 0) setRemoving(chosen.map(({ id }) => id))
    else return false
    return true
  }

  return (
    <ListScreen
      title={contacts.title}
      subtitle={total === null ? null : search === '' ? contacts.count(format.number(total)) : contacts.found(format.number(total))}
      search={{ label: contacts.search, hint: contacts.searchHint, typed, onType: setTyped }}
      tools={(searchField) => (
        <>
          {searchField}
          <Dropdown className={styles.order} aria-label={contacts.order} value={contacts.orders[order]} selectedOptions={[order]} onOptionSelect={(_, data) => setOrder(orders.find((one) => one === data.optionValue) ?? 'name')}>
            {orders.map((one) => <Option key={one} value={one}>{contacts.orders[one]}</Option>)}
          </Dropdown>
          <Button icon={<PersonAddRegular />} onClick={() => setEditing({ contact: null })}>{contacts.add}</Button>
        </>
      )}
      failure={failure}
      onAgain={() => { setFailure(null); live.refresh() }}
      onKey={onKey}
      live={live}
      selection={selection}
      label={contacts.list}
      waitingWords={ui.loading}
      rowHeight={contactRowHeight}
      renderRow={(row, isChosen) => <ContactRowView contact={row} chosen={isChosen} words={contacts} format={format} />}
      onChoose={choose}
      onOpen={() => setOpened(true)}
      onDelete={() => setRemoving(chosen.map(({ id }) => id))}
      handle={list}
      opened={opened && (shown !== null || chosen.length > 1)}
      onBack={() => setOpened(false)}
      backWords={contacts.backToList}
      empty={
        search !== '' ? (
          <EmptyState icon={<SearchRegular />} title={contacts.empty.nothingFound} body={contacts.empty.nothingFoundBody(search)} action={<Button onClick={() => setTyped('')}>{ui.clearSearch}</Button>} />
        ) : (
          <EmptyState icon={<ContactCardGroupRegular />} title={contacts.empty.title} body={contacts.empty.body} action={<Button icon={<PersonAddRegular />} onClick={() => setEditing({ contact: null })}>{contacts.add}</Button>} />
        )
      }
      detail={
        shown !== null ? (
          <ContactRecord key={shown} id={shown} onChange={(contact) => setEditing({ contact })} onMerge={setMerging} onRemove={({ id }) => setRemoving([id])} />
        ) : chosen.length > 1 ? (
          <EmptyState
            icon={<ContactCardGroupRegular />}
            title={contacts.several(format.number(chosen.length))}
            body={contacts.severalBody}
            action={
              <div className={styles.actions}>
                <Button icon={<MergeRegular />} onClick={() => setMergingRows(chosen)}>{contacts.merge}</Button>
                <Button icon={<DeleteRegular />} onClick={() => setRemoving(chosen.map(({ id }) => id))}>{contacts.remove}</Button>
              </div>
            }
          />
        ) : (
          <EmptyState icon={<ContactCardGroupRegular />} title={contacts.choose.title} body={contacts.choose.body} />
        )
      }
    >
      {editing !== null && <ContactDialog subject={editing} onClose={(contact) => { setEditing(null); saved(contact, contacts.saved) }} />}
      {merging !== null && <MergeDialog contact={merging} onClose={(contact) => { setMerging(null); saved(contact, contacts.merged) }} />}
      <ConfirmDialog open={mergingRows.length > 0} title={contacts.mergeTitle(format.number(mergingRows.length))} confirm={contacts.merging.confirm} onClose={(confirmed) => void mergeRows(confirmed)}>
        {contacts.merging.body}
      </ConfirmDialog>
      <ConfirmDialog open={removing.length > 0} title={contacts.removeTitle(removing.length)} confirm={contacts.remove} dangerous onClose={(confirmed) => void remove(confirmed)}>
        {contacts.removeBody}
      </ConfirmDialog>
    </ListScreen>
  )
}
