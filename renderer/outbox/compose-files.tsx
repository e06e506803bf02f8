/** The files attached to a mail being written: each with its progress until it is in, and removable at any time. */
import { Button, makeStyles, mergeClasses, ProgressBar, Text, tokens, Tooltip } from '@fluentui/react-components'
import { DismissRegular, DocumentRegular, ErrorCircleRegular } from '@fluentui/react-icons'
import { explain } from '../../shared/failures/catalogue.ts'
import { useFormat, useLanguage, useText } from '../text/use-text.tsx'
import type { ComposeFile } from './compose-state.ts'

const useStyles = makeStyles({
  list: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, margin: 0, padding: 0, listStyleType: 'none', maxHeight: '112px', overflowY: 'auto' },
  item: {
    display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, maxWidth: '300px', minWidth: '170px', boxSizing: 'border-box', padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalXS} ${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalS}`,
    border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground2,
  },
  failed: { border: `1px solid ${tokens.colorPaletteRedBorder2}`, color: tokens.colorStatusDangerForeground3 },
  icon: { fontSize: '20px', lineHeight: 1, display: 'flex' },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, flexGrow: 1 },
  quiet: { color: tokens.colorNeutralForeground2 },
})

export function ComposeFiles(props: { readonly files: readonly ComposeFile[]; readonly onRemove: (file: ComposeFile) => void }) {
  const { outbox } = useText()
  const format = useFormat()
  const language = useLanguage()
  const styles = useStyles()
  const words = outbox.compose
  return (
    <ul className={styles.list} aria-label={words.attachments}>
      {props.files.map((file) => (
        <li key={file.key} className={mergeClasses(styles.item, file.state === 'failed' && styles.failed)}>
          <span className={styles.icon} aria-hidden>{file.state === 'failed' ? <ErrorCircleRegular /> : <DocumentRegular />}</span>
          <div className={styles.words}>
            <Text truncate wrap={false} title={file.name}>{file.name}</Text>
            {file.state === 'running' && <ProgressBar value={file.size === 0 ? 1 : file.handed / file.size} aria-label={words.handing(format.bytes(file.handed), format.bytes(file.size))} />}
            {file.state === 'done' && <Text size={200} className={styles.quiet}>{format.bytes(file.size)}</Text>}
            {file.failure !== null && <Text size={200}>{explain(file.failure, language).title}</Text>}
          </div>
          <Tooltip content={words.removeFile(file.name)} relationship="label">
            <Button appearance="subtle" size="small" icon={<DismissRegular />} onClick={() => props.onRemove(file)} />
          </Tooltip>
        </li>
      ))}
    </ul>
  )
}
