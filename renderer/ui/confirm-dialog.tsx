/** A question that must be answered before something happens. Escape and the second button mean no. */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, tokens } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useText } from '../text/use-text.tsx'
import { ModalDialog } from './modal-dialog.tsx'

const useStyles = makeStyles({
  dangerous: {
    backgroundColor: tokens.colorStatusDangerBackground3,
    color: tokens.colorNeutralForegroundOnBrand,
    ':hover': { backgroundColor: tokens.colorStatusDangerBackground3Hover, color: tokens.colorNeutralForegroundOnBrand },
    ':hover:active': { backgroundColor: tokens.colorStatusDangerBackground3Pressed, color: tokens.colorNeutralForegroundOnBrand },
  },
})

export function ConfirmDialog(props: {
  readonly open: boolean
  readonly title: string
  readonly confirm: string
  readonly cancel?: string
  readonly dangerous?: boolean
  readonly children: ReactNode
  readonly onClose: (confirmed: boolean) => void
}) {
  const { ui } = useText()
  const styles = useStyles()
  const { open, title, confirm, cancel = ui.cancel, dangerous = false, children, onClose } = props
  return (
    <ModalDialog open={open} modalType="alert" onOpenChange={(_, data) => !data.open && onClose(false)}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>{children}</DialogContent>
          <DialogActions fluid>
            <Button appearance="secondary" onClick={() => onClose(false)}>
              {cancel}
            </Button>
            <Button appearance="primary" {...(dangerous ? { className: styles.dangerous } : {})} onClick={() => onClose(true)}>
              {confirm}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </ModalDialog>
  )
}
