/** Every row with what is wrong with it, and the mail of the one that is chosen, as its recipient will see it. */
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, Text, ToggleButton, tokens } from '@fluentui/react-components'
import { ErrorCircleRegular } from '@fluentui/react-icons'
import { useCallback, useState } from 'react'
import { mailProblemWords } from '../../shared/failures/mail-problems.ts'
import { done, type Failure } from '../../shared/failures/failure.ts'
import type { BatchMailRow } from '../../shared/model/batch.ts'
import { isOver } from '../../shared/model/job.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { RowList } from '../list/row-list.tsx'
import { TwoPanes } from '../list/two-panes.tsx'
import { usePagedRows } from '../list/use-paged-rows.ts'
import { useRowSelection } from '../list/use-row-selection.ts'
import { MailPaper } from '../templates/mail-paper.tsx'
import { useFormat, useLanguage, useText } from '../text/use-text.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ProgressLine } from '../ui/progress-line.tsx'
import { PageFrame } from '../wizard/page-frame.tsx'
import { correctedTo } from './batch-state.ts'
import { CorrectDialog } from './correct-dialog.tsx'
import type { Batch } from './use-batch.ts'

const useStyles = makeStyles({
  filters: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  panes: { display: 'flex', flexDirection: 'column', flexGrow: 1, // As much as the window has, so that only what is in it scrolls.
    height: 'max(300px, calc(100vh - 300px))' },
  row: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto', alignContent: 'center', height: '100%', padding: `0 ${tokens.spacingHorizontalM}`, boxSizing: 'border-box', columnGap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  wrong: { color: tokens.colorStatusDangerForeground3 },
  detail: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, overflowY: 'auto', minHeight: 0, flexGrow: 1, padding: tokens.spacingHorizontalM, '> *': { flexShrink: 0 } },
})

interface ListedRow extends BatchMailRow {
  readonly id: number
}

export function CheckPage({ batch, running }: { readonly batch: Batch; readonly running: boolean }) {
  const { batches: { check: words } } = useText()
  const format = useFormat()
  const { state, job } = batch
  const total = job?.progress.total ?? state.table?.rows ?? 0
  const leftOut = (state.table?.rows ?? 0) - total
  const problems = job?.detail.kind === 'batch' ? job.detail.problems : 0
  if (running) {
    return (
      <PageFrame title={words.title}>
        {state.handing !== null ? <ProgressLine label={words.handing} done={state.handing} total={state.pdfs.length} /> : <ProgressLine label={words.checking} done={job?.progress.done ?? 0} total={job?.progress.total ?? total} />}
      </PageFrame>
    )
  }
  if (state.table === null || job === null || !isOver(job.state) || job.state !== 'done') return <PageFrame title={words.title}>{null}</PageFrame>
  return (
    <PageFrame title={words.title}>
      <MessageBar intent={problems === 0 ? 'success' : 'warning'} layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{problems === 0 ? words.fine(format.number(total)) : words.wrong(format.number(problems), format.number(total))}</MessageBarTitle>
          {problems === 0 ? words.fineBody : words.wrongBody}
          {!running && leftOut > 0 ? ` ${words.leftOutCount(format.number(leftOut))}` : ''}
        </MessageBarBody>
        {problems > 0 && (
          <MessageBarActions>
            <Button onClick={() => void batch.leaveOutProblems()}>{words.leaveOutProblems(format.number(problems))}</Button>
          </MessageBarActions>
        )}
      </MessageBar>
      <Rows key={job.id} batch={batch} tableId={state.table.id} problems={problems} />
    </PageFrame>
  )
}

