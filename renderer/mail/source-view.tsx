/** A message exactly as the server gave it, as much as was asked for, and the whole of it as a file. */
import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components'
import { ArrowDownloadRegular } from '@fluentui/react-icons'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import type { MessageKey } from '../../shared/model/message.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useFormat, useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { type Pieces, readInPieces, sourceText } from './read-in-pieces.ts'
import { fileNameFrom, saveFile } from './save-file.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, minHeight: 0, minWidth: 0, flexGrow: 1 },
  bar: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  source: {
    margin: 0, flexGrow: 1, minHeight: '160px', overflow: 'auto', padding: tokens.spacingHorizontalM, fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
})

/** Enough for the headers and the text of nearly every message; a page of text that no window minds. */
const stepBytes = 256 * 1024

export function SourceView(props: { readonly id: MessageKey; readonly subject: string }) {
  const { mail } = useText()
  const format = useFormat()
  const caller = useCaller()
  const { say } = useNavigation()
  const styles = useStyles()
  const { id, subject } = props
  const [pieces, setPieces] = useState<Pieces | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [saving, setSaving] = useState(false)
  const ask = useCallback((offset: number) => caller.call('mail.source', { id, offset }), [caller, id])

  const more = useCallback(
    async (have: Pieces | null) => {
      const outcome = await readInPieces(ask, { from: have?.read ?? 0, atMost: stepBytes })
      if (!outcome.ok) setFailure(outcome.failure)
      else setPieces({ bytes: [...(have?.bytes ?? []), ...outcome.value.bytes], read: (have?.read ?? 0) + outcome.value.read, size: outcome.value.size })
    },
    [ask],
  )
  useEffect(() => {
    setPieces(null)
    setFailure(null)
    void more(null)
  }, [more])

  const save = async () => {
    setSaving(true)
    const outcome = await readInPieces(ask)
    setSaving(false)
    if (!outcome.ok) return setFailure(outcome.failure)
    const name = `${fileNameFrom(subject, 'message')}.eml`
    saveFile(name, outcome.value.bytes)
    say(mail.savedAs(name))
  }

  const shown = useMemo(() => (pieces === null ? '' : sourceText(pieces.bytes)), [pieces])
  return (
    <div className={styles.root}>
      {failure !== null && <FailureBar failure={failure} />}
      <div className={styles.bar}>
        <Button icon={saving ? <Spinner size="tiny" /> : <ArrowDownloadRegular />} disabled={saving} onClick={() => void save()}>
          {mail.source.save}
        </Button>
        {pieces !== null && <Text size={200}>{mail.source.shown(format.bytes(pieces.read), format.bytes(pieces.size))}</Text>}
        {pieces !== null && pieces.read < pieces.size && (
          <Button appearance="subtle" onClick={() => void more(pieces)}>
            {mail.source.more}
          </Button>
        )}
      </div>
      {pieces === null && failure === null ? <Spinner label={mail.rowLoading} /> : <pre className={styles.source} tabIndex={0} aria-label={mail.source.title}>{shown}</pre>}
    </div>
  )
}
