/**
 * A list of any length beside what is chosen in it: mail, the outbox, contacts. Until the first answer there are lines that wait;
 * where there is no row, what is said instead of both.
 */
import type { ReactNode, Ref } from 'react'
import type { Row } from './paged-rows.ts'
import { RowList, type RowListHandle, WaitingRows } from './row-list.tsx'
import type { ChooseMode, RowSelection } from './row-selection.ts'
import { TwoPanes } from './two-panes.tsx'
import type { LivePagedRows } from './use-paged-rows.ts'

interface Props<R extends Row> {
  readonly live: LivePagedRows<R>
  readonly selection: RowSelection
  readonly label: string
  readonly waitingWords: string
  readonly rowHeight: number
  readonly renderRow: (row: R, chosen: boolean) => ReactNode
  readonly onChoose: (index: number, mode: ChooseMode) => void
  readonly onOpen: () => void
  readonly onDelete: () => void
  readonly handle: Ref<RowListHandle>
  /** Why there are no rows is said elsewhere: nothing waits for them. */
  readonly failed: boolean
  readonly detail: ReactNode
  readonly empty: ReactNode
  /** Only where there is no room for both: the detail is shown instead of the list. */
  readonly opened: boolean
  readonly onBack: () => void
  readonly backWords: string
}

export function ListAndDetail<R extends Row>(props: Props<R>) {
  const { live: { state: rows, of, show }, failed, empty, detail, opened, onBack, backWords, ...list } = props
  if (rows.total === 0) return empty
  const waiting = failed ? null : <WaitingRows words={list.waitingWords} />
  return (
    <TwoPanes opened={opened} onBack={onBack} backWords={backWords} list={rows.total === null ? waiting : <RowList {...list} rows={rows} of={of} onShown={show} />} detail={detail} />
  )
}
