/** The ledger of an account's server: which copies went because Mailroom asked for it, when, why, all confirmed by the server (C2). */
import {
  Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, Spinner, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, Text, tokens,
} from '@fluentui/react-components'
import { CheckmarkCircleRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Account } from '../../shared/model/account.ts'
import type { RemovedCopy } from '../../shared/model/removal.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useFormat, useText } from '../text/use-text.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'

const useStyles = makeStyles({
  surface: { maxWidth: 'min(1000px, 92vw)' },
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  rows: { maxHeight: '50vh', overflowY: 'auto', border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium },
  cell: { overflowWrap: 'anywhere', padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`, verticalAlign: 'top', height: 'auto' },
  foot: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
})

const atFirst = 100
const atMost = 500
const dayInMilliseconds = 24 * 60 * 60 * 1000

export function RemovedDialog({ account, onClose }: { readonly account: Account; readonly onClose: () => void }) {
  const { accounts: { removed: words }, ui } = useText()
  const format = useFormat()
  const styles = useStyles()
  const [limit, setLimit] = useState(atFirst)
  const answer = useAnswer('mail.removals', { accountId: account.id, limit }, { refreshOn: ['mail.changed'], keepPrevious: true })
  const { removals = [], total = 0 } = answer.value ?? {}

  return (
    <ModalDialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface className={styles.surface}>
        <DialogBody>
          <DialogTitle>{words.title(account.name)}</DialogTitle>
          <DialogContent className={styles.content}>
            {answer.failure !== null && <FailureBar failure={answer.failure} actions={<Button onClick={answer.refresh}>{ui.tryAgain}</Button>} />}
            {answer.state === 'loading' && <Spinner label={ui.loading} />}
            {answer.state === 'ready' && total === 0 && <EmptyState icon={<CheckmarkCircleRegular />} title={words.empty} body={words.emptyBody} />}
            {total > 0 && (
              <>
                <Text>{words.explain}</Text>
                {/* Reached with Tab, so that the keyboard can scroll it. */}
                <div className={styles.rows} role="group" tabIndex={0} aria-label={words.list}>
                  <Table size="small" aria-label={words.list}>
                    <TableHeader>
                      <TableRow>
                        {words.columns.map((name) => <TableHeaderCell key={name}>{name}</TableHeaderCell>)}
                      </TableRow>
                    </TableHeader>
                    <TableBody>
                      {removals.map((copy, index) => <Row key={index} copy={copy} />)}
                    </TableBody>
                  </Table>
                </div>
                <div className={styles.foot}>
                  <Text role="status" weight="semibold">{removals.length < total ? words.last(format.number(removals.length), format.number(total)) : words.all(total, format.number(total))}</Text>
                  {removals.length < total && limit < atMost && <Button size="small" onClick={() => setLimit(atMost)}>{words.more}</Button>}
                </div>
              </>
            )}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>{words.close}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </ModalDialog>
  )
}

function Row({ copy: { from, subject, storedAt, removedAt, deletedHere } }: { readonly copy: RemovedCopy }) {
  const { accounts: { removed: words }, mail } = useText()
  const format = useFormat()
  const styles = useStyles()
  const days = Math.floor((Date.parse(removedAt) - Date.parse(storedAt)) / dayInMilliseconds)
  return (
    <TableRow>
      <TableCell className={styles.cell}>{from === null ? mail.noSender : from.name === '' ? from.address : from.name}</TableCell>
      <TableCell className={styles.cell}>{subject === '' ? mail.noSubject : subject}</TableCell>
      <TableCell className={styles.cell}>{deletedHere ? words.deletedHere : days < 1 ? words.atOnce : words.afterDays(days, format.number(days))}</TableCell>
      <TableCell className={styles.cell} title={format.fullDate(removedAt)}>{format.day(removedAt)}</TableCell>
    </TableRow>
  )
}
