/** What is asked for with one mail (C5, D7): private, a read receipt, a delivery report. What the account always asks for is ticked already. */
import { Button, Menu, MenuItemCheckbox, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { OptionsRegular } from '@fluentui/react-icons'
import type { Account } from '../../shared/model/account.ts'
import { useText } from '../text/use-text.tsx'
import type { ComposeAction, Wishes } from './compose-state.ts'

const names = ['private', 'readReceipt', 'deliveryReport'] as const
type Name = (typeof names)[number]

/** Ticked: what this mail says, else what its account always does. */
export function isWished(name: Name, wishes: Wishes, { privacy, sending }: Pick<Account, 'privacy' | 'sending'>): boolean {
  if (name === 'private') return wishes.private ?? privacy.outgoing
  if (name === 'readReceipt') return (wishes.readReceipt ?? sending.readReceipt) !== 'none'
  return wishes.deliveryReport ?? sending.deliveryReport
}

/** What ticking or unticking one of them makes of the wishes. */
export function withWish(name: Name, on: boolean, wishes: Wishes, { user, sending }: Pick<Account, 'user' | 'sending'>): Wishes {
  if (name !== 'readReceipt') return { ...wishes, [name]: on }
  const usual = sending.readReceipt === 'none' ? (user.replyToAddress === '' ? 'account' : 'reply-to') : sending.readReceipt
  return { ...wishes, readReceipt: on ? usual : 'none' }
}

export function ComposeOptions({ account, wishes, change }: { readonly account: Account; readonly wishes: Wishes; readonly change: (action: ComposeAction) => void }) {
  const { outbox } = useText()
  const words = outbox.compose.options
  const ticked = names.filter((name) => isWished(name, wishes, account))
  return (
    <Menu
      // In the dialog, which is where a screen reader looks for it.
      inline
      positioning="above-start"
      checkedValues={{ wishes: ticked }}
      onCheckedValueChange={(_, { checkedItems }) => {
        const toggled = names.find((name) => ticked.includes(name) !== checkedItems.includes(name))
        if (toggled !== undefined) change({ do: 'wish', wishes: withWish(toggled, checkedItems.includes(toggled), wishes, account) })
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button icon={<OptionsRegular />}>{ticked.length === 0 ? words.title : words.chosen(String(ticked.length))}</Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {names.map((name) => <MenuItemCheckbox key={name} name="wishes" value={name}>{words[name]}</MenuItemCheckbox>)}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
