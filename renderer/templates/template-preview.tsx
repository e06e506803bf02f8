/** What a mail will say, for a real row or for made-up values, while the template is written. */
import { Button, makeStyles, MessageBar, MessageBarBody, Tab, TabList, Text, tokens, Tooltip } from '@fluentui/react-components'
import { ChevronLeftRegular, ChevronRightRegular, TableRegular } from '@fluentui/react-icons'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import { mailProblemWords, templateFaultWords } from '../../shared/failures/mail-problems.ts'
import type { OpenedTable } from '../../shared/model/batch.ts'
import type { TemplateText } from '../../shared/model/template.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { handOverFile } from '../outbox/hand-over-file.ts'
import { useFormat, useLanguage, useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { MailPaper } from './mail-paper.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, minWidth: 0 },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  title: { flexGrow: 1 },
  quiet: { color: tokens.colorNeutralForeground2 },
})

export function TemplatePreview(props: { readonly template: TemplateText; readonly accountId: string | null; readonly table: OpenedTable | null; readonly onTable: (table: OpenedTable) => void }) {
  const { templates } = useText()
  const format = useFormat()
  const language = useLanguage()
  const caller = useCaller()
  const styles = useStyles()
  const { accountId, table, onTable } = props
  const picker = useRef<HTMLInputElement>(null)
  const [index, setIndex] = useState(0)
  const [as, setAs] = useState<'text' | 'html'>('text')
  const [failure, setFailure] = useState<Failure | null>(null)
  const template = useDeferredValue(props.template)
  const params = useMemo(() => ({ template, accountId, table: table === null ? null : { id: table.id, index } }), [template, accountId, table, index])
  const answer = useAnswer('templates.preview', params, { keepPrevious: true })
  const said = answer.value

  const choose = async (file: File) => {
    const handed = await handOverFile(caller, file, { signal: new AbortController().signal, onProgress: () => undefined })
    if (!handed.ok) return setFailure(handed.failure)
    const opened = await caller.call('batches.open', { handle: handed.value.handle })
    void caller.call('files.discard', { handle: handed.value.handle })
    setFailure(opened.ok ? null : opened.failure)
    if (!opened.ok) return
    setIndex(0)
    onTable(opened.value)
  }
  const html = as === 'html' && said?.mail?.html !== null && said?.mail?.html !== undefined
  return (
    <section className={styles.root} aria-label={templates.preview}>
      <div className={styles.row}>
        <Text weight="semibold" className={styles.title}>{templates.preview}</Text>
        {table !== null && (
          <>
            <Tooltip content={templates.previous} relationship="label"><Button size="small" appearance="subtle" icon={<ChevronLeftRegular />} disabled={index === 0} onClick={() => setIndex(index - 1)} /></Tooltip>
            <Text size={200}>{templates.row(format.number(table.firstRow + index), table.name)}</Text>
            <Tooltip content={templates.next} relationship="label"><Button size="small" appearance="subtle" icon={<ChevronRightRegular />} disabled={index + 1 >= table.rows} onClick={() => setIndex(index + 1)} /></Tooltip>
          </>
        )}
        <Button size="small" icon={<TableRegular />} onClick={() => picker.current?.click()}>{table === null ? templates.chooseTable : templates.otherTable}</Button>
        <input ref={picker} type="file" hidden aria-label={templates.chooseTable} accept=".csv,.json,.xlsx,.txt" onChange={(event) => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file !== undefined) void choose(file)
        }} />
      </div>
      {table === null && <Text size={200} className={styles.quiet}>{templates.sample}</Text>}
      {(failure ?? answer.failure) !== null && <FailureBar failure={(failure ?? answer.failure) as Failure} onDismiss={() => setFailure(null)} />}
      {said !== null && said.faults.length > 0 && <MessageBar intent="error" layout="multiline"><MessageBarBody>{said.faults.map((fault) => templateFaultWords(fault, language)).join(' ')}</MessageBarBody></MessageBar>}
      {said !== null && said.problem !== null && <MessageBar intent="warning" layout="multiline"><MessageBarBody>{mailProblemWords(said.problem, language, format.day)}</MessageBarBody></MessageBar>}
      {said?.mail !== null && said?.mail !== undefined && (
        <>
          {said.mail.html !== null && (
            <TabList size="small" selectedValue={as} onTabSelect={(_, { value }) => setAs(value === 'html' ? 'html' : 'text')}>
              <Tab value="text">{templates.asText}</Tab>
              <Tab value="html">{templates.asHtml}</Tab>
            </TabList>
          )}
          <MailPaper lines={[[templates.previewTo, said.to], [templates.previewSubject, said.mail.subject]]} text={said.mail.text} html={html ? said.mail.html : null} label={templates.preview} />
        </>
      )}
    </section>
  )
}
