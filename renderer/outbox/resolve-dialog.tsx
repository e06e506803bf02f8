/** A mail whose outcome is unknown: the facts, and a person's word on what happened. Never decided by the program. */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, Text, tokens } from '@fluentui/react-components'
import { CheckmarkCircleRegular, SendRegular } from '@fluentui/react-icons'
import type { ReactElement } from 'react'
import { explain } from '../../shared/failures/catalogue.ts'
import type { OutgoingView } from '../../shared/model/outgoing-mail.ts'
import { copySentence, sentCopyWords } from '../../shared/words/sent-copies.ts'
import { useFormat, useLanguage, useText } from '../text/use-text.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  facts: { display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', columnGap: tokens.spacingHorizontalM, rowGap: tokens.spacingVerticalXS, margin: 0, padding: tokens.spacingHorizontalM, backgroundColor: tokens.colorNeutralBackground3, borderRadius: tokens.borderRadiusMedium },
  term: { color: tokens.colorNeutralForeground2 },
  fact: { margin: 0, overflowWrap: 'anywhere' },
  choices: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  choice: { justifyContent: 'flex-start', textAlign: 'start', padding: tokens.spacingHorizontalM },
  words: { display: 'flex', flexDirection: 'column' },
  hint: { color: tokens.colorNeutralForeground2 },
})

export function ResolveDialog(props: { readonly mail: OutgoingView; readonly onResolve: (outcome: 'was-sent' | 'was-not-sent') => void; readonly onClose: () => void }) {
  const { outbox, sending } = useText()
  const format = useFormat()
  const language = useLanguage()
  const styles = useStyles()
  const { mail, onResolve, onClose } = props
  const handed = mail.history.findLast(({ state }) => state === 'submitting')?.at
  // Brought back by a copy of the data folder: there was no connection that ended.
  const why = mail.failure?.code === 'outbox.older-copy' ? explain(mail.failure, language).cause : outbox.resolve.body
  const server = mail.failure?.evidence.host
  const facts = [
    ...(handed === undefined ? [] : [[outbox.resolve.handed, format.fullDate(handed)]]),
    [outbox.resolve.to, mail.recipients.map(({ address }) => address).join(', ')],
    ...(server === undefined ? [] : [[outbox.resolve.server, server]]),
    [outbox.messageId, mail.messageId],
    [sending.looked, mail.sentCopy === null ? sending.notLooked : `${copySentence(mail.sentCopy, sentCopyWords[language]) ?? ''} (${format.fullDate(mail.sentCopy.at)})`],
  ] as const
  return (
    <ModalDialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{outbox.resolve.title}</DialogTitle>
          <DialogContent className={styles.content}>
            <span>{why}</span>
            <dl className={styles.facts}>
              {facts.map(([name, value]) => (
                <div key={name} style={{ display: 'contents' }}>
                  <dt className={styles.term}>{name}</dt>
                  <dd className={styles.fact}>{value}</dd>
                </div>
              ))}
            </dl>
            <Text weight="semibold">{outbox.resolve.lookFirst}</Text>
            <div className={styles.choices}>
              <Choice icon={<CheckmarkCircleRegular />} words={outbox.resolve.wasSent} hint={outbox.resolve.wasSentHint} onClick={() => onResolve('was-sent')} />
              <Choice icon={<SendRegular />} words={outbox.resolve.wasNotSent} hint={outbox.resolve.wasNotSentHint} onClick={() => onResolve('was-not-sent')} />
            </div>
          </DialogContent>
          <DialogActions fluid>
            <Button appearance="primary" onClick={onClose}>{outbox.resolve.later}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </ModalDialog>
  )
}

function Choice(props: { readonly icon: ReactElement; readonly words: string; readonly hint: string; readonly onClick: () => void }) {
  const styles = useStyles()
  return (
    <Button className={styles.choice} size="large" icon={props.icon} onClick={props.onClick}>
      <span className={styles.words}>
        <span>{props.words}</span>
        <Text size={200} className={styles.hint}>{props.hint}</Text>
      </span>
    </Button>
  )
}
