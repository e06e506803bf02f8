/**
 * Where the mails stand, to show only some of them: as many as fit beside each other, and the rest in a menu. On one line, however
 * narrow the window is, so that the list below keeps its place.
 */
import { makeStyles, Menu, MenuButton, MenuItemRadio, MenuList, MenuPopover, MenuTrigger, Overflow, OverflowItem, ToggleButton, tokens, useIsOverflowItemVisible, useOverflowMenu } from '@fluentui/react-components'
import { useFormat, useText } from '../text/use-text.tsx'
import type { GroupCount, StateGroup } from './state-groups.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flex: '1 1 200px', minWidth: 0, gap: tokens.spacingHorizontalXS, overflow: 'hidden', padding: '2px' },
  item: { flexShrink: 0, minWidth: 'auto', whiteSpace: 'nowrap' },
  count: { marginLeft: tokens.spacingHorizontalXS, fontVariantNumeric: 'tabular-nums', fontWeight: tokens.fontWeightRegular },
})

const troubles: ReadonlySet<StateGroup> = new Set(['error', 'unknown', 'bounced', 'partly'])

interface Props {
  readonly groups: readonly GroupCount[]
  readonly chosen: StateGroup
  readonly onChoose: (group: StateGroup) => void
}

export function GroupBar(props: Props) {
  const { outbox } = useText()
  const format = useFormat()
  const styles = useStyles()
  const { groups, chosen, onChoose } = props
  return (
    // What is wanted or went wrong stays in sight longest.
    <Overflow padding={40}>
      <div className={styles.root} role="group" aria-label={outbox.groupsLabel}>
        {groups.map(({ group, count }) => (
          <OverflowItem key={group} id={group} priority={group === chosen || group === 'all' ? 2 : troubles.has(group) ? 1 : 0}>
            <ToggleButton className={styles.item} size="small" shape="circular" appearance={group === chosen ? 'primary' : 'outline'} checked={group === chosen} onClick={() => onChoose(group)}>
              {outbox.groups[group]} <span className={styles.count}>{format.number(count)}</span>
            </ToggleButton>
          </OverflowItem>
        ))}
        <MoreGroups {...props} />
      </div>
    </Overflow>
  )
}

function MoreGroups({ groups, chosen, onChoose }: Props) {
  const { outbox } = useText()
  const format = useFormat()
  const styles = useStyles()
  const { ref, overflowCount, isOverflowing } = useOverflowMenu<HTMLDivElement>()
  if (!isOverflowing) return null
  return (
    <Menu checkedValues={{ group: [chosen] }} onCheckedValueChange={(_, { checkedItems }) => checkedItems[0] !== undefined && onChoose(checkedItems[0] as StateGroup)}>
      <div ref={ref}>
        <MenuTrigger disableButtonEnhancement>
          <MenuButton className={styles.item} size="small" shape="circular" appearance="subtle" aria-label={outbox.moreGroups(format.number(overflowCount))}>+{format.number(overflowCount)}</MenuButton>
        </MenuTrigger>
      </div>
      <MenuPopover>
        <MenuList>
          {groups.map((each) => <HiddenGroup key={each.group} {...each} words={outbox.groups[each.group]} figures={format.number(each.count)} />)}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}

function HiddenGroup({ group, words, figures }: GroupCount & { readonly words: string; readonly figures: string }) {
  if (useIsOverflowItemVisible(group)) return null
  return <MenuItemRadio name="group" value={group} secondaryContent={figures}>{words}</MenuItemRadio>
}
