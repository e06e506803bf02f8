/** A dialog about copies on a server, those that will go and those that went: a table of whose they are, what, why and when. */
import {
  DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, tokens,
} from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { RemovedCopy } from '../../shared/model/removal.ts'
import { useText } from '../text/use-text.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'

const useStyles = makeStyles({
  surface: { maxWidth: 'min(1000px, 92vw)' },
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  rows: { maxHeight: '50vh', overflowY: 'auto', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium },
  cell: { overflowWrap: 'anywhere', padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`, verticalAlign: 'top', height: 'auto' },
})

/** `asks`: it wants an answer, and does not close by a click beside it. */
export function CopiesDialog(props: { readonly title: string; readonly asks: boolean; readonly actions: ReactNode; readonly onClose: () => void; readonly children: ReactNode }) {
  const styles = useStyles()
  return (
    <ModalDialog open modalType={props.asks ? 'alert' : 'modal'} onOpenChange={(_, data) => !data.open && props.onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>{props.title}</DialogTitle>
          <DialogContent className={styles.content}>{props.children}</DialogContent>
          <DialogActions fluid>{props.actions}</DialogActions>
        </DialogBody>
      </DialogSurface>
    </ModalDialog>
  )
}

export function CopiesTable({ label, columns, children }: { readonly label: string; readonly columns: readonly string[]; readonly children: ReactNode }) {
  const styles = useStyles()
  return (
    // Reached with Tab, so that the keyboard can scroll it.
    <div className={styles.rows} role="group" tabIndex={0} aria-label={label}>
      <Table size="small" aria-label={label}>
        <TableHeader>
          <TableRow>
            {columns.map((name) => <TableHeaderCell key={name}>{name}</TableHeaderCell>)}
          </TableRow>
        </TableHeader>
        <TableBody>{children}</TableBody>
      </Table>
    </div>
  )
}

export function CopyRow(props: { readonly from: RemovedCopy['from']; readonly subject: string; readonly why: ReactNode; readonly when: string; readonly whenExactly?: string }) {
  const { mail } = useText()
  const styles = useStyles()
  const { from, subject } = props
  return (
    <TableRow>
      <TableCell className={styles.cell}>{from === null ? mail.noSender : from.name === '' ? from.address : from.name}</TableCell>
      <TableCell className={styles.cell}>{subject === '' ? mail.noSubject : subject}</TableCell>
      <TableCell className={styles.cell}>{props.why}</TableCell>
      <TableCell className={styles.cell} title={props.whenExactly}>{props.when}</TableCell>
    </TableRow>
  )
}
