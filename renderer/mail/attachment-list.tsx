/** The files of a message: each saved on request, piece by piece, with progress, and stoppable. Nothing is ever opened. */
import { Button, makeStyles, ProgressBar, Text, tokens, Tooltip } from '@fluentui/react-components'
import {
  ArrowDownloadRegular, DismissRegular, DocumentPdfRegular, DocumentRegular, ImageRegular, MailRegular, MusicNote2Regular, TableRegular, VideoRegular,
} from '@fluentui/react-icons'
import { useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import type { Attachment, MessageKey } from '../../shared/model/message.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useFormat, useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { readInPieces } from './read-in-pieces.ts'
import { fileNameFrom, saveFile } from './save-file.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  list: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, margin: 0, padding: 0, listStyleType: 'none' },
  item: {
    display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, minWidth: '180px', maxWidth: '320px', boxSizing: 'border-box',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalXS} ${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground2,
  },
  icon: { fontSize: '24px', lineHeight: 1, color: tokens.colorBrandForeground1, display: 'flex' },
  words: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0 },
  size: { color: tokens.colorNeutralForeground2 },
})

export function AttachmentList(props: { readonly id: MessageKey; readonly attachments: readonly Attachment[] }) {
  const { mail } = useText()
  const styles = useStyles()
  const [failure, setFailure] = useState<Failure | null>(null)
  return (
    <section className={styles.root} aria-label={mail.attachments(props.attachments.length)}>
      <ul className={styles.list}>
        {props.attachments.map((attachment) => (
          <AttachmentItem key={attachment.index} id={props.id} attachment={attachment} onFailure={setFailure} />
        ))}
      </ul>
      {failure !== null && <FailureBar failure={failure} onDismiss={() => setFailure(null)} />}
    </section>
  )
}

function AttachmentItem(props: { readonly id: MessageKey; readonly attachment: Attachment; readonly onFailure: (failure: Failure | null) => void }) {
  const { mail } = useText()
  const format = useFormat()
  const caller = useCaller()
  const { say } = useNavigation()
  const styles = useStyles()
  const [saving, setSaving] = useState<{ readonly stop: AbortController; readonly part: number } | null>(null)
  const { id, attachment, onFailure } = props
  const name = fileNameFrom(attachment.name, mail.unnamed)

  const save = async () => {
    const stop = new AbortController()
    setSaving({ stop, part: 0 })
    onFailure(null)
    const outcome = await readInPieces((offset) => caller.call('mail.attachment', { id, index: attachment.index, offset }), {
      signal: stop.signal,
      onProgress: (read, size) => setSaving({ stop, part: size === 0 ? 1 : read / size }),
    })
    setSaving(null)
    if (outcome.ok) {
      saveFile(name, outcome.value.bytes)
      say(mail.savedAs(name))
    } else if (outcome.failure.code !== 'job.cancelled') onFailure(outcome.failure)
  }

  return (
    <li className={styles.item}>
      <span className={styles.icon} aria-hidden>{iconFor(attachment)}</span>
      <div className={styles.words}>
        <Text truncate wrap={false} title={name}>{name}</Text>
        {saving === null ? (
          <Text size={200} className={styles.size}>{format.bytes(attachment.size)}</Text>
        ) : (
          <ProgressBar value={saving.part} aria-label={mail.saving(`${String(Math.round(saving.part * 100))}%`)} />
        )}
      </div>
      {saving === null ? (
        <Tooltip content={mail.save(name)} relationship="label">
          <Button appearance="subtle" icon={<ArrowDownloadRegular />} onClick={() => void save()} />
        </Tooltip>
      ) : (
        <Tooltip content={mail.stopSaving(name)} relationship="label">
          <Button appearance="subtle" icon={<DismissRegular />} onClick={() => saving.stop.abort()} />
        </Tooltip>
      )}
    </li>
  )
}

function iconFor({ contentType, name }: Attachment) {
  const [kind = '', sort = ''] = contentType.toLowerCase().split('/')
  if (kind === 'image') return <ImageRegular />
  if (kind === 'audio') return <MusicNote2Regular />
  if (kind === 'video') return <VideoRegular />
  if (kind === 'message') return <MailRegular />
  if (sort === 'pdf' || /\.pdf$/i.test(name)) return <DocumentPdfRegular />
  return /csv|excel|spreadsheet/.test(sort) ? <TableRegular /> : <DocumentRegular />
}
