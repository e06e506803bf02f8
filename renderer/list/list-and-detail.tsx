/**
 * A list of any length beside what is chosen in it: mail, the outbox, contacts. Until the first answer there are lines that wait;
 * where there is no row, what is said instead of both.
 */
import { makeStyles } from '@fluentui/react-components'
import type { ReactNode, Ref } from 'react'
import { useText } from '../text/use-text.tsx'
import { ProgressLine } from '../ui/progress-line.tsx'
import type { Row } from './paged-rows.ts'
import { RowList, type RowListHandle, WaitingRows } from './row-list.tsx'
import type { ChooseMode, RowSelection } from './row-selection.ts'
import { TwoPanes } from './two-panes.tsx'
import type { LivePagedRows } from './use-paged-rows.ts'

export interface ListAndDetailProps<R extends Row> {
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

const useStyles = makeStyles({ coming: { margin: 'auto', width: 'min(360px, 80%)' } })

/** What is chosen is more than the window holds, and is on its way. */
function Coming({ done, total }: { readonly done: number; readonly total: number }) {
  const { ui } = useText()
  const styles = useStyles()
  return (
    <div className={styles.coming} role="status">
      <ProgressLine label={ui.choosing} done={done} total={total} />
    </div>
  )
}

export function ListAndDetail<R extends Row>(props: ListAndDetailProps<R>) {
  const { live: { state: rows, of, show }, failed, empty, detail, opened, onBack, backWords, ...list } = props
  if (rows.total === 0) return empty
  const { coming = null } = list.selection
  const waiting = failed ? null : <WaitingRows words={list.waitingWords} />
  return (
    <TwoPanes opened={opened} onBack={onBack} backWords={backWords} list={rows.total === null ? waiting : <RowList {...list} rows={rows} of={of} onShown={show} />} detail={coming === null ? detail : <Coming done={coming.done} total={coming.to - coming.from + 1} />} />
  )
}
