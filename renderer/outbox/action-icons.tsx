/** The picture of each thing that can be done with a mail. */
import { ArrowRepeatAllRegular, ArrowResetRegular, CheckmarkCircleRegular, CheckmarkRegular, DismissRegular, PauseRegular, PlayRegular, QuestionCircleRegular, SendRegular } from '@fluentui/react-icons'
import type { ReactElement } from 'react'
import type { BulkAction, MailAction } from './mail-actions.ts'

export const actionIcons: Readonly<Record<MailAction | BulkAction, ReactElement>> = {
  send: <SendRegular />,
  reset: <ArrowResetRegular />,
  clear: <CheckmarkRegular />,
  hold: <PauseRegular />,
  release: <PlayRegular />,
  cancel: <DismissRegular />,
  resolve: <QuestionCircleRegular />,
  'was-sent': <CheckmarkCircleRegular />,
  'was-not-sent': <SendRegular />,
  resend: <ArrowRepeatAllRegular />,
  dismiss: <DismissRegular />,
}
