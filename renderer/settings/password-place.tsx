/** Where passwords are kept: chosen by the user, never silently; with its state, and how to make or unlock it. */
import { Badge, Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, Radio, RadioGroup, Spinner, Text, tokens } from '@fluentui/react-components'
import { KeyMultipleRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { SecretStore } from '../../shared/contract/methods.ts'
import type { Failure } from '../../shared/failures/failure.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useText } from '../text/use-text.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { PassphraseDialog } from './passphrase-dialog.tsx'
import { SettingsCard } from './settings-card.tsx'

type Place = SecretStore['place']
const places: readonly Place[] = ['keychain', 'vault', 'session']

const useStyles = makeStyles({
  choice: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS, maxWidth: '70ch' },
  name: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  hint: { color: tokens.colorNeutralForeground2 },
})

const badgeColors = { ready: 'success', locked: 'warning', absent: 'danger' } as const

export function PasswordPlace() {
  const { settings, ui } = useText()
  const caller = useCaller()
  const { say } = useNavigation()
  const styles = useStyles()
  const answer = useAnswer('secrets.store', {}, { refreshOn: ['secrets.changed'] })
  const [wanted, setWanted] = useState<Place | null>(null)
  const [asking, setAsking] = useState<'make' | 'unlock' | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const store = answer.value
  const nameOf = (place: Place) => (place === 'keychain' ? settings.places.keychain(store?.place === 'keychain' ? store.name : '') : settings.places[place])

  const move = async (confirmed: boolean) => {
    const place = wanted
    setWanted(null)
    if (!confirmed || place === null) return
    const moved = await caller.call('secrets.usePlace', { place })
    setFailure(moved.ok ? null : moved.failure)
    answer.refresh()
    if (!moved.ok) return
    if (moved.value.place === 'vault' && moved.value.state !== 'ready') setAsking(moved.value.state === 'absent' ? 'make' : 'unlock')
    else say(settings.placeChanged)
  }
  const giveAnswer = async (passphrase: string) => {
    const making = asking === 'make'
    const outcome = making ? await caller.call('secrets.makeVault', { passphrase }) : await caller.call('secrets.unlockVault', { passphrase })
    if (!outcome.ok) return outcome.failure
    answer.refresh()
    say(making ? settings.vaultMade : settings.unlocked)
    return null
  }

  return (
    <SettingsCard title={settings.passwords} icon={<KeyMultipleRegular />} intro={settings.passwordsIntro}>
      {answer.failure !== null && <FailureBar failure={answer.failure} actions={<Button onClick={answer.refresh}>{ui.tryAgain}</Button>} />}
      {failure !== null && <FailureBar failure={failure} onDismiss={() => setFailure(null)} />}
      {answer.state === 'loading' && <Spinner label={ui.loading} />}
      {store !== null && (
        <>
          <StoreState store={store} onAsk={setAsking} onRetry={answer.refresh} />
          <RadioGroup aria-label={settings.passwords} value={store.place} onChange={(_, data) => setWanted(places.find((place) => place === data.value && place !== store.place) ?? null)}>
            {places.map((place) => (
              <Radio
                key={place}
                value={place}
                label={
                  <span className={styles.choice}>
                    <span className={styles.name}>
                      {nameOf(place)}
                      {place === store.place && <Badge appearance="tint" color={badgeColors[store.state]}>{settings.placeStates[store.state]}</Badge>}
                    </span>
                    <Text size={200} className={styles.hint}>{settings.placeHints[place]}</Text>
                  </span>
                }
              />
            ))}
          </RadioGroup>
        </>
      )}
      <ConfirmDialog open={wanted !== null} title={settings.changePlaceTitle} confirm={settings.changePlace} onClose={(confirmed) => void move(confirmed)}>
        {wanted === null ? '' : settings.changePlaceBody(nameOf(wanted))}
      </ConfirmDialog>
      {asking !== null && <PassphraseDialog purpose={asking} onPassphrase={giveAnswer} onClose={() => setAsking(null)} />}
    </SettingsCard>
  )
}

/** Says what keeps the chosen place from being used, with the way out of it. */
function StoreState(props: { readonly store: SecretStore; readonly onAsk: (what: 'make' | 'unlock') => void; readonly onRetry: () => void }) {
  const { settings } = useText()
  const { store, onAsk, onRetry } = props
  if (store.state === 'ready') return null
  const isVault = store.place === 'vault'
  const words = isVault ? (store.state === 'locked' ? settings.vaultLocked : settings.vaultAbsent) : store.state === 'locked' ? settings.keychainLocked : settings.keychainAbsent
  const way = isVault ? (store.state === 'locked' ? 'unlock' : 'make') : null
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>{words}</MessageBarBody>
      <MessageBarActions>
        {way === null ? <Button onClick={onRetry}>{settings.tryAgain}</Button> : <Button appearance="primary" onClick={() => onAsk(way)}>{way === 'unlock' ? settings.unlock : settings.makeVault}</Button>}
      </MessageBarActions>
    </MessageBar>
  )
}
