/** Where the folders are: beside the list where there is room, else behind a button that says which one is shown. */
import { Button, makeStyles, Popover, PopoverSurface, PopoverTrigger, tokens } from '@fluentui/react-components'
import { ChevronDownRegular, PanelLeftContractRegular, PanelLeftExpandRegular } from '@fluentui/react-icons'
import { type ReactNode, useState } from 'react'
import { useText } from '../text/use-text.tsx'

const useStyles = makeStyles({
  pane: { width: 'clamp(200px, 18%, 280px)', flexShrink: 0, overflowY: 'auto', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, borderRight: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground2 },
  surface: { padding: 0, width: '300px', maxHeight: '70vh', overflowY: 'auto' },
  button: { maxWidth: '200px', minWidth: 0, whiteSpace: 'nowrap' },
  name: { overflow: 'hidden', textOverflow: 'ellipsis' },
})

/** Beside the list from this width of the screen on, pixels: below it, list and message would be too narrow to read. */
export const roomForFolders = 1000

export function FolderPane({ children }: { readonly children: ReactNode }) {
  const styles = useStyles()
  const { mail } = useText()
  return <nav className={styles.pane} aria-label={mail.folders.label}>{children}</nav>
}

export function FoldersToggle({ open, onToggle }: { readonly open: boolean; readonly onToggle: () => void }) {
  const { mail } = useText()
  const words = open ? mail.folders.hide : mail.folders.show
  return <Button appearance="subtle" icon={open ? <PanelLeftContractRegular /> : <PanelLeftExpandRegular />} aria-label={words} title={words} onClick={onToggle} />
}

/**
 * `name`: of the folder that is shown. `children` gets what to call once another one was chosen. Without a trap for the focus: the
 * button goes when the window grows, and a trap that goes while it is open leaves the whole page hidden from screen readers.
 */
export function FoldersButton({ name, children }: { readonly name: string; readonly children: (close: () => void) => ReactNode }) {
  const { mail } = useText()
  const styles = useStyles()
  const [open, setOpen] = useState(false)
  return (
    <Popover open={open} onOpenChange={(_, data) => setOpen(data.open)} positioning="below-start">
      <PopoverTrigger disableButtonEnhancement>
        <Button className={styles.button} icon={<ChevronDownRegular />} iconPosition="after" aria-label={`${mail.folders.label}: ${name}`} title={name}>
          <span className={styles.name}>{name}</span>
        </Button>
      </PopoverTrigger>
      <PopoverSurface className={styles.surface}>
        <nav aria-label={mail.folders.label}>{children(() => setOpen(false))}</nav>
      </PopoverSurface>
    </Popover>
  )
}
