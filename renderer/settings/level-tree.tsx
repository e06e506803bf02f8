/** The organization, its units and the accounts of each, as they stand under one another; arrows walk it, one stop for Tab. */
import { makeStyles, mergeClasses, Text, tokens, useArrowNavigationGroup } from '@fluentui/react-components'
import { BuildingRegular, OrganizationRegular, PeopleTeamRegular, PersonRegular } from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import type { Account, AccountId } from '../../shared/model/account.ts'
import type { HouseServer, Levels, UnitId } from '../../shared/model/levels.ts'
import { levelWords } from '../../shared/words/levels.ts'
import { useLanguage, useText } from '../text/use-text.tsx'
import { accountsBelow, hostOf } from './level-use.ts'

export type ChosenLevel = { readonly is: 'organization' } | { readonly is: 'unit'; readonly id: UnitId } | { readonly is: 'new-unit' } | { readonly is: 'account'; readonly id: AccountId }

export const keyOf = (level: ChosenLevel) => ('id' in level ? `${level.is} ${level.id}` : level.is)

const useStyles = makeStyles({
  root: { overflowY: 'auto', minHeight: 0, flexGrow: 1, padding: `0 ${tokens.spacingHorizontalS} ${tokens.spacingVerticalM}` },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  below: { paddingLeft: tokens.spacingHorizontalXL },
  item: {
    display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, width: '100%', boxSizing: 'border-box', textAlign: 'left', padding: `6px ${tokens.spacingHorizontalS}`, border: 'none', borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent', color: tokens.colorNeutralForeground1, fontFamily: tokens.fontFamilyBase, cursor: 'pointer', minWidth: 0,
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover }, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  chosen: { backgroundColor: tokens.colorBrandBackground2, ':hover': { backgroundColor: tokens.colorBrandBackground2 }, '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' } },
  icon: { display: 'flex', flexShrink: 0, fontSize: '20px', color: tokens.colorBrandForeground1 },
  words: { display: 'flex', flexDirection: 'column', minWidth: 0, flexGrow: 1 },
  quiet: { color: tokens.colorNeutralForeground2 },
})

export function LevelTree(props: { readonly levels: Levels; readonly accounts: readonly Account[]; readonly chosen: ChosenLevel; readonly onChoose: (level: ChosenLevel) => void }) {
  const { settings: { levels: words } } = useText()
  const kinds = levelWords[useLanguage()].kinds
  const styles = useStyles()
  const arrows = useArrowNavigationGroup({ axis: 'vertical', memorizeCurrent: true })
  const { levels, accounts, chosen, onChoose } = props
  const { none, units } = accountsBelow(accounts, levels)

  const item = (level: ChosenLevel, name: string, about: string, icon: ReactNode) => {
    const isChosen = keyOf(level) === keyOf(chosen)
    return (
      <button type="button" className={mergeClasses(styles.item, isChosen && styles.chosen)} aria-current={isChosen ? 'true' : undefined} onClick={() => onChoose(level)}>
        <span className={styles.icon} aria-hidden>{icon}</span>
        <span className={styles.words}>
          <Text weight={level.is === 'account' ? 'regular' : 'semibold'} truncate wrap={false} title={name}>{name}</Text>
          <Text size={200} truncate wrap={false} className={styles.quiet} title={about}>{about}</Text>
        </span>
      </button>
    )
  }
  const accountItems = (some: readonly Account[]) => some.map((account) => (
    <li key={account.id}>{item({ is: 'account', id: account.id }, account.name, hostOf(account, levels) ?? words.sendsNothing, account.kind === 'team' ? <PeopleTeamRegular /> : <PersonRegular />)}</li>
  ))
  const serverWords = (server: HouseServer | null) => (server === null ? words.noServer : server.enabled ? server.host : words.serverOff)
  return (
    <nav className={styles.root} aria-label={words.tree} {...arrows}>
      <ul className={styles.list}>
        <li>
          {item({ is: 'organization' }, levels.organization.name === '' ? words.unnamed : levels.organization.name, serverWords(levels.organization.server), <OrganizationRegular />)}
          <ul className={mergeClasses(styles.list, styles.below)}>
            {units.map(({ unit, accounts: some }) => (
              <li key={unit.id}>
                {item({ is: 'unit', id: unit.id }, unit.name, `${kinds[unit.kind]} · ${serverWords(unit.server)}`, <BuildingRegular />)}
                {some.length > 0 && <ul className={mergeClasses(styles.list, styles.below)}>{accountItems(some)}</ul>}
              </li>
            ))}
            {accountItems(none)}
          </ul>
        </li>
      </ul>
    </nav>
  )
}