function Rows({ batch, tableId, problems }: { readonly batch: Batch; readonly tableId: string; readonly problems: number }) {
  const { batches: { check: words }, ui, mail } = useText()
  const format = useFormat()
  const language = useLanguage()
  const caller = useCaller()
  const styles = useStyles()
  const [only, setOnly] = useState<'all' | 'problems'>(problems > 0 ? 'problems' : 'all')
  const [opened, setOpened] = useState(false)
  const ask = useCallback(
    async (offset: number, limit: number) => {
      const page = await caller.call('batches.rows', { id: tableId, only, offset, limit: Math.min(limit, 200) })
      return page.ok ? done({ rows: page.value.rows.map((row): ListedRow => ({ ...row, id: row.index })), total: page.value.total }) : page
    },
    [caller, tableId, only],
  )
  const live = usePagedRows<ListedRow>(`${tableId} ${only}`, ask, 'templates.changed')
  const { selection, rows, chooseAt, clear } = useRowSelection(live)
  const index = rows[0]?.index ?? null
  return (
    <>
      {problems > 0 && (
        <div className={styles.filters} role="group" aria-label={words.list}>
          {(['problems', 'all'] as const).map((each) => (
            <ToggleButton key={each} size="small" shape="circular" appearance={each === only ? 'primary' : 'outline'} checked={each === only} onClick={() => { clear(); setOnly(each) }}>{words[each]}</ToggleButton>
          ))}
        </div>
      )}
      <div className={styles.panes}>
        <TwoPanes
          opened={opened && index !== null}
          onBack={() => setOpened(false)}
          backWords={mail.backToList}
          list={
            <RowList
              label={words.list}
              of={live.of}
              rows={live.state}
              selection={selection}
              rowHeight={64}
              waitingWords={ui.loading}
              onShown={live.show}
              onChoose={(at) => chooseAt(at, 'one')}
              onOpen={() => setOpened(true)}
              renderRow={(row) => (
                <div className={styles.row}>
                  <Text truncate wrap={false} weight="semibold" title={row.to}>{row.to === '' ? words.row(format.number(row.row)) : row.to}</Text>
                  <Text size={200} className={styles.quiet}>{words.row(format.number(row.row))}</Text>
                  {row.leftOut ? (
                    <Text size={200} className={styles.quiet}>{words.leftOut}</Text>
                  ) : row.problems[0] === undefined ? (
                    <Text size={200} truncate wrap={false} title={row.subject}>{row.subject}</Text>
                  ) : (
                    <Text size={200} truncate wrap={false} className={styles.wrong} title={mailProblemWords(row.problems[0], language, format.day)}><ErrorCircleRegular aria-hidden /> {mailProblemWords(row.problems[0], language, format.day)}</Text>
                  )}
                </div>
              )}
            />
          }
          detail={index === null ? <EmptyState icon={<ErrorCircleRegular />} title={words.chooseRow} /> : <OneMail key={index} batch={batch} tableId={tableId} index={index} />}
        />
      </div>
    </>
  )
}

function OneMail({ batch, tableId, index }: { readonly batch: Batch; readonly tableId: string; readonly index: number }) {
  const { batches: { check: words } } = useText()
  const format = useFormat()
  const language = useLanguage()
  const styles = useStyles()
  const { state, act, leaveOut, correct } = batch
  const [correcting, setCorrecting] = useState(false)
  const [tested, setTested] = useState<string | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const caller = useCaller()
  const sendTest = async () => {
    const queued = await caller.call('batches.sendTest', { id: tableId, index })
    setFailure(queued.ok ? null : queued.failure)
    if (queued.ok) setTested(queued.value.recipients[0]?.address ?? '')
  }
  const seen = useAnswer('batches.mail', { id: tableId, index }).value
  if (seen === null) return null
  const name = seen.number ?? seen.file ?? ''
  const before = seen.problems.some(({ code }) => code === 'queued-before')
  const file = seen.file === null ? '' : seen.fileSize === null ? seen.file : `${seen.file} (${format.bytes(seen.fileSize)})`
  return (
    <section className={styles.detail} tabIndex={0} aria-label={words.previewLabel}>
      {seen.problems.length > 0 && (
        <MessageBar intent="error" layout="multiline"><MessageBarBody>{seen.problems.map((problem) => mailProblemWords(problem, language, format.day)).join(' ')}</MessageBarBody></MessageBar>
      )}
      {failure !== null && <FailureBar failure={failure} onDismiss={() => setFailure(null)} />}
      {tested !== null && <MessageBar intent="success" layout="multiline"><MessageBarBody>{words.tested(tested)}</MessageBarBody></MessageBar>}
      <div className={styles.filters}>
        {!seen.leftOut && <Button size="small" onClick={() => setCorrecting(true)}>{words.correct}</Button>}
        <Button size="small" onClick={() => void leaveOut(index, !seen.leftOut)}>{seen.leftOut ? words.takeIn : words.leaveOut}</Button>
        {seen.problems.length === 0 && <Button size="small" onClick={() => void sendTest()}>{words.test}</Button>}
        {before && !seen.leftOut && !state.again.includes(name) && <Button size="small" onClick={() => act({ do: 'again', name })}>{words.again(name)}</Button>}
      </div>
      {before && !seen.leftOut && state.again.includes(name) && <Text>{words.againChosen(name)}</Text>}
      {seen.corrected && <Text className={styles.quiet}>{words.corrected}</Text>}
      {correcting && <CorrectDialog mail={seen} mapping={state.mapping} rule={state.rule} onClose={() => setCorrecting(false)} onSave={(cells) => void correct(correctedTo(state.corrections, index, cells))} />}
      {seen.mail !== null && (
        <MailPaper
          lines={[[words.from, `${seen.from.name} <${seen.from.address}>`], [words.to, seen.to], [words.cc, seen.cc], [words.subject, seen.mail.subject], [words.attachment, file]]}
          text={seen.mail.text}
          html={seen.mail.html}
          label={words.previewLabel}
        />
      )}
    </section>
  )
}
