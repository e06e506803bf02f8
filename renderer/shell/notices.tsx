/** What Mailroom has to say by itself, such as a settings file that was set aside: bars above the screen until dismissed. */
import { makeStyles, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { z } from 'zod'
import type { noticeSchema } from '../../shared/contract/methods.ts'
import { useCaller, useEvent } from '../bridge/use-caller.tsx'
import { useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'

type Notice = z.infer<typeof noticeSchema>

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, maxHeight: '40vh', overflowY: 'auto', flexShrink: 0, padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM} 0` },
})

export interface NoticeList {
  readonly notices: readonly Notice[]
  readonly dismiss: (id: string) => void
}

/** Kept where it outlives the screens: what was dismissed over one of them is not said again over the next. */
export function useNotices(initial: readonly Notice[]): NoticeList {
  const caller = useCaller()
  const [notices, setNotices] = useState(initial)
  useEvent('notice.added', (notice) => setNotices((all) => [...all.filter(({ id }) => id !== notice.id), notice]))
  return {
    notices,
    dismiss(id) {
      setNotices((all) => all.filter((notice) => notice.id !== id))
      void caller.call('app.dismissNotice', { id })
    },
  }
}

export function Notices({ notices, dismiss }: NoticeList) {
  const { shell } = useText()
  const styles = useStyles()
  if (notices.length === 0) return null
  return (
    <section className={styles.root} aria-label={shell.notices}>
      {notices.map(({ id, failure }) => (
        <FailureBar key={id} failure={failure} intent="warning" onDismiss={() => dismiss(id)} />
      ))}
    </section>
  )
}
