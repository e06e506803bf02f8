/** Sends as chosen: now, with the next run, not before a time, or only when released. */
import { Menu, type MenuButtonProps, MenuItemRadio, MenuList, MenuPopover, MenuTrigger, SplitButton } from '@fluentui/react-components'
import { SendRegular } from '@fluentui/react-icons'
import { useText } from '../text/use-text.tsx'
import type { When } from './compose-state.ts'

const ways: readonly When[] = ['now', 'queue', 'later', 'hold']

export function SendButton(props: { readonly when: When; readonly disabled: boolean; readonly onWhen: (when: When) => void; readonly onSend: () => void }) {
  const { outbox } = useText()
  const words = outbox.compose
  const { when, disabled, onWhen, onSend } = props
  return (
    <Menu
      positioning="above-start"
      checkedValues={{ when: [when] }}
      onCheckedValueChange={(_, { checkedItems }) => {
        const chosen = ways.find((way) => way === checkedItems[0])
        if (chosen !== undefined) onWhen(chosen)
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        {(trigger) => (
          <SplitButton appearance="primary" icon={<SendRegular />} disabled={disabled} menuButton={{ ...(trigger as MenuButtonProps), 'aria-label': words.moreWays }} primaryActionButton={{ onClick: onSend }}>
            {words.whenButton[when]}
          </SplitButton>
        )}
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {ways.map((way) => (
            <MenuItemRadio key={way} name="when" value={way}>{words.when[way]}</MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
