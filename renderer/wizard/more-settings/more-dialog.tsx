/** "More settings": four tabs over the same form. OK needs them free of problems and goes to the first; Cancel takes all back. */
import { Badge, Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, Tab, TabList, tokens } from '@fluentui/react-components'
import { useEffect, useRef, type FormEvent } from 'react'
import { assertNever } from '../../../shared/failures/failure.ts'
import { useText } from '../../text/use-text.tsx'
import { type MoreTab, moreTabs, tabOf } from '../form-problems.ts'
import { problemsIn } from '../wizard-state.ts'
import { ModalDialog } from '../../ui/modal-dialog.tsx'
import { AdvancedTab } from './advanced-tab.tsx'
import { GeneralTab } from './general-tab.tsx'
import { OtherTab } from './other-tab.tsx'
import { OutgoingTab } from './outgoing-tab.tsx'
import type { TabProps } from './tab-props.ts'

const useStyles = makeStyles({
  surface: { width: 'min(720px, calc(100vw - 48px))', maxWidth: 'none' },
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, height: 'min(440px, calc(100vh - 240px))' },
  panel: { flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: `0 ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXS} ${tokens.spacingHorizontalXS}` },
})

export function MoreDialog({ state, act }: Omit<TabProps, 'problems'>) {
  const { wizard, ui } = useText()
  const words = wizard.more
  const styles = useStyles()
  const panel = useRef<HTMLDivElement>(null)
  const { more } = state
  const tries = more?.tries ?? 0
  useEffect(() => {
    if (tries > 0) panel.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [tries, more?.tab])
  if (more === null) return null

  const problems = tries > 0 ? problemsIn(state) : []
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation() // the wizard's own form lies around this dialog in React's tree
    act({ do: 'close-more', keep: true })
  }
  return (
    <ModalDialog open onOpenChange={(_, data) => !data.open && act({ do: 'close-more', keep: false })}>
      <DialogSurface className={styles.surface}>
        <form noValidate onSubmit={submit}>
          <DialogBody>
            <DialogTitle>{words.title}</DialogTitle>
            <DialogContent className={styles.content}>
              <TabList selectedValue={more.tab} onTabSelect={(_, data) => act({ do: 'open-more', tab: data.value as MoreTab })}>
                {moreTabs.map((tab) => (
                  <Tab key={tab} id={`more-tab-${tab}`} value={tab} aria-controls="more-panel">
                    {words.tabs[tab]}
                    {problems.some(({ path }) => tabOf(path) === tab) && <Badge size="extra-small" color="danger" aria-label={words.hasProblem} style={{ marginLeft: 6 }} />}
                  </Tab>
                ))}
              </TabList>
              <div ref={panel} id="more-panel" role="tabpanel" aria-labelledby={`more-tab-${more.tab}`} tabIndex={0} className={styles.panel}>
                <OpenTab tab={more.tab} state={state} act={act} problems={problems} />
              </div>
            </DialogContent>
            <DialogActions fluid>
              <Button onClick={() => act({ do: 'close-more', keep: false })}>{ui.cancel}</Button>
              <Button type="submit" appearance="primary">
                {ui.ok}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </ModalDialog>
  )
}

function OpenTab({ tab, ...props }: TabProps & { readonly tab: MoreTab }) {
  switch (tab) {
    case 'general':
      return <GeneralTab {...props} />
    case 'outgoing':
      return <OutgoingTab {...props} />
    case 'advanced':
      return <AdvancedTab {...props} />
    case 'other':
      return <OtherTab {...props} />
    default:
      return assertNever(tab)
  }
}
