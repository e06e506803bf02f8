/** Asks what becomes of what was typed when the wizard is left in the middle. */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components'
import { useText } from '../text/use-text.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'

export function LeaveDialog(props: { readonly open: boolean; readonly onStay: () => void; readonly onLeave: (keep: boolean) => void }) {
  const { leave } = useText().wizard
  return (
    <ModalDialog open={props.open} modalType="alert" onOpenChange={(_, data) => !data.open && props.onStay()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{leave.title}</DialogTitle>
          <DialogContent>{leave.body}</DialogContent>
          <DialogActions fluid>
            <Button onClick={props.onStay}>{leave.stay}</Button>
            <Button onClick={() => props.onLeave(false)}>{leave.discard}</Button>
            <Button appearance="primary" onClick={() => props.onLeave(true)}>
              {leave.leave}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </ModalDialog>
  )
}
