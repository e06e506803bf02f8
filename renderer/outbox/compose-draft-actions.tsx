/** What can be done with a draft in the outbox: go on writing it, or throw it away. */
import { ToolbarButton } from '@fluentui/react-components'
import { DeleteRegular, EditRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { OutgoingId } from '../../shared/model/outgoing-mail.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useText } from '../text/use-text.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'

export function DraftActions({ id }: { readonly id: OutgoingId }) {
  const { outbox: { compose: words } } = useText()
  const caller = useCaller()
  const { compose } = useNavigation()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <ToolbarButton appearance="primary" icon={<EditRegular />} onClick={() => compose({ draftId: id })}>{words.goOn}</ToolbarButton>
      <ToolbarButton icon={<DeleteRegular />} onClick={() => setAsking(true)}>{words.leave}</ToolbarButton>
      <ConfirmDialog
        open={asking}
        title={words.leaveTitle}
        confirm={words.leave}
        dangerous
        onClose={(confirmed) => {
          setAsking(false)
          if (confirmed) void caller.call('drafts.discard', { id })
        }}
      >
        {words.leaveBody}
      </ConfirmDialog>
    </>
  )
}
