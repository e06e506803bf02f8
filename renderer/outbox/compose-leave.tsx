/** A mail that was touched is left: kept as a draft, thrown away, or not left after all. */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components'
import { useText } from '../text/use-text.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'

export type Leaving = 'keep' | 'discard' | 'stay'

/** `canKeep` false = there is no sender to keep it under. */
export function ComposeLeave({ open, canKeep, onAnswer }: { readonly open: boolean; readonly canKeep: boolean; readonly onAnswer: (answer: Leaving) => void }) {
  const { outbox: { compose: words } } = useText()
  return (
    <ModalDialog open={open} modalType="alert" onOpenChange={(_, data) => !data.open && onAnswer('stay')}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{canKeep ? words.keepTitle : words.leaveTitle}</DialogTitle>
          <DialogContent>{canKeep ? words.keepBody : words.leaveBody}</DialogContent>
          <DialogActions fluid>
            {/* The first one has the focus: what loses nothing. */}
            {canKeep && <Button appearance="primary" onClick={() => onAnswer('keep')}>{words.keep}</Button>}
            <Button onClick={() => onAnswer('stay')}>{words.stay}</Button>
            <Button onClick={() => onAnswer('discard')}>{words.leave}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </ModalDialog>
  )
}
