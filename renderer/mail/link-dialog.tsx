/** Shows where a link of a message really goes, before anything is opened. */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, MessageBar, MessageBarBody, tokens } from '@fluentui/react-components'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useText } from '../text/use-text.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'
import { judgeLink, type LinkJudgement } from './judge-link.ts'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  address: {
    fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere', maxHeight: '8em', overflowY: 'auto', padding: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground3, borderRadius: tokens.borderRadiusMedium,
  },
})

export interface LinkOfMessage {
  readonly text: string
  readonly address: string
}

export function LinkDialog(props: { readonly link: LinkOfMessage; readonly onClose: () => void }) {
  const { mail } = useText()
  const caller = useCaller()
  const { say } = useNavigation()
  const styles = useStyles()
  const { link, onClose } = props
  const judged = judgeLink(link.text, link.address)

  const open = () => {
    void caller.call('app.openLink', { url: judged.url })
    onClose()
  }
  const copy = () => {
    void navigator.clipboard.writeText(judged.url).then(() => say(mail.link.copied))
    onClose()
  }

  return (
    <ModalDialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{mail.link.title}</DialogTitle>
          <DialogContent className={styles.content}>
            {judged.opens === 'web' && judged.claims !== null && (
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>{mail.link.claims(judged.claims, judged.host)}</MessageBarBody>
              </MessageBar>
            )}
            <span>{mail.link.goes}</span>
            <div className={styles.address} tabIndex={0}>
              <Address judged={judged} />
            </div>
            {judged.opens === 'nothing' && <span>{judged.why === 'not-encrypted' ? mail.link.notEncrypted : mail.link.notAWebAddress}</span>}
          </DialogContent>
          <DialogActions fluid>
            <Button onClick={copy}>{mail.link.copy}</Button>
            <Button appearance={judged.opens === 'nothing' ? 'primary' : 'secondary'} onClick={onClose}>
              {mail.link.close}
            </Button>
            {judged.opens !== 'nothing' && (
              <Button appearance="primary" onClick={open}>
                {judged.opens === 'mail' ? mail.link.write : mail.link.open}
              </Button>
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </ModalDialog>
  )
}

/** The host is what counts, so it stands out. */
function Address({ judged }: { readonly judged: LinkJudgement }) {
  if (judged.opens !== 'web') return judged.opens === 'mail' ? judged.address : judged.url
  const at = judged.url.indexOf(judged.host)
  return (
    <>
      {judged.url.slice(0, at)}
      <strong>{judged.host}</strong>
      {judged.url.slice(at + judged.host.length)}
    </>
  )
}
