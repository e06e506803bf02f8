/** Asks where a link goes, and what it says where nothing is chosen. */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import { useText } from '../text/use-text.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'
import { linkAddress } from './link-address.ts'

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM } })

export interface LinkHere {
  /** Empty = there is none yet. */
  readonly address: string
  /** Something is chosen that becomes the link. */
  readonly hasWords: boolean
}

export function LinkDialog(props: { readonly here: LinkHere; readonly onSet: (address: string, words: string) => void; readonly onRemove: () => void; readonly onClose: () => void }) {
  const { editor: words, ui } = useText()
  const styles = useStyles()
  const { here, onSet, onRemove, onClose } = props
  const [address, setAddress] = useState(here.address.replace(/^mailto:/i, ''))
  const [shown, setShown] = useState('')
  const [wrong, setWrong] = useState(false)

  const set = (event: FormEvent) => {
    event.preventDefault()
    // The form around the editor is none of this one's business.
    event.stopPropagation()
    const goes = linkAddress(address)
    if (goes === null) setWrong(true)
    else onSet(goes, shown.trim() === '' ? address.trim() : shown.trim())
  }
  return (
    <ModalDialog open onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface>
        <form noValidate onSubmit={set}>
          <DialogBody>
            <DialogTitle>{words.linkTitle}</DialogTitle>
            <DialogContent className={styles.content}>
              <Field label={words.linkAddress} {...(wrong ? { validationState: 'error' as const, validationMessage: words.linkWrong } : {})}>
                <Input value={address} autoFocus autoComplete="off" spellCheck={false} onChange={(_, { value }) => { setAddress(value); setWrong(false) }} />
              </Field>
              {!here.hasWords && here.address === '' && <Field label={words.linkWords}><Input value={shown} autoComplete="off" onChange={(_, { value }) => setShown(value)} /></Field>}
            </DialogContent>
            <DialogActions fluid>
              {here.address !== '' && <Button onClick={onRemove}>{words.linkRemove}</Button>}
              <Button onClick={onClose}>{ui.cancel}</Button>
              <Button appearance="primary" type="submit">{words.linkSet}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </ModalDialog>
  )
}
