/** A contact typed by hand, new or changed. What the store refuses stands beside its field; nothing typed is lost over it. */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import type { ContactView } from '../../shared/model/contact.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ParagraphField, TextField } from '../ui/field.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'
import { addressesIn, problemOf } from './contact-form.ts'

const useStyles = makeStyles({ form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM } })

export interface ContactSubject {
  /** null = a new one. */
  readonly contact: ContactView | null
  readonly name?: string
  readonly address?: string
}

export function ContactDialog(props: { readonly subject: ContactSubject; readonly onClose: (saved: ContactView | null) => void }) {
  const { contacts, ui } = useText()
  const styles = useStyles()
  const caller = useCaller()
  const { subject, onClose } = props
  const { contact } = subject
  const [name, setName] = useState(contact?.typedName ?? subject.name ?? '')
  const [addresses, setAddresses] = useState(contact?.addresses.join('\n') ?? subject.address ?? '')
  const [note, setNote] = useState(contact?.note ?? '')
  const [failure, setFailure] = useState<Failure | null>(null)
  const [saving, setSaving] = useState(false)

  const save = async () => {
    setSaving(true)
    const draft = { name, note, addresses: [...addressesIn(addresses)] }
    const outcome = contact === null ? await caller.call('contacts.create', draft) : await caller.call('contacts.change', { id: contact.id, draft })
    setSaving(false)
    if (outcome.ok) onClose(outcome.value)
    else setFailure(outcome.failure)
  }
  const words = contacts.form
  return (
    <ModalDialog open onOpenChange={(_, data) => !data.open && data.type === 'escapeKeyDown' && onClose(null)}>
      <DialogSurface>
        <form onSubmit={(event) => { event.preventDefault(); void save() }}>
          <DialogBody>
            <DialogTitle>{contact === null ? words.addTitle : words.changeTitle(contact.name)}</DialogTitle>
            <DialogContent className={styles.form}>
              <TextField label={words.name} hint={words.nameHint} value={name} onChange={setName} autoFocus problem={problemOf(failure, 'name')} {...(contact === null ? {} : { placeholder: contact.name })} />
              <ParagraphField label={words.addresses} hint={words.addressesHint} rows={2} required value={addresses} onChange={setAddresses} problem={problemOf(failure, 'addresses')} />
              <ParagraphField label={words.note} rows={3} value={note} onChange={setNote} problem={problemOf(failure, 'note')} />
              {failure !== null && failure.code !== 'input.invalid' && <FailureBar failure={failure} />}
            </DialogContent>
            <DialogActions fluid>
              <Button onClick={() => onClose(null)}>{ui.cancel}</Button>
              <Button appearance="primary" type="submit" disabled={saving}>{words.save}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </ModalDialog>
  )
}
