/** B7: asks the account's server whether mail may go out under another address, and says what that proves. No mail is sent. */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, MessageBar, MessageBarBody, Spinner, Text, tokens } from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import type { Account } from '../../shared/model/account.ts'
import type { FieldProblemCode } from '../../shared/model/field-problem.ts'
import { isOver, type JobId } from '../../shared/model/job.ts'
import { isMailAddress } from '../../shared/model/text-field.ts'
import { levelWords } from '../../shared/words/levels.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useJob } from '../bridge/use-job.ts'
import { useLanguage, useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { TextField } from '../ui/field.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM } })

export function SendAsDialog({ account, onClose }: { readonly account: Account; readonly onClose: () => void }) {
  const { accounts: { sendAs: words }, ui } = useText()
  const shared = levelWords[useLanguage()]
  const styles = useStyles()
  const caller = useCaller()
  const [address, setAddress] = useState(account.user.replyToAddress)
  const [asked, setAsked] = useState<{ readonly address: string; readonly jobId: JobId } | null>(null)
  const [problem, setProblem] = useState<FieldProblemCode | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const job = useJob(asked?.jobId ?? null)
  const running = asked !== null && (job === null || !isOver(job.state))
  const steps = job?.detail.kind === 'check-account' ? job.detail.steps : []
  const answer = steps.find(({ step }) => step === 'send-as')
  const reason = failure ?? steps.find((step) => step.side === 'outgoing' && step.failure !== null)?.failure ?? null

  const ask = async (event: FormEvent) => {
    event.preventDefault()
    const sendAs = address.trim()
    const wrong = sendAs === '' ? 'empty' : isMailAddress(sendAs) ? null : 'not-an-address'
    setProblem(wrong)
    if (running || wrong !== null) return
    const started = await caller.call('accounts.check', { subject: { is: 'account', id: account.id }, sendAs })
    setFailure(started.ok ? null : started.failure)
    setAsked(started.ok ? { address: sendAs, jobId: started.value.jobId } : null)
  }
  return (
    <ModalDialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <form noValidate onSubmit={(event) => void ask(event)}>
          <DialogBody>
            <DialogTitle>{words.title(account.name)}</DialogTitle>
            <DialogContent className={styles.content}>
              <Text>{words.body}</Text>
              <TextField label={words.address} type="email" required value={address} onChange={setAddress} problem={problem} />
              {running && <Spinner size="tiny" label={words.asking} />}
              {!running && reason !== null && <FailureBar failure={reason} />}
              {!running && answer?.state === 'done' && asked !== null && (
                <MessageBar intent="success" layout="multiline">
                  <MessageBarBody>{`${shared.sendAsYes(asked.address)} ${shared.sendAsOpen}`}</MessageBarBody>
                </MessageBar>
              )}
            </DialogContent>
            <DialogActions fluid>
              <Button onClick={onClose}>{ui.close}</Button>
              <Button type="submit" appearance="primary">{words.ask}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </ModalDialog>
  )
}
