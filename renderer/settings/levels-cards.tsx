/** The organization and its units: what stands there, which server each has, and the rule by which one wins (B6, D6). */
import { Badge, Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components'
import { AddRegular, BuildingRegular, OrganizationRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Result } from '../../shared/contract/methods.ts'
import type { Failure } from '../../shared/failures/failure.ts'
import type { HouseServer, Passage, Unit } from '../../shared/model/levels.ts'
import { isEmpty } from '../../shared/model/letterhead.ts'
import { levelWords } from '../../shared/words/levels.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useLanguage, useText } from '../text/use-text.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { type ChangedLevel, LevelDialog } from './level-dialog.tsx'
import { SettingsCard } from './settings-card.tsx'

const useStyles = makeStyles({
  level: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}` },
  facts: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS, flexGrow: 1, flexBasis: '240px', minWidth: 0, overflowWrap: 'anywhere' },
  name: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  list: { display: 'flex', flexDirection: 'column', margin: 0, padding: 0, listStyleType: 'none', '& > li': { padding: `${tokens.spacingVerticalMNudge} 0` }, '& > li:not(:last-child)': { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` } },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

type Listed = Result<'levels.list'>

export function LevelsCards() {
  const { settings, ui } = useText()
  const words = settings.levels
  const rule = levelWords[useLanguage()].rule
  const caller = useCaller()
  const { say } = useNavigation()
  const styles = useStyles()
  const answer = useAnswer('levels.list', {}, { refreshOn: ['accounts.changed'] })
  const [changed, setChanged] = useState<ChangedLevel | null>(null)
  const [removing, setRemoving] = useState<Listed['units'][number] | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const levels = answer.value

  const remove = async (unit: Unit) => {
    const removed = await caller.call('levels.removeUnit', { id: unit.id })
    setFailure(removed.ok ? null : removed.failure)
    if (removed.ok) say(words.removed(unit.name))
    answer.refresh()
  }
  const hasSecret = (level: ChangedLevel): boolean => {
    if (level.is === 'organization') return levels?.secret === 'stored'
    return level.is === 'unit' && levels?.units.find(({ unit }) => unit.id === level.unit.id)?.secret === 'stored'
  }

  return (
    <>
      <SettingsCard title={words.organization} icon={<OrganizationRegular />} intro={words.organizationIntro}>
        {answer.failure !== null && <FailureBar failure={answer.failure} actions={<Button onClick={answer.refresh}>{ui.tryAgain}</Button>} />}
        {answer.state === 'loading' && <Spinner label={ui.loading} />}
        {levels !== null && (
          <div className={styles.level}>
            <div className={styles.facts}>
              <Text weight="semibold">{levels.organization.name === '' ? words.unnamed : levels.organization.name}</Text>
              <LevelFacts server={levels.organization.server} footer={levels.organization.footer} secret={levels.secret} />
            </div>
            <Button onClick={() => setChanged({ is: 'organization', organization: levels.organization })}>{words.change}</Button>
          </div>
        )}
        <Text size={200} className={styles.quiet}>{rule}</Text>
      </SettingsCard>
      <SettingsCard title={words.units} icon={<BuildingRegular />} intro={words.unitsIntro}>
        {failure !== null && <FailureBar failure={failure} onDismiss={() => setFailure(null)} />}
        {levels !== null && levels.units.length > 0 && (
          <ul className={styles.list} aria-label={words.units}>
            {levels.units.map((listed) => (
              <li key={listed.unit.id} className={styles.level}>
                <UnitFacts listed={listed} />
                <div className={styles.buttons}>
                  <Button aria-label={words.changeUnit(listed.unit.name)} onClick={() => setChanged({ is: 'unit', unit: listed.unit })}>{words.change}</Button>
                  <Button aria-label={words.removeUnit(listed.unit.name)} onClick={() => setRemoving(listed)}>{words.remove}</Button>
                </div>
              </li>
            ))}
          </ul>
        )}
        {levels !== null && <div><Button icon={<AddRegular />} onClick={() => setChanged({ is: 'new-unit' })}>{words.newUnit}</Button></div>}
      </SettingsCard>
      {changed !== null && <LevelDialog changed={changed} hasSecret={hasSecret(changed)} onClose={() => { setChanged(null); answer.refresh() }} />}
      <ConfirmDialog
        open={removing !== null}
        title={words.removeTitle(removing?.unit.name ?? '')}
        confirm={words.remove}
        dangerous
        onClose={(confirmed) => {
          if (confirmed && removing !== null) void remove(removing.unit)
          setRemoving(null)
        }}
      >
        {removing === null || removing.accounts.length === 0 ? words.removeBody : `${words.removeBody} ${words.removeAccounts(removing.accounts.join(', '))}`}
      </ConfirmDialog>
    </>
  )
}

function UnitFacts({ listed: { unit, accounts, secret } }: { readonly listed: Listed['units'][number] }) {
  const { settings } = useText()
  const kinds = levelWords[useLanguage()].kinds
  const styles = useStyles()
  return (
    <div className={styles.facts}>
      <span className={styles.name}>
        <Text weight="semibold">{unit.name}</Text>
        <Badge appearance="outline" color="informative">{kinds[unit.kind]}</Badge>
      </span>
      <LevelFacts server={unit.server} footer={unit.footer} secret={secret} />
      <Text size={200} className={styles.quiet}>{accounts.length === 0 ? settings.levels.noAccounts : settings.levels.accounts(accounts.join(', '))}</Text>
    </div>
  )
}

function LevelFacts({ server, footer, secret }: { readonly server: HouseServer | null; readonly footer: Passage; readonly secret: Listed['secret'] }) {
  const { settings } = useText()
  const words = settings.levels
  const styles = useStyles()
  return (
    <>
      <Text size={200} className={styles.quiet}>{server === null ? words.noServer : server.enabled ? words.sendsThrough(server.host) : words.serverOff(server.host)}</Text>
      {server?.enabled === true && secret === 'missing' && <Text size={200}>{words.passwordMissing}</Text>}
      {server?.enabled === true && server.noReplyAddress !== '' && <Text size={200} className={styles.quiet}>{words.sendsAs(server.noReplyAddress)}</Text>}
      {!isEmpty(footer) && <Text size={200} className={styles.quiet} truncate wrap={false}>{words.hasFooter((footer.text || footer.html).trim().split('\n')[0] ?? '')}</Text>}
    </>
  )
}
