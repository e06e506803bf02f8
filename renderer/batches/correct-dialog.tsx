/** One row's cells, to be written otherwise for this batch; those that have to do with what is wrong stand first. The table's file stays as it is. */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import { mailProblemWords } from '../../shared/failures/mail-problems.ts'
import type { BatchMail } from '../../shared/model/batch.ts'
import { useFormat, useLanguage, useText } from '../text/use-text.tsx'
import { ParagraphField, TextField } from '../ui/field.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'
import { columnsConcerned } from './columns-concerned.ts'

type Cells = BatchMail['cells']

const useStyles = makeStyles({
  form: { display: 'contents' },
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
})

export function CorrectDialog({ mail, mapping, rule, onSave, onClose }: {
  readonly mail: BatchMail
  readonly mapping: Readonly<Record<string, string>>
  readonly rule: string
  readonly onSave: (cells: Cells) => void
  readonly onClose: () => void
}) {
  const { batches: { check: words }, ui } = useText()
  const format = useFormat()
  const language = useLanguage()
  const styles = useStyles()
  const [cells, setCells] = useState(mail.cells)
  const concerned = columnsConcerned(mail.problems, { columns: mail.cells.map(({ column }) => column), mapping, rule })
  const inOrder = [...cells.filter(({ column }) => concerned.has(column)), ...cells.filter(({ column }) => !concerned.has(column))]
  const write = (column: string, value: string) => setCells(cells.map((cell) => (cell.column === column ? { ...cell, value } : cell)))
  return (
    <ModalDialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <form className={styles.form} onSubmit={(event) => { event.preventDefault(); onSave(cells) }}>
          <DialogBody>
            <DialogTitle>{words.correctTitle(format.number(mail.row))}</DialogTitle>
            <DialogContent className={styles.content}>
              <span>{words.correctBody}</span>
              {mail.problems.length > 0 && <MessageBar intent="error" layout="multiline"><MessageBarBody>{mail.problems.map((problem) => mailProblemWords(problem, language, format.day)).join(' ')}</MessageBarBody></MessageBar>}
              {inOrder.map(({ column, value, inFile }, at) => {
                const frame = { label: column, value, onChange: (text: string) => write(column, text), hint: value.trim() === inFile ? undefined : words.inFile(inFile) }
                return inFile.includes('\n') ? <ParagraphField key={column} {...frame} /> : <TextField key={column} {...frame} autoFocus={at === 0} />
              })}
            </DialogContent>
            <DialogActions fluid>
              <Button onClick={onClose}>{ui.cancel}</Button>
              <Button type="submit" appearance="primary">{words.correctSave}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </ModalDialog>
  )
}
