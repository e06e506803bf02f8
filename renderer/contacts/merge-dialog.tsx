/** Finds the other contact that is the same person, and merges the two. */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components'
import { useDeferredValue, useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import type { ContactId, ContactView } from '../../shared/model/contact.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'
import { SearchField } from '../ui/search-field.tsx'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  found: { minHeight: '160px', maxHeight: '34vh', overflowY: 'auto' },
})

const shown = 20

export function MergeDialog(props: { readonly contact: ContactView; readonly onClose: (merged: ContactView | null) => void }) {
  const { contacts, ui } = useText()
  const styles = useStyles()
  const caller = useCaller()
  const { contact, onClose } = props
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<ContactId | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const found = useAnswer('contacts.list', { search: useDeferredValue(typed.trim()), limit: shown + 1 }, { keepPrevious: true })
  const others = (found.value?.contacts ?? []).filter(({ id }) => id !== contact.id).slice(0, shown)
  const merge = async () => {
    if (chosen === null) return
    const outcome = await caller.call('contacts.merge', { into: contact.id, others: [chosen] })
    if (outcome.ok) onClose(outcome.value)
    else setFailure(outcome.failure)
  }
  const words = contacts.merging
  return (
    <ModalDialog open onOpenChange={(_, data) => !data.open && onClose(null)}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{words.title(contact.name)}</DialogTitle>
          <DialogContent className={styles.content}>
            <Text>{words.body}</Text>
            <SearchField label={words.find} typed={typed} onType={setTyped} />
            <div className={styles.found}>
              {others.length === 0 && found.state === 'ready' && <Text role="status">{contacts.empty.nothingFound}</Text>}
              <RadioGroup aria-label={words.same} value={String(chosen ?? '')} onChange={(_, data) => setChosen(Number(data.value))}>
                {others.map(({ id, name, addresses }) => (
                  <Radio key={id} value={String(id)} label={addresses[0] === name ? name : `${name} (${addresses.join(', ')})`} />
                ))}
              </RadioGroup>
            </div>
            {failure !== null && <FailureBar failure={failure} />}
          </DialogContent>
          <DialogActions fluid>
            <Button onClick={() => onClose(null)}>{ui.cancel}</Button>
            <Button appearance="primary" disabled={chosen === null || others.every(({ id }) => id !== chosen)} onClick={() => void merge()}>{words.confirm}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </ModalDialog>
  )
}
