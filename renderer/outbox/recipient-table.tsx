/** Who a mail goes to, and what each recipient's server answered. */
import { makeStyles, mergeClasses, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, tokens } from '@fluentui/react-components'
import type { Recipient } from '../../shared/model/outgoing-mail.ts'
import { useText } from '../text/use-text.tsx'
import { useToneStyles } from './state-badge.tsx'

const useStyles = makeStyles({
  narrow: { width: '52px' },
  state: { width: '100px' },
  cell: { overflowWrap: 'anywhere', padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`, verticalAlign: 'top', height: 'auto' },
  said: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  quiet: { color: tokens.colorNeutralForeground2 },
})

const tones = { waiting: 'waiting', accepted: 'good', refused: 'bad' } as const

export function RecipientTable({ recipients }: { readonly recipients: readonly Recipient[] }) {
  const { outbox } = useText()
  const styles = useStyles()
  const toneStyles = useToneStyles()
  const columns = outbox.recipientColumns
  return (
    <Table size="small" aria-label={outbox.recipients}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell className={styles.narrow}>{columns.kind}</TableHeaderCell>
          <TableHeaderCell>{columns.address}</TableHeaderCell>
          <TableHeaderCell className={styles.state}>{columns.state}</TableHeaderCell>
          <TableHeaderCell>{columns.answer}</TableHeaderCell>
        </TableRow>
      </TableHeader>
      <TableBody>
        {recipients.map(({ kind, name, address, state, replyCode, words }, index) => (
          <TableRow key={index}>
            <TableCell className={styles.cell}>{outbox.recipientKind[kind]}</TableCell>
            <TableCell className={styles.cell}>
              {name !== '' && <div>{name}</div>}
              <div className={mergeClasses(name !== '' && styles.quiet)}>{address}</div>
            </TableCell>
            <TableCell className={mergeClasses(styles.cell, toneStyles[tones[state]])}>{outbox.recipientState[state]}</TableCell>
            <TableCell className={mergeClasses(styles.cell, styles.said)}>{replyCode === null && words === null ? <span className={styles.quiet}>{outbox.noAnswer}</span> : [replyCode, words].filter((part) => part !== null).join(' ')}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
