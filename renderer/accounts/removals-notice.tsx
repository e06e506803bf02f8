/** Says that an account's removals wait for somebody to look at them; nothing is removed before. */
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useFormat, useText } from '../text/use-text.tsx'

const useStyles = makeStyles({ title: { display: 'block' } })

export function RemovalsNotice({ count, name, onLook }: { readonly count: number; readonly name: string; readonly onLook: () => void }) {
  const { removals } = useText().accounts
  const format = useFormat()
  const styles = useStyles()
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle className={styles.title}>{count === 0 ? removals.waiting : removals.wouldRemove(count, format.number(count))}</MessageBarTitle>
        {removals.untilAgreed}
      </MessageBarBody>
      <MessageBarActions>
        <Button aria-label={removals.lookAt(name)} onClick={onLook}>{removals.look}</Button>
      </MessageBarActions>
    </MessageBar>
  )
}
