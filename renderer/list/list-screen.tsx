/**
 * A screen that is a list of any length beside what is chosen in it: mail, the outbox, contacts. Its heading has the search field
 * (`/` goes there) and what else can be done; below it stands what went wrong. Escape goes back to the list where there is no
 * room for both.
 */
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { type ReactNode, useRef } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import { useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { onlyReadAloud } from '../ui/only-read-aloud.ts'
import { ScreenFrame } from '../ui/screen-frame.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { ListAndDetail, type ListAndDetailProps } from './list-and-detail.tsx'
import type { Row } from './paged-rows.ts'
import { type ScreenKey, useScreenKeys } from './use-screen-keys.ts'
import { useWidth } from './use-width.ts'

const useStyles = makeStyles({
  screen: { position: 'relative', display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0, minHeight: 0 },
  panes: { display: 'flex', flexGrow: 1, minWidth: 0, minHeight: 0 },
  search: { width: 'clamp(min(166px, 20vw), 17vw, 280px)', minWidth: '110px' },
  found: onlyReadAloud,
  failure: { flexShrink: 0, maxHeight: '40vh', overflowY: 'auto', padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}` },
})

interface Props<R extends Row> extends Omit<ListAndDetailProps<R>, 'failed'> {
  readonly title: string
  /** null = not known yet. */
  readonly subtitle: string | null
  readonly search: { readonly label: string; readonly words?: string; readonly hint: string; readonly typed: string; readonly onType: (typed: string) => void }
  /** What stands beside the title, given the search field and the screen's width in pixels. */
  readonly tools: (search: ReactNode, width: number) => ReactNode
  /** What was tried here and failed; a list that did not come says so itself. */
  readonly failure: Failure | null
  readonly onDismiss?: () => void
  readonly onAgain: () => void
  /** Between the heading and the list. */
  readonly above?: ReactNode
  /** Left of the list, where the screen's width has room for it. */
  readonly beside?: (width: number) => ReactNode
  /** In the place of the list and of the search field. */
  readonly instead?: ReactNode
  readonly onKey: (key: ScreenKey) => boolean
  /** Over the screen. */
  readonly children: ReactNode
}

export function ListScreen<R extends Row>(props: Props<R>) {
  const { title, subtitle, search, tools, failure, onDismiss, onAgain, above, beside, instead = null, onKey, children, ...list } = props
  const { ui } = useText()
  const styles = useStyles()
  const screen = useRef<HTMLDivElement>(null)
  const searchField = useRef<HTMLInputElement>(null)
  const width = useWidth(screen) ?? 0
  const problem = failure ?? list.live.failure

  useScreenKeys((key) => {
    if (key.key === '/' && !key.typing && searchField.current !== null) searchField.current.focus()
    else if (key.key === 'Escape' && list.opened) list.onBack()
    else return onKey(key)
    return true
  })

  const field = instead === null ? <SearchField {...search} className={styles.search} field={searchField} /> : null
  return (
    <ScreenFrame flush title={title} subtitle={subtitle ?? ' '} actions={tools(field, width)}>
      <div ref={screen} className={styles.screen}>
        <div role="status" className={styles.found}>{search.typed.trim() === '' ? '' : subtitle}</div>
        {above}
        {problem !== null && (
          <div className={styles.failure}>
            <FailureBar failure={problem} onDismiss={failure === null ? undefined : onDismiss} actions={<Button onClick={onAgain}>{ui.tryAgain}</Button>} />
          </div>
        )}
        {instead ?? <div className={styles.panes}>{beside?.(width)}<ListAndDetail {...list} failed={list.live.failure !== null} /></div>}
      </div>
      {children}
    </ScreenFrame>
  )
}
