/** The window of a batch: stages at the left, one page, and Back, Next. Escape asks before anything is lost. */
import { Button, makeStyles, mergeClasses, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { CheckmarkFilled, MailInboxAllRegular } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import { isOver } from '../../shared/model/job.ts'
import type { TemplateId } from '../../shared/model/template.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { canSend } from '../../shared/model/account.ts'
import { useNavigation } from '../shell/navigate.tsx'
import { useFormat, useText } from '../text/use-text.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { type BatchStep, mayGoOn } from './batch-state.ts'
import { CheckPage } from './check-page.tsx'
import { FilePage } from './file-page.tsx'
import { LetterPage } from './letter-page.tsx'
import { QueuePage } from './queue-page.tsx'
import { useBatch } from './use-batch.ts'

const steps: readonly BatchStep[] = ['file', 'letter', 'check', 'queue']

const useStyles = makeStyles({
  root: { display: 'flex', flexGrow: 1, minHeight: 0, backgroundColor: tokens.colorNeutralBackground4 },
  stages: { width: 'clamp(150px, 18vw, 236px)', flexShrink: 0, boxSizing: 'border-box', padding: tokens.spacingHorizontalL, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXL },
  brand: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  logo: { fontSize: '28px', lineHeight: 1, display: 'flex', color: tokens.colorBrandForeground1 },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  stage: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalM, color: tokens.colorNeutralForeground2 },
  dot: { width: '28px', height: '28px', borderRadius: tokens.borderRadiusCircular, boxSizing: 'border-box', display: 'grid', placeItems: 'center', flexShrink: 0, border: `2px solid ${tokens.colorNeutralStroke1}`, fontSize: tokens.fontSizeBase200 },
  hereDot: { border: `2px solid ${tokens.colorBrandForeground1}`, color: tokens.colorBrandForeground1 },
  pastDot: { border: 'none', backgroundColor: tokens.colorBrandBackground, color: tokens.colorNeutralForegroundOnBrand, fontSize: '16px' },
  main: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0, minHeight: 0, backgroundColor: tokens.colorNeutralBackground1, boxShadow: tokens.shadow4, borderTopLeftRadius: tokens.borderRadiusXLarge, borderBottomLeftRadius: tokens.borderRadiusXLarge, overflow: 'hidden' },
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: `${tokens.spacingVerticalXXL} ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalL}` },
  foot: { display: 'flex', flexWrap: 'wrap', justifyContent: 'flex-end', gap: tokens.spacingHorizontalS, flexShrink: 0, padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXXL}`, borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
})

export function BatchWizard({ templateId, onClose }: { readonly templateId: TemplateId | null; readonly onClose: () => void }) {
  const { batches: words, shell, ui } = useText()
  const format = useFormat()
  const styles = useStyles()
  const { openBatch } = useNavigation()
  const batch = useBatch(templateId)
  const { state, act, job, start } = batch
  const [leaving, setLeaving] = useState(false)
  const templates = useAnswer('templates.list', {}, { refreshOn: ['templates.changed'] }).value?.templates ?? null
  const overviews = useAnswer('accounts.list', {}, { refreshOn: ['accounts.changed'] }).value?.accounts ?? null
  const senders = (overviews ?? []).filter(({ account }) => canSend(account))

  // What most people want is chosen already.
  const firstSender = (senders.find(({ isDefault }) => isDefault) ?? senders[0])?.account.id ?? null
  const firstTemplate = templates?.find(({ documentType }) => documentType === 'invoice')?.id ?? templates?.[0]?.id ?? null
  useEffect(() => {
    if (state.accountId === null && firstSender !== null) act({ do: 'choose', change: { accountId: firstSender } })
    if (state.templateId === null && firstTemplate !== null) act({ do: 'choose', change: { templateId: firstTemplate } })
  }, [state.accountId, state.templateId, firstSender, firstTemplate, act])

  const running = state.handing !== null || (state.jobId !== null && (job === null || !isOver(job.state)))
  const detail = job?.detail.kind === 'batch' ? job.detail : null
  const done = state.step === 'queue' && job?.state === 'done' && detail !== null && detail.batchId !== null
  const checkedWell = state.step === 'check' && job?.state === 'done' && detail?.problems === 0
  const close = () => (done || state.table === null ? onClose() : setLeaving(true))
  const leave = (confirmed: boolean) => {
    setLeaving(false)
    if (!confirmed) return
    batch.cancel()
    onClose()
  }
  const back = () => act({ do: 'go', step: steps[Math.max(0, steps.indexOf(state.step) - 1)] ?? 'file' })
  const at = steps.indexOf(state.step)
  const failure = state.failure ?? (state.step !== 'queue' && job?.state === 'failed' ? job.failure : null)

  return (
    <div className={styles.root} onKeyDown={(event) => {
      const { target, currentTarget } = event
      if (event.key === 'Escape' && target instanceof Element && currentTarget.contains(target) && target.getAttribute('aria-expanded') !== 'true' && !running) close()
    }}>
      <aside className={styles.stages} aria-label={words.progress}>
        <div className={styles.brand}>
          <span className={styles.logo} aria-hidden><MailInboxAllRegular /></span>
          <Subtitle2>{shell.program}</Subtitle2>
        </div>
        <ol className={styles.list}>
          {steps.map((step, index) => (
            <li key={step} className={styles.stage} aria-current={index === at ? 'step' : undefined}>
              <span className={mergeClasses(styles.dot, index === at && styles.hereDot, (index < at || done) && styles.pastDot)} aria-hidden>{index < at || done ? <CheckmarkFilled /> : index + 1}</span>
              <Text weight={index === at ? 'semibold' : 'regular'}>{words.stages[step]}</Text>
            </li>
          ))}
        </ol>
      </aside>
      <main className={styles.main} aria-label={words.title}>
        <div key={state.step} className={styles.content}>
          {failure !== null && <FailureBar failure={failure} onDismiss={() => act({ do: 'failed', failure: null })} />}
          {state.step === 'file' && <FilePage batch={batch} />}
          {state.step === 'letter' && <LetterPage batch={batch} templates={templates} senders={overviews === null ? null : senders} />}
          {state.step === 'check' && <CheckPage batch={batch} running={running} />}
          {state.step === 'queue' && <QueuePage batch={batch} running={running} />}
        </div>
        <footer className={styles.foot}>
          {at > 0 && !running && !done && <Button onClick={back}>{words.buttons.back}</Button>}
          {state.step === 'file' && <Button appearance="primary" disabled={!mayGoOn(state)} onClick={() => act({ do: 'go', step: 'letter' })}>{words.buttons.next}</Button>}
          {state.step === 'letter' && <Button appearance="primary" disabled={!mayGoOn(state)} onClick={() => void start('check')}>{words.buttons.check}</Button>}
          {state.step === 'check' && !running && !checkedWell && <Button onClick={() => void start('check')}>{words.check.recheck}</Button>}
          {state.step === 'check' && <Button appearance="primary" disabled={!checkedWell || running || job.progress.total === 0} onClick={() => void start('queue')}>{words.buttons.queue(format.number(checkedWell ? (job.progress.total ?? 0) : (state.table?.rows ?? 0)))}</Button>}
          {done && <Button onClick={batch.anew}>{words.queue.another}</Button>}
          {done && <Button appearance="primary" onClick={() => { openBatch(detail.batchId); onClose() }}>{words.queue.show}</Button>}
          {running ? <Button onClick={batch.cancel}>{ui.cancel}</Button> : <Button onClick={close}>{words.buttons.close}</Button>}
        </footer>
      </main>
      <ConfirmDialog open={leaving} title={words.leaveTitle} confirm={words.buttons.leave} cancel={words.buttons.stay} onClose={leave}>{words.leaveBody}</ConfirmDialog>
    </div>
  )
}
