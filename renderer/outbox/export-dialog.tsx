/** The sending log as a file: which days, how far it is, and what came of it. Read piece by piece; stopped when the dialog closes. */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, Input, makeStyles, Spinner, tokens } from '@fluentui/react-components'
import { useEffect, useRef, useState } from 'react'
import type { Failure, Outcome } from '../../shared/failures/failure.ts'
import { done, failed } from '../../shared/failures/failure.ts'
import type { Caller } from '../../shared/contract/caller.ts'
import type { Params, Result } from '../../shared/contract/methods.ts'
import { logWords } from '../../shared/words/sending-log.ts'
import { dateOf } from '../activity/mail-by-day.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { saveFile } from '../mail/save-file.ts'
import { useNavigation } from '../shell/navigate.tsx'
import { useFormat, useLanguage, useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  days: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
})

export interface ExportScope {
  readonly accountId: string | null
  readonly batchId: string | null
  /** As people call them. */
  readonly words: string
}

export function ExportDialog({ scope, onClose }: { readonly scope: ExportScope; readonly onClose: () => void }) {
  const { sending, ui } = useText()
  const format = useFormat()
  const language = useLanguage()
  const caller = useCaller()
  const navigation = useNavigation()
  const styles = useStyles()
  const [since, setSince] = useState('')
  const [until, setUntil] = useState('')
  const [lines, setLines] = useState<number | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const stop = useRef(new AbortController())
  useEffect(() => {
    const controller = new AbortController()
    stop.current = controller
    return () => controller.abort()
  }, [])
  const words = sending.exporting
  const wrongOrder = since !== '' && until !== '' && until < since

  const start = async () => {
    setFailure(null)
    setLines(0)
    const { accountId, batchId } = scope
    const read = await readLog(caller, { language, accountId, batchId, since: since === '' ? null : since, until: until === '' ? null : until }, stop.current.signal, setLines)
    setLines(null)
    if (!read.ok) {
      if (!stop.current.signal.aborted) setFailure(read.failure)
      return
    }
    const name = `${logWords[language].file}-${dateOf(new Date(), 0)}.csv`
    saveFile(name, read.value.pieces)
    navigation.say(words.done(format.number(read.value.lines), name))
    onClose()
  }

  return (
    <ModalDialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{words.title}</DialogTitle>
          <DialogContent className={styles.content}>
            <span>{words.body}</span>
            <span>{scope.words}</span>
            <div className={styles.days}>
              <Field label={words.since}><Input type="date" value={since} onChange={(_, data) => setSince(data.value)} /></Field>
              <Field label={words.until} validationMessage={wrongOrder ? words.wrongOrder : null}><Input type="date" value={until} onChange={(_, data) => setUntil(data.value)} /></Field>
            </div>
            {lines !== null && <Spinner size="tiny" labelPosition="after" label={words.running(format.number(lines))} />}
            {failure !== null && <FailureBar failure={failure} />}
          </DialogContent>
          <DialogActions fluid>
            <Button appearance="secondary" onClick={onClose}>{ui.cancel}</Button>
            <Button appearance="primary" disabled={lines !== null || wrongOrder} onClick={() => void start()}>{words.start}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </ModalDialog>
  )
}

async function readLog(caller: Caller, question: Params<'outbox.exportLog'>, signal: AbortSignal, progress: (lines: number) => void): Promise<Outcome<{ readonly pieces: readonly Uint8Array<ArrayBuffer>[]; readonly lines: number }>> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let lines = 0
  for (let after: string | null = null; ; ) {
    if (signal.aborted) return failed('job.cancelled')
    const piece: Outcome<Result<'outbox.exportLog'>> = await caller.call('outbox.exportLog', { ...question, after })
    if (!piece.ok) return piece
    pieces.push(new TextEncoder().encode(piece.value.csv))
    lines += piece.value.lines
    progress(lines)
    if (piece.value.next === null) return done({ pieces, lines })
    after = piece.value.next
  }
}
