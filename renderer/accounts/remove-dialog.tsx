/** Asks before an account goes, and what becomes of the mail fetched for it. Keeping is what happens unless one says otherwise. */
import { Field as FluentField, makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { AccountOverview } from '../../shared/contract/methods.ts'
import { useFormat, useText } from '../text/use-text.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'

const useStyles = makeStyles({ content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM } })

export function RemoveDialog(props: { readonly overview: AccountOverview; readonly onClose: (mail: 'keep' | 'delete' | null) => void }) {
  const { removing } = useText().accounts
  const format = useFormat()
  const styles = useStyles()
  const [mail, setMail] = useState<'keep' | 'delete'>('keep')
  const { overview, onClose } = props
  return (
    <ConfirmDialog open dangerous title={removing.title(overview.account.name)} confirm={removing.confirm} onClose={(confirmed) => onClose(confirmed ? mail : null)}>
      <div className={styles.content}>
        <Text>{removing.body}</Text>
        {overview.messageCount > 0 && (
          <FluentField label={removing.mail(format.number(overview.messageCount))}>
            <RadioGroup value={mail} onChange={(_, data) => setMail(data.value === 'delete' ? 'delete' : 'keep')}>
              <Radio value="keep" label={removing.keep} />
              <Radio value="delete" label={removing.delete} />
            </RadioGroup>
          </FluentField>
        )}
      </div>
    </ConfirmDialog>
  )
}
