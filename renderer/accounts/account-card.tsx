/** One account on the "All accounts" screen: what it is, how it does, its last runs, and what can be done with it. */
import {
  Avatar, Badge, Button, Card, makeStyles, Menu, MenuButton, MenuItem, MenuList, MenuPopover, MenuTrigger, Subtitle2, Text, tokens, Tooltip,
} from '@fluentui/react-components'
import { MoreHorizontalRegular } from '@fluentui/react-icons'
import { Fragment, useState } from 'react'
import type { AccountOverview } from '../../shared/contract/methods.ts'
import type { FailureCode } from '../../shared/failures/failure.ts'
import { mayBeDemand } from '../../shared/failures/service-demands.ts'
import { type Account, canSend, sessionHost, signsInOverTheWeb } from '../../shared/model/account.ts'
import type { SignInHolder } from '../../shared/model/levels.ts'
import { isOver } from '../../shared/model/job.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useJob } from '../bridge/use-job.ts'
import { useNavigation } from '../shell/navigate.tsx'
import { DemandsOf } from '../sign-in/demands-of.tsx'
import { useFormat, useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ProgressLine } from '../ui/progress-line.tsx'
import { StepList } from '../ui/step-list.tsx'
import { stateOf } from './account-state.ts'
import { RemovalsNotice } from './removals-notice.tsx'
import { SendAsDialog } from './send-as-dialog.tsx'
import { StateBadge } from './state-badge.tsx'
import type { AccountActions } from './use-account-actions.ts'

const useStyles = makeStyles({
  card: { gap: tokens.spacingVerticalM, padding: tokens.spacingHorizontalL },
  head: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalM },
  who: { display: 'flex', flexDirection: 'column', flexGrow: 1, flexBasis: '220px', minWidth: 0 },
  name: { display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  actions: { display: 'flex', gap: tokens.spacingHorizontalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
  facts: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(250px, 1fr))', gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalXL}`, margin: 0 },
  fact: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS, overflowWrap: 'anywhere' },
  value: { margin: 0 },
})

/** Trying again without a person can only fail again. */
const needsPerson: ReadonlySet<FailureCode> = new Set(['signin.again'])

export function AccountCard(props: { readonly overview: AccountOverview; readonly actions: AccountActions; readonly onRemove: () => void; readonly onPassword: () => void; readonly onSignIn: (holder: SignInHolder, name: string) => void; readonly onRemovals: () => void; readonly onRemoved: () => void }) {
  const { accounts: words, signIn } = useText()
  const styles = useStyles()
  const { openWizard } = useNavigation()
  const { overview, actions, onRemove, onPassword, onSignIn, onRemovals, onRemoved } = props
  const { account, isDefault, paused, unconfirmedRemovals, webSignIn: holder } = overview
  const [checkId, setCheckId] = useState<string | null>(null)
  const [askingSendAs, setAskingSendAs] = useState(false)
  const state = stateOf(overview)
  const overTheWeb = signsInOverTheWeb(account)
  const signInAt = (whose: SignInHolder) => onSignIn(whose, whose.is === 'account' ? account.name : (paused?.evidence.name ?? signIn.sharedServer))
  const problem = paused ?? (state === 'problem' ? (overview.lastFetch?.failure ?? overview.lastCheck?.failure ?? null) : null)

  return (
    <Card className={styles.card} appearance="outline" role="group" aria-label={account.name}>
      <div className={styles.head}>
        <Avatar aria-hidden name={account.name} size={40} color="colorful" />
        <div className={styles.who}>
          <span className={styles.name}>
            <Subtitle2 as="h2">{account.name}</Subtitle2>
            {isDefault && (
              <Tooltip content={words.defaultHint} relationship="description">
                <Badge appearance="tint" color="brand" tabIndex={0}>{words.default}</Badge>
              </Tooltip>
            )}
            {account.kind === 'team' && <Badge appearance="outline" color="informative">{words.team}</Badge>}
          </span>
          <Text className={styles.quiet} truncate wrap={false}>{account.user.address}</Text>
        </div>
        <StateBadge state={state} />
        <div className={styles.actions}>
          <Button onClick={() => void actions.check(account.id).then(setCheckId)}>{words.checkNow}</Button>
          <Button onClick={() => openWizard({ is: 'change', accountId: account.id })}>{words.change}</Button>
          <Menu>
            <MenuTrigger disableButtonEnhancement>
              <MenuButton appearance="subtle" menuIcon={null} icon={<MoreHorizontalRegular />} aria-label={words.more(account.name)} />
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                {account.incoming !== null && <MenuItem onClick={() => actions.fetch(account.id)}>{words.fetchNow}</MenuItem>}
                {!isDefault && canSend(account) && <MenuItem onClick={() => actions.setDefault(account.id)}>{words.setDefault}</MenuItem>}
                {canSend(account) && <MenuItem onClick={() => setAskingSendAs(true)}>{words.sendAs.menu}</MenuItem>}
                {account.incoming !== null && <MenuItem onClick={onRemoved}>{words.removed.menu}</MenuItem>}
                {overTheWeb && holder !== null ? <MenuItem onClick={() => signInAt(holder)}>{signIn.manage}</MenuItem> : <MenuItem onClick={onPassword}>{words.typePassword}</MenuItem>}
                <MenuItem onClick={onRemove}>{words.remove}</MenuItem>
              </MenuList>
            </MenuPopover>
          </Menu>
        </div>
      </div>
      <AccountFacts overview={overview} />
      {unconfirmedRemovals !== null && <RemovalsNotice count={unconfirmedRemovals} name={account.name} onLook={onRemovals} />}
      {problem !== null && (
        <FailureBar
          failure={problem}
          intent={paused === null ? 'warning' : 'error'}
          actions={
            <>
              {paused !== null && !(holder !== null && needsPerson.has(paused.code)) && <Button onClick={() => actions.resume(account.id)}>{words.resume}</Button>}
              {problem.code.startsWith('signin.') && (holder !== null && (overTheWeb || needsPerson.has(problem.code)) ? <Button appearance="primary" onClick={() => signInAt(holder)}>{signIn.again}</Button> : <Button onClick={onPassword}>{words.typePassword}</Button>)}
            </>
          }
        />
      )}
      {problem !== null && <DemandsOf failure={problem} address={account.user.address} />}
      {askingSendAs && <SendAsDialog account={account} onClose={() => setAskingSendAs(false)} />}
      {checkId !== null && <RunningCheck key={checkId} jobId={checkId} account={account} demandsSaid={problem !== null && mayBeDemand(problem)} />}
    </Card>
  )
}

