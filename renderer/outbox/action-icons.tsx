/** The picture of each thing that can be done with a mail. */
import { ArrowRepeatAllRegular, ArrowResetRegular, CheckmarkRegular, DismissRegular, PauseRegular, PlayRegular, QuestionCircleRegular, SendRegular } from '@fluentui/react-icons'
import type { ReactElement } from 'react'
import type { MailAction } from './mail-actions.ts'

export const actionIcons: Readonly<Record<MailAction, ReactElement>> = {
  send: <SendRegular />,
  reset: <ArrowResetRegular />,
  clear: <CheckmarkRegular />,
  hold: <PauseRegular />,
  release: <PlayRegular />,
  cancel: <DismissRegular />,
  resolve: <QuestionCircleRegular />,
  resend: <ArrowRepeatAllRegular />,
  dismiss: <DismissRegular />,
}
