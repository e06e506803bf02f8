/**
 * A list of any length as one listbox: only the rows in view are in the page. Arrows, Home, End, Page Up and Page Down move,
 * Shift and Ctrl choose several, Enter opens, Delete deletes. A screen reader hears each row's place and how many there are.
 */
import { makeStyles, mergeClasses, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, type ReactNode, type Ref, useEffect, useId, useImperativeHandle, useRef } from 'react'
import { type PagedRows, type Row, rowAt } from './paged-rows.ts'
import { type ChooseMode, cursorAfter, type RowSelection } from './row-selection.ts'

const useStyles = makeStyles({
  list: {
    height: '100%', overflowY: 'auto', overflowX: 'hidden', outline: 'none', contain: 'strict',
  },
  /** The ring lies over the rows, which would otherwise cover it. */
  frame: {
    position: 'relative', flexGrow: 1, minHeight: 0,
    ':has(:focus-visible)::after': { content: '""', position: 'absolute', inset: 0, zIndex: 1, pointerEvents: 'none', border: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  canvas: { position: 'relative', width: '100%' },
  row: {
    position: 'absolute', top: 0, left: 0, width: '100%', boxSizing: 'border-box', cursor: 'default', userSelect: 'none',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, color: tokens.colorNeutralForeground1,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  chosen: {
    backgroundColor: tokens.colorBrandBackground2, // The hover tone of it is too dark for coloured words.
    ':hover': { backgroundColor: tokens.colorBrandBackground2 },
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
  cursor: { '::after': { content: '""', position: 'absolute', inset: '1px', border: `1px dotted ${tokens.colorNeutralStrokeAccessible}`, pointerEvents: 'none' } },
  waiting: { padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
})

export interface RowListHandle {
  focus(): void
}

interface Props<R extends Row> {
  readonly label: string
  readonly rows: PagedRows<R>
  readonly selection: RowSelection
  /** Pixels; every row has the same. */
  readonly rowHeight: number
  readonly onChoose: (index: number, mode: ChooseMode) => void
  readonly onShown: (first: number, last: number) => void
  readonly onOpen: () => void
  readonly onDelete?: () => void
  /** Its text, in reading order, is what a screen reader says for the row: pictures in it need names. */
  readonly renderRow: (row: R, chosen: boolean) => ReactNode
  readonly waitingWords: string
  readonly handle?: Ref<RowListHandle>
}

export function RowList<R extends Row>(props: Props<R>) {
  const { rows, selection, rowHeight, onChoose, onShown, onOpen, onDelete } = props
  const styles = useStyles()
  const element = useRef<HTMLDivElement>(null)
  const idBase = useId()
  const total = rows.total ?? 0
  const virtual = useVirtualizer({ count: total, getScrollElement: () => element.current, estimateSize: () => rowHeight, overscan: 8 })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0

  useImperativeHandle(props.handle, () => ({ focus: () => element.current?.focus() }), [])
  useEffect(() => onShown(first, last), [onShown, first, last])
  useEffect(() => virtual.measure(), [virtual, rowHeight])

  const press = (event: KeyboardEvent) => {
    const perPage = Math.max(1, Math.floor((element.current?.clientHeight ?? rowHeight) / rowHeight) - 1)
    const next = cursorAfter(event.key, selection.cursor, total, perPage)
    if (next !== null) {
      event.preventDefault()
      onChoose(next, event.shiftKey ? 'range' : 'one')
      virtual.scrollToIndex(next)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      onOpen()
    } else if (event.key === 'Delete' && onDelete !== undefined) {
      event.preventDefault()
      onDelete()
    } else if (event.key === ' ' && selection.cursor !== null) {
      event.preventDefault()
      onChoose(selection.cursor, event.ctrlKey ? 'toggle' : 'one')
    }
  }
  const click = (event: MouseEvent, index: number) => onChoose(index, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'one')
  const optionId = (index: number) => `${idBase}-${String(index)}`
  const active = selection.cursor !== null && selection.cursor >= first && selection.cursor <= last ? optionId(selection.cursor) : undefined

  return (
    <div className={styles.frame}>
      <div
        ref={element}
        role="listbox"
        aria-label={props.label}
        aria-multiselectable
        aria-activedescendant={active}
        tabIndex={0}
        className={styles.list}
        onKeyDown={press}
      >
        <div role="presentation" className={styles.canvas} style={{ height: `${String(virtual.getTotalSize())}px` }}>
          {items.map(({ index, start }) => {
            const row = rowAt(rows, index)
            const chosen = row !== null && selection.ids.has(row.id)
            const place = { height: `${String(rowHeight)}px`, transform: `translateY(${String(start)}px)` }
            const common = { id: optionId(index), role: 'option', 'aria-setsize': total, 'aria-posinset': index + 1, style: place } as const
            if (row === null) {
              return (
                <div key={index} {...common} aria-selected={false} aria-label={props.waitingWords} className={styles.row}>
                  <WaitingRow />
                </div>
              )
            }
            return (
              <div
                key={index}
                {...common}
                aria-selected={chosen}
                className={mergeClasses(styles.row, chosen && styles.chosen, !chosen && selection.cursor === index && styles.cursor)}
                onClick={(event) => click(event, index)}
                onDoubleClick={onOpen}
              >
                {props.renderRow(row, chosen)}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

function WaitingRow() {
  const styles = useStyles()
  return (
    <Skeleton aria-hidden className={styles.waiting}>
      <SkeletonItem size={12} style={{ width: '40%' }} />
      <SkeletonItem size={12} style={{ width: '75%' }} />
    </Skeleton>
  )
}

/** What stands in the list's place until its first answer. */
export function WaitingRows({ words }: { readonly words: string }) {
  return (
    <div role="status" aria-label={words}>
      {Array.from({ length: 6 }, (_, index) => (
        <WaitingRow key={index} />
      ))}
    </div>
  )
}
