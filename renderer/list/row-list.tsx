/**
 * A list of any length as one listbox: only the rows in view are in the page. Arrows, Home, End, Page Up and Page Down move,
 * Shift and Ctrl choose several, Enter opens, Delete deletes. A screen reader hears each row's place and how many there are.
 * What is in view stays where it is when rows come or go above it.
 */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { type KeyboardEvent, memo, type MouseEvent, type ReactNode, type Ref, useEffect, useId, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import type { RowsInView } from './paged-list.ts'
import { type PagedRows, type Row, rowAt } from './paged-rows.ts'
import { type ChooseMode, cursorAfter, type RowSelection } from './row-selection.ts'
import { useRowsInView } from './use-rows-in-view.ts'

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
    contain: 'strict', borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, color: tokens.colorNeutralForeground1,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  chosen: {
    backgroundColor: tokens.colorBrandBackground2, // The hover tone of it is too dark for coloured words.
    boxShadow: `inset 3px 0 0 ${tokens.colorBrandStroke1}`,
    ':hover': { backgroundColor: tokens.colorBrandBackground2 },
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
  cursor: { '::after': { content: '""', position: 'absolute', inset: '1px', border: `1px dotted ${tokens.colorNeutralStrokeAccessible}`, pointerEvents: 'none' } },
  waiting: { padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  waitingLine: { height: '12px', borderRadius: tokens.borderRadiusSmall, backgroundColor: tokens.colorNeutralStencil1 },
})

export interface RowListHandle {
  focus(): void
}

interface Props<R extends Row> {
  readonly label: string
  /** The question that the rows are the answer to: another one begins at the top. */
  readonly of: string
  readonly rows: PagedRows<R>
  readonly selection: RowSelection
  /** Pixels; every row has the same. */
  readonly rowHeight: number
  readonly onChoose: (index: number, mode: ChooseMode) => void
  readonly onShown: (view: RowsInView) => void
  readonly onOpen: () => void
  readonly onDelete?: () => void
  /**
   * Its text, in reading order, is what a screen reader says for the row: pictures in it need names. Rows are drawn again only
   * when this function is another one.
   */
  readonly renderRow: (row: R, chosen: boolean) => ReactNode
  readonly waitingWords: string
  readonly handle?: Ref<RowListHandle>
}

export function RowList<R extends Row>(props: Props<R>) {
  const { of, rows, selection, rowHeight, onChoose, onShown, onOpen, onDelete } = props
  const styles = useStyles()
  const element = useRef<HTMLDivElement>(null)
  const idBase = useId()
  const total = rows.total ?? 0
  const view = useRowsInView(element, total, rowHeight)
  const { first, last, drawnFirst, drawnLast, offset } = view.inView

  useImperativeHandle(props.handle, () => ({ focus: () => element.current?.focus() }), [])
  useEffect(() => onShown({ first, last }), [onShown, first, last])

  const before = useRef({ of, moved: rows.moved })
  useLayoutEffect(() => {
    const { of: lastOf, moved } = before.current
    before.current = { of, moved: rows.moved }
    if (lastOf !== of) view.toTop()
    else if (moved !== rows.moved) view.moveBy(rows.moved - moved)
  })

  const press = (event: KeyboardEvent) => {
    const perPage = Math.max(1, Math.floor((element.current?.clientHeight ?? rowHeight) / rowHeight) - 1)
    const next = cursorAfter(event.key, selection.cursor, total, perPage)
    if (next !== null) {
      event.preventDefault()
      onChoose(next, event.shiftKey ? 'range' : 'one')
      view.scrollTo(next)
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
  const click = (event: MouseEvent) => {
    const index = event.target instanceof Element ? event.target.closest('[data-index]')?.getAttribute('data-index') : null
    if (index !== null && index !== undefined) onChoose(Number(index), event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'one')
  }
  const optionId = (index: number) => `${idBase}-${String(index)}`
  const active = selection.cursor !== null && selection.cursor >= drawnFirst && selection.cursor <= drawnLast ? optionId(selection.cursor) : undefined
  const drawn = total === 0 ? [] : Array.from({ length: drawnLast - drawnFirst + 1 }, (_, at) => drawnFirst + at)

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
        onClick={click}
        onDoubleClick={onOpen}
      >
        <div role="presentation" className={styles.canvas} style={{ height: `${String(view.height)}px` }}>
          {drawn.map((index) => {
            const row = rowAt(rows, index)
            return (
              <ListRow<Row>
                key={index}
                id={optionId(index)}
                index={index}
                total={total}
                top={index * rowHeight + offset}
                height={rowHeight}
                row={row}
                chosen={isChosen(selection, index, row)}
                isCursor={selection.cursor === index}
                renderRow={props.renderRow as (row: Row, chosen: boolean) => ReactNode}
                waitingWords={props.waitingWords}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

const isChosen = ({ ids, coming }: RowSelection, index: number, row: Row | null) => (row !== null && ids.has(row.id)) || (coming != null && index >= coming.from && index <= coming.to)

interface RowProps<R extends Row> {
  readonly id: string
  readonly index: number
  readonly total: number
  readonly top: number
  readonly height: number
  /** null = it has not come yet. */
  readonly row: R | null
  readonly chosen: boolean
  readonly isCursor: boolean
  readonly renderRow: (row: R, chosen: boolean) => ReactNode
  readonly waitingWords: string
}

function DrawnRow<R extends Row>({ id, index, total, top, height, row, chosen, isCursor, renderRow, waitingWords }: RowProps<R>) {
  const styles = useStyles()
  return (
    <div
      id={id}
      role="option"
      data-index={index}
      aria-setsize={total}
      aria-posinset={index + 1}
      aria-selected={chosen}
      {...(row === null ? { 'aria-label': waitingWords } : {})}
      style={{ height: `${String(height)}px`, transform: `translateY(${String(top)}px)` }}
      className={mergeClasses(styles.row, chosen && styles.chosen, !chosen && isCursor && styles.cursor)}
    >
      {row === null ? <WaitingRow /> : renderRow(row, chosen)}
    </div>
  )
}

/** While the list scrolls, only rows that come into view are drawn. */
const ListRow = memo(DrawnRow) as typeof DrawnRow

/** Plain on purpose: who drags through a long list sees a new screenful of these in every frame. */
function WaitingRow() {
  const styles = useStyles()
  return (
    <div aria-hidden className={styles.waiting}>
      <div className={styles.waitingLine} style={{ width: '40%' }} />
      <div className={styles.waitingLine} style={{ width: '75%' }} />
    </div>
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