function AccountFacts({ overview }: { readonly overview: AccountOverview }) {
  const { accounts: words } = useText()
  const format = useFormat()
  const styles = useStyles()
  const { account, lastCheck, lastFetch, messageCount, unseenCount, waitingCount } = overview
  const run = (last: AccountOverview['lastCheck']) => (last === null ? words.never : `${format.relative(last.at)}, ${last.failure === null ? words.passed : words.failed}`)
  return (
    <dl className={styles.facts}>
      <Fact value={receivesOf(account, words)} />
      <Fact value={sendsOf(account, words)} />
      <Fact name={words.lastCheck} value={run(lastCheck)} />
      {account.incoming !== null && <Fact name={words.lastFetch} value={run(lastFetch)} />}
      {account.incoming !== null && <Fact value={words.counts(format.number(messageCount), format.number(unseenCount))} />}
      {waitingCount > 0 && <Fact value={words.waiting(format.number(waitingCount))} />}
    </dl>
  )
}

function Fact({ name, value }: { readonly name?: string; readonly value: string }) {
  const styles = useStyles()
  return (
    <div className={styles.fact}>
      {name !== undefined && <dt className={styles.quiet}>{name}:</dt>}
      <dd className={styles.value}>{value}</dd>
    </div>
  )
}

type Words = ReturnType<typeof useText>['accounts']

function receivesOf({ incoming }: Account, words: Words): string {
  if (incoming === null) return words.onlySends
  return incoming.protocol === 'jmap' ? words.receives('JMAP', sessionHost(incoming.sessionUrl)) : words.receives(incoming.protocol.toUpperCase(), incoming.host)
}

function sendsOf({ outgoing, incoming }: Account, words: Words): string {
  if (outgoing === null) return words.onlyReceives
  if (outgoing.server.use === 'incoming') return words.sends(incoming?.protocol === 'jmap' ? sessionHost(incoming.sessionUrl) : '')
  return outgoing.server.use === 'shared' ? words.sendsShared : words.sends(outgoing.server.host)
}

/** `demandsSaid`: what the service demands stands above already. */
function RunningCheck({ jobId, account, demandsSaid }: { readonly jobId: string; readonly account: Account; readonly demandsSaid: boolean }) {
  const { accounts: words } = useText()
  const caller = useCaller()
  const job = useJob(jobId)
  if (job === null || job.detail.kind !== 'check-account') return null
  const failures = job.detail.steps.flatMap(({ failure }) => (failure === null ? [] : [failure]))
  return (
    <>
      {isOver(job.state) ? (
        job.state === 'done' && <Text role="status" weight="semibold">{words.checkPassed(account.name)}</Text>
      ) : (
        <ProgressLine label={words.checking} done={job.progress.done} total={job.progress.total} onCancel={() => void caller.call('jobs.cancel', { id: jobId })} />
      )}
      {(failures.length > 0 ? failures : job.failure === null ? [] : [job.failure]).map((failure, index) => (
        <Fragment key={index}>
          <FailureBar failure={failure} />
          {!demandsSaid && <DemandsOf failure={failure} address={account.user.address} />}
        </Fragment>
      ))}
      <StepList steps={job.detail.steps} level="h3" />
    </>
  )
}
