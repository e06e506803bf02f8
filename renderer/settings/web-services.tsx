/** The services where people sign in over the web: whether Mailroom has a client id for each, where it comes from, and how to set one (A8). */
import { Badge, Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components'
import { AddRegular, PersonKeyRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import type { ProviderView } from '../../shared/model/sign-in-provider.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useText } from '../text/use-text.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ClientIdDialog } from './client-id-dialog.tsx'
import { SettingsCard } from './settings-card.tsx'

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  row: {
    display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`, padding: `${tokens.spacingVerticalS} 0`,
    ':not(:last-child)': { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  who: { display: 'flex', flexDirection: 'column', flexGrow: 1, flexBasis: '260px', minWidth: 0 },
  name: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  actions: { display: 'flex', gap: tokens.spacingHorizontalS },
})

export function WebServices() {
  const { signIn: { services: words }, ui } = useText()
  const caller = useCaller()
  const { say } = useNavigation()
  const styles = useStyles()
  const answer = useAnswer('signIn.providers', {}, { refreshOn: ['accounts.changed'], keepPrevious: true })
  const [entering, setEntering] = useState<ProviderView | 'other' | null>(null)
  const [removing, setRemoving] = useState<ProviderView | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)

  const remove = async ({ issuer, name }: ProviderView) => {
    const removed = await caller.call('signIn.removeProvider', { issuer })
    setFailure(removed.ok ? null : removed.failure)
    answer.refresh()
    if (removed.ok) say(words.removed(name))
  }
  const saved = (name: string) => {
    setEntering(null)
    answer.refresh()
    say(words.saved(name))
  }
  return (
    <SettingsCard title={words.title} icon={<PersonKeyRegular />} intro={words.intro}>
      {answer.failure !== null && <FailureBar failure={answer.failure} actions={<Button onClick={answer.refresh}>{ui.tryAgain}</Button>} />}
      {failure !== null && <FailureBar failure={failure} onDismiss={() => setFailure(null)} />}
      {answer.state === 'loading' && <Spinner label={ui.loading} />}
      {answer.value !== null && (
        <>
          <ul className={styles.list} aria-label={words.title}>
            {answer.value.providers.map((provider) => (
              <Service key={provider.issuer} provider={provider} onEnter={() => setEntering(provider)} onRemove={() => setRemoving(provider)} />
            ))}
          </ul>
          <div><Button icon={<AddRegular />} onClick={() => setEntering('other')}>{words.other}</Button></div>
        </>
      )}
      {entering !== null && <ClientIdDialog provider={entering === 'other' ? null : entering} onSaved={saved} onClose={() => setEntering(null)} />}
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
        {words.removeBody}
      </ConfirmDialog>
    </SettingsCard>
  )
}

function Service({ provider, onEnter, onRemove }: { readonly provider: ProviderView; readonly onEnter: () => void; readonly onRemove: () => void }) {
  const { signIn: { services: words } } = useText()
  const styles = useStyles()
  const { name, clientId, clientIdFrom, clientSecretFrom, variable } = provider
  const from = clientIdFrom === null ? null : clientIdFrom === 'settings' ? words.from.settings : words.from.environment(variable ?? '')
  return (
    <li className={styles.row}>
      <div className={styles.who}>
        <span className={styles.name}>
          <Text weight="semibold">{name}</Text>
          <Badge appearance="tint" color={clientIdFrom === null ? 'informative' : 'success'}>{clientIdFrom === null ? words.none : words.has}</Badge>
        </span>
        {from !== null && <Text size={200} className={styles.quiet}>{[clientId, from, ...(clientSecretFrom === 'keychain' ? [words.secretKept] : [])].join(' · ')}</Text>}
      </div>
      <div className={styles.actions}>
        <Button aria-label={clientIdFrom === 'settings' ? words.changeFor(name) : words.enterFor(name)} onClick={onEnter}>{clientIdFrom === 'settings' ? words.change : words.enter}</Button>
        {clientIdFrom === 'settings' && <Button appearance="subtle" onClick={onRemove} aria-label={words.removeTitle(name)}>{words.remove}</Button>}
      </div>
    </li>
  )
}
