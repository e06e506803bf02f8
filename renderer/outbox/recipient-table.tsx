/** Who a mail goes to, what each recipient's server answered, and what came back since. */
import { makeStyles, mergeClasses, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, tokens } from '@fluentui/react-components'
import type { Recipient } from '../../shared/model/outgoing-mail.ts'
import type { ReturnOutcome } from '../../shared/model/mail-return.ts'
import { returnWords, whyReturned } from '../../shared/words/mail-returns.ts'
import { useLanguage, useText } from '../text/use-text.tsx'
import type { Tone } from './mail-actions.ts'
import { useToneStyles } from './state-badge.tsx'

const useStyles = makeStyles({
  table: { tableLayout: 'auto' },
  /** No wider than its longest word, which is never broken. */
  narrow: { width: '1%', overflowWrap: 'normal', whiteSpace: 'nowrap' },
  address: { width: '42%' },
  head: { height: 'auto', verticalAlign: 'bottom' },
  cell: { overflowWrap: 'anywhere', padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`, verticalAlign: 'top', height: 'auto' },
  why: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  said: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  quiet: { color: tokens.colorNeutralForeground2 },
})

const tones = { waiting: 'waiting', accepted: 'good', deferred: 'doubtful', refused: 'bad' } as const satisfies Record<Recipient['state'], Tone>
const returnTones = { delayed: 'doubtful', 'passed-on': 'good', answered: 'waiting', delivered: 'good', bounced: 'bad', deleted: 'good', read: 'good', complained: 'bad' } as const satisfies Record<ReturnOutcome, Tone>

export function RecipientTable({ recipients }: { readonly recipients: readonly Recipient[] }) {
  const { outbox } = useText()
  const styles = useStyles()
  const toneStyles = useToneStyles()
  const columns = outbox.recipientColumns
  const said = returnWords[useLanguage()]
  return (
    <Table size="small" className={styles.table} aria-label={outbox.recipients}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell className={mergeClasses(styles.head, styles.narrow)}>{columns.kind}</TableHeaderCell>
          <TableHeaderCell className={mergeClasses(styles.head, styles.address)}>{columns.address}</TableHeaderCell>
          <TableHeaderCell className={styles.head}>{columns.result}</TableHeaderCell>
        </TableRow>
      </TableHeader>
      <TableBody>
        {recipients.map(({ kind, name, address, state, replyCode, words, returned }, index) => (
          <TableRow key={index}>
            <TableCell className={mergeClasses(styles.cell, styles.narrow)}>{outbox.recipientKind[kind]}</TableCell>
            <TableCell className={styles.cell}>
              {name !== '' && <div>{name}</div>}
              <div className={mergeClasses(name !== '' && styles.quiet)}>{address}</div>
            </TableCell>
            <TableCell className={styles.cell}>
              <div className={toneStyles[returned === null ? tones[state] : returnTones[returned.outcome]]}>{returned === null ? outbox.recipientState[state] : said.outcomes[returned.outcome]}</div>
              {returned !== null && whyReturned(returned, said) !== null && <div className={styles.why}>{whyReturned(returned, said)}</div>}
              {returned !== null && returned.words !== '' ? <div className={styles.said}>{returned.words}</div> : replyCode === null && words === null ? <span className={mergeClasses(styles.said, styles.quiet)}>{outbox.noAnswer}</span> : <div className={styles.said}>{[replyCode, words].filter((part) => part !== null).join(' ')}</div>}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
