/** Queues that do not move, each for one reason: how many mails wait, why, and when it is tried next. */
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, tokens } from '@fluentui/react-components'
import { SendRegular } from '@fluentui/react-icons'
import { explain } from '../../shared/failures/catalogue.ts'
import type { AccountId } from '../../shared/model/account.ts'
import { isOver } from '../../shared/model/job.ts'
import { outgoingWords } from '../../shared/words/outgoing-mail.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useEvent } from '../bridge/use-caller.tsx'
import { useFormat, useLanguage, useText } from '../text/use-text.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, maxHeight: '30vh', overflowY: 'auto', padding: `0 ${tokens.spacingHorizontalXL} ${tokens.spacingVerticalM}` },
  bar: { flexShrink: 0, paddingTop: tokens.spacingVerticalXS, paddingBottom: tokens.spacingVerticalXS },
  body: { display: 'flex', flexDirection: 'column', whiteSpace: 'normal', overflowWrap: 'anywhere' },
  paragraph: { margin: 0, maxWidth: '75ch' },
})

export function HeldUpQueues(props: { readonly accountId: AccountId | null; readonly nameOf: (id: AccountId) => string; readonly onTry: (id: AccountId) => void }) {
  const { outbox } = useText()
  const language = useLanguage()
  const format = useFormat()
  const styles = useStyles()
  const { accountId, nameOf, onTry } = props
  const heldUp = useAnswer('outbox.heldUp', {}, { refreshOn: ['outbox.changed', 'accounts.changed'], keepPrevious: true })
  useEvent('job.changed', (job) => {
    if (job.kind === 'send-mail' && (isOver(job.state) || job.progress.done === 0)) heldUp.refresh()
  })
  const queues = (heldUp.value?.queues ?? []).filter((queue) => accountId === null || queue.accountId === accountId)
  if (queues.length === 0) return null
  const said = outgoingWords[language]
  return (
    <section className={styles.root} aria-label={outbox.heldUp.label}>
      {queues.map(({ accountId: id, waiting, failure, nextAt }) => {
        const { title, remedy } = explain(failure, language)
        return (
          <MessageBar key={id} intent="warning" layout="multiline" className={styles.bar} data-failure={failure.code}>
            <MessageBarBody className={styles.body}>
              <MessageBarTitle>{failure.evidence.host === undefined ? title : `${title}: ${failure.evidence.host}`}</MessageBarTitle>
              <p className={styles.paragraph}>{said.waiting(format.number(waiting), waiting === 1, nameOf(id))} {nextAt === null ? said.notByItself : said.nextTry(format.shortDate(nextAt))}</p>
              <p className={styles.paragraph}>{remedy}</p>
            </MessageBarBody>
            <MessageBarActions>
              <Button icon={<SendRegular />} onClick={() => onTry(id)}>{outbox.heldUp.tryNow}</Button>
            </MessageBarActions>
          </MessageBar>
        )
      })}
    </section>
  )
}
