/** The source of a message that can be read, over the reader. */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles } from '@fluentui/react-components'
import type { MessageKey } from '../../shared/model/message.ts'
import { useText } from '../text/use-text.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'
import { SourceView } from './source-view.tsx'

const useStyles = makeStyles({
  surface: { maxWidth: 'min(1000px, 92vw)' },
  content: { display: 'flex', height: '66vh' },
})

export function SourceDialog(props: { readonly id: MessageKey; readonly subject: string; readonly onClose: () => void }) {
  const { mail, ui } = useText()
  const styles = useStyles()
  return (
    <ModalDialog open onOpenChange={(_, data) => !data.open && props.onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>{mail.source.title}</DialogTitle>
          <DialogContent className={styles.content}>
            <SourceView id={props.id} subject={props.subject} />
          </DialogContent>
          <DialogActions fluid>
            <Button onClick={props.onClose}>{ui.close}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </ModalDialog>
  )
}
