/** The organization, its units and their accounts on the left; what holds for the chosen one on the right (B6, D6). */
import { Button, makeStyles, Spinner, tokens } from '@fluentui/react-components'
import { AddRegular } from '@fluentui/react-icons'
import { useCallback, useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import type { Level, Unit } from '../../shared/model/levels.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { TwoPanes } from '../list/two-panes.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useText } from '../text/use-text.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { AccountPanel } from './account-panel.tsx'
import { type ChangedLevel, LevelPanel } from './level-panel.tsx'
import { type ChosenLevel, keyOf, LevelTree } from './level-tree.tsx'
import { levelUse } from './level-use.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0, minHeight: 0 },
  add: { alignSelf: 'flex-start', margin: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}` },
  wait: { flexGrow: 1 },
})

export function OrganizationPane() {
  const { settings: { levels: words }, ui } = useText()
  const caller = useCaller()
  const { say } = useNavigation()
  const styles = useStyles()
  const listed = useAnswer('levels.list', {}, { refreshOn: ['accounts.changed'], keepPrevious: true })
  const overviews = useAnswer('accounts.list', {}, { refreshOn: ['accounts.changed'], keepPrevious: true })
  const [chosen, setChosen] = useState<ChosenLevel>({ is: 'organization' })
  /** In a small window the tree comes first. */
  const [opened, setOpened] = useState(false)
  const [wanted, setWanted] = useState<ChosenLevel | 'tree' | null>(null)
  const [dirty, setDirty] = useState(false)
  const [saves, setSaves] = useState(0)
  const [removing, setRemoving] = useState<Unit | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const noteDirty = useCallback((is: boolean) => setDirty(is), [])
  const asked = listed.failure ?? overviews.failure
  if (asked !== null) return <div className={styles.root}><FailureBar failure={asked} actions={<Button onClick={() => { listed.refresh(); overviews.refresh() }}>{ui.tryAgain}</Button>} /></div>
  if (listed.value === null || overviews.value === null) return <Spinner className={styles.wait} label={ui.loading} />

  const { organization, secret, units } = listed.value
  const levels = { organization, units: units.map(({ unit }) => unit) }
  const accounts = overviews.value.accounts.map(({ account }) => account)
  const account = chosen.is === 'account' ? accounts.find(({ id }) => id === chosen.id) : undefined
  const unit = chosen.is === 'unit' ? units.find((one) => one.unit.id === chosen.id) : undefined
  const changed: ChangedLevel = chosen.is === 'new-unit' ? { is: 'new-unit' } : unit === undefined ? { is: 'organization', organization } : { is: 'unit', unit: unit.unit }
  const level: Level = unit === undefined ? { is: 'organization' } : { is: 'unit', id: unit.unit.id }
  const hasSecret = changed.is === 'organization' ? secret === 'stored' : unit?.secret === 'stored'

  const show = (to: ChosenLevel | 'tree') => {
    setOpened(to !== 'tree')
    if (to !== 'tree') setChosen(to)
    else if (chosen.is === 'new-unit') setChosen({ is: 'organization' })
  }
  const go = (to: ChosenLevel | 'tree') => {
    if (to !== 'tree' && keyOf(to) === keyOf(chosen)) setOpened(true)
    else if (dirty) setWanted(to)
    else show(to)
  }
  const leave = (confirmed: boolean) => {
    if (confirmed && wanted !== null) {
      noteDirty(false)
      setSaves(saves + 1)
      show(wanted)
    }
    setWanted(null)
  }
  const remove = async (gone: Unit) => {
    const removed = await caller.call('levels.removeUnit', { id: gone.id })
    setFailure(removed.ok ? null : removed.failure)
    if (!removed.ok) return
    say(words.removed(gone.name))
    noteDirty(false)
    show({ is: 'organization' })
  }
  const below = removing === null ? [] : (units.find((one) => one.unit.id === removing.id)?.accounts ?? [])
  return (
    <div className={styles.root}>
      {failure !== null && <FailureBar failure={failure} onDismiss={() => setFailure(null)} />}
      <TwoPanes
        opened={opened}
        onBack={() => go('tree')}
        backWords={words.backToTree}
        list={
          <>
            <Button className={styles.add} icon={<AddRegular />} onClick={() => go({ is: 'new-unit' })}>{words.newUnit}</Button>
            <LevelTree levels={levels} accounts={accounts} chosen={chosen} onChoose={go} />
          </>
        }
        detail={
          account !== undefined
            ? <AccountPanel key={`${account.id} ${String(saves)}`} account={account} levels={levels} onDirty={noteDirty} onSaved={() => setSaves(saves + 1)} />
            : (
              <LevelPanel
                key={`${keyOf(chosen)} ${String(saves)}`}
                changed={changed}
                hasSecret={hasSecret}
                use={levelUse(level, accounts, levels)}
                onDirty={noteDirty}
                onRemove={() => changed.is === 'unit' && setRemoving(changed.unit)}
                onSaved={(added) => {
                  listed.refresh()
                  setSaves(saves + 1)
                  if (added !== null) setChosen({ is: 'unit', id: added.id })
                }}
              />
            )
        }
      />
      <ConfirmDialog open={wanted !== null} title={words.leaveTitle} confirm={words.leave} cancel={words.stay} dangerous onClose={leave}>{words.leaveBody}</ConfirmDialog>
      <ConfirmDialog
        open={removing !== null}
        title={words.removeTitle(removing?.name ?? '')}
        confirm={words.remove}
        dangerous
        onClose={(confirmed) => {
          if (confirmed && removing !== null) void remove(removing)
          setRemoving(null)
        }}
      >
        {below.length === 0 ? words.removeBody : `${words.removeBody} ${words.removeAccounts(below.join(', '))}`}
      </ConfirmDialog>
    </div>
  )
}
