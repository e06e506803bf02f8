/** The folders in which other programs put tables and PDFs: which they are, what came of the last table, one more, one less. */
import { Button, Checkbox, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Dropdown, makeStyles, Option, Text, tokens, Tooltip } from '@fluentui/react-components'
import { DeleteRegular, FolderArrowRightRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import { canSend } from '../../shared/model/account.ts'
import type { TemplateId, TemplateRow } from '../../shared/model/template.ts'
import { folderReachWords } from '../../shared/words/watched-folder.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useFormat, useLanguage, useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { Field, narrow, TextField } from '../ui/field.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  item: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, padding: tokens.spacingHorizontalM, backgroundColor: tokens.colorNeutralBackground2, borderRadius: tokens.borderRadiusMedium },
  words: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
  pair: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 200px), 1fr))', gap: tokens.spacingHorizontalM },
})

export function WatchedDialog({ templates, onClose }: { readonly templates: readonly TemplateRow[]; readonly onClose: () => void }) {
  const { batches: { watched: words }, ui } = useText()
  const format = useFormat()
  const language = useLanguage()
  const caller = useCaller()
  const styles = useStyles()
  const listed = useAnswer('watched.list', {}, { refreshOn: ['watched.changed'], keepPrevious: true })
  const accounts = (useAnswer('accounts.list', {}, {}).value?.accounts ?? []).filter(({ account }) => canSend(account))
  const [path, setPath] = useState('')
  const [templateId, setTemplateId] = useState<TemplateId | null>(templates[0]?.id ?? null)
  const [accountId, setAccountId] = useState<string | null>(null)
  const [files, setFiles] = useState('')
  const [polling, setPolling] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const folders = listed.value?.folders ?? []

  const add = async () => {
    if (templateId === null) return
    const saved = await caller.call('watched.save', { id: null, draft: { path, templateId, accountId, files: files.trim() === '' ? null : files, polling } })
    setFailure(saved.ok ? null : saved.failure)
    if (saved.ok) setPath('')
  }
  const remove = async (id: number) => {
    const removed = await caller.call('watched.remove', { id })
    setFailure(removed.ok ? null : removed.failure)
  }
  const pathProblem = failure?.evidence.fields?.find((field) => field.path.endsWith('path'))?.problem ?? null
  return (
    <ModalDialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <form onSubmit={(event) => { event.preventDefault(); void add() }}>
          <DialogBody>
            <DialogTitle>{words.title}</DialogTitle>
            <DialogContent className={styles.content}>
              <Text>{words.body}</Text>
              {listed.value !== null && folders.length === 0 && <Text className={styles.quiet}>{words.none}</Text>}
              <ul className={styles.list} aria-label={words.title}>
                {folders.map(({ id, path: place, templateName, last, reach }) => (
                  <li key={id} className={styles.item}>
                    <FolderArrowRightRegular aria-hidden fontSize={20} />
                    <span className={styles.words}>
                      <Text weight="semibold">{place}</Text>
                      <Text size={200} className={styles.quiet}>{`${templateName} · ${last === null ? words.never : words.last[last.outcome](last.name, format.relative(last.at))}`}</Text>
                      {reach !== 'ok' && <Text size={200} role="status">{folderReachWords[language][reach]}</Text>}
                    </span>
                    <Tooltip content={words.remove(place)} relationship="label"><Button appearance="subtle" icon={<DeleteRegular />} onClick={() => void remove(id)} /></Tooltip>
                  </li>
                ))}
              </ul>
              {failure !== null && pathProblem === null && <FailureBar failure={failure} onDismiss={() => setFailure(null)} />}
              <TextField label={words.path} hint={words.pathHint} value={path} onChange={setPath} required problem={pathProblem} />
              <div className={styles.pair}>
                <Field label={words.template}>
                  <Dropdown style={narrow} value={templates.find(({ id }) => id === templateId)?.name ?? ''} selectedOptions={[String(templateId ?? '')]} onOptionSelect={(_, { optionValue }) => setTemplateId(Number(optionValue))}>
                    {templates.map(({ id, name }) => <Option key={id} value={String(id)}>{name}</Option>)}
                  </Dropdown>
                </Field>
                <Field label={words.account}>
                  <Dropdown style={narrow} value={accounts.find(({ account }) => account.id === accountId)?.account.name ?? words.defaultAccount} selectedOptions={[accountId ?? '']} onOptionSelect={(_, { optionValue }) => setAccountId(optionValue === undefined || optionValue === '' ? null : optionValue)}>
                    <Option value="" text={words.defaultAccount}>{words.defaultAccount}</Option>
                    {accounts.map(({ account }) => <Option key={account.id} value={account.id}>{account.name}</Option>)}
                  </Dropdown>
                </Field>
                <TextField label={words.files} hint={words.filesHint} value={files} onChange={setFiles} placeholder={words.filesExample} />
              </div>
              <Checkbox label={words.polling} checked={polling} onChange={(_, { checked }) => setPolling(checked === true)} />
            </DialogContent>
            <DialogActions fluid>
              <Button onClick={onClose}>{ui.close}</Button>
              <Button appearance="primary" type="submit" disabled={path.trim() === '' || templateId === null}>{words.add}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </ModalDialog>
  )
}
