/** The outgoing server of a level: where it is, how Mailroom signs in, under which sender mail goes out, and a test of all that. */
import { Button, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import type { FieldProblem, FieldProblemCode } from '../../shared/model/field-problem.ts'
import { isOver, type JobId } from '../../shared/model/job.ts'
import type { Level } from '../../shared/model/levels.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useJob } from '../bridge/use-job.ts'
import { SignInOf } from '../sign-in/sign-in-of.tsx'
import { useText } from '../text/use-text.tsx'
import { CertificateCard } from '../ui/certificate-card.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { CheckField, TextField } from '../ui/field.tsx'
import { PasswordField } from '../ui/password-field.tsx'
import { PortField } from '../ui/port-field.tsx'
import { SecurityField } from '../ui/security-field.tsx'
import { StepList } from '../ui/step-list.tsx'
import { canSignIn, type LevelForm, problemAt, senderOf, type ServerForm, serverOf } from './level-form.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  columns: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(250px, 1fr))', gap: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalXL}`, alignItems: 'start' },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, minWidth: 0 },
  hostAndPort: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 104px', gap: tokens.spacingHorizontalM, alignItems: 'start' },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  quiet: { color: tokens.colorNeutralForeground2 },
})

export function ServerFields(props: {
  readonly form: LevelForm
  /** The server as it is kept. */
  readonly saved: ServerForm
  /** null = a unit that is not saved yet. */
  readonly level: Level | null
  readonly hasSecret: boolean
  readonly problems: readonly FieldProblem[]
  readonly edit: (change: Partial<LevelForm>) => void
  /** Asked before a test: are the fields such that there is something to try? */
  readonly mayTest: () => boolean
}) {
  const { wizard, settings } = useText()
  const words = settings.levels
  const styles = useStyles()
  const { form: { server, secret }, saved, level, hasSecret, problems, edit, mayTest } = props
  const change = (part: Partial<ServerForm>) => edit({ server: { ...server, ...part } })
  const at = (path: string) => problemAt(problems, path)
  return (
    <div className={styles.root}>
      <div className={styles.columns}>
        <div className={styles.section}>
          <div className={styles.hostAndPort}>
            {/* Another server or port has another certificate. */}
            <TextField label={wizard.servers.host} required value={server.host} onChange={(host) => change({ host, trustedCertificate: null })} problem={at('server.host')} />
            <PortField protocol="smtp" security={server.security} value={server.port} onChange={(port) => change({ port, trustedCertificate: null })} problem={at('server.port')} />
          </div>
          <SecurityField label={wizard.servers.security} host={server.host} value={server} onChange={(security) => change({ ...security, trustedCertificate: null })} problem={at('server.security')} />
        </div>
        <div className={styles.section}>
          <CheckField label={wizard.more.outgoing.requires} checked={server.signsIn} onChange={(signsIn) => change({ signsIn })} />
          {server.signsIn && (
            <>
              <TextField label={wizard.servers.userName} required value={server.userName} onChange={(userName) => change({ userName })} problem={at('server.signIn.userName')} />
              {server.method === 'oauth2' ? (
                <OverTheWeb server={server} level={level !== null && canSignIn(server, saved) ? level : null} change={change} problem={at('server.signIn.issuer')} />
              ) : (
                <PasswordField
                  label={wizard.address.password}
                  required={!hasSecret}
                  {...(hasSecret ? { placeholder: wizard.address.passwordStored } : {})}
                  value={secret}
                  onChange={(typed) => edit({ secret: typed })}
                  problem={at('secret')}
                />
              )}
              <div>
                <CheckField label={words.mustBeAddress} checked={server.userNameMustBeAddress} onChange={(userNameMustBeAddress) => change({ userNameMustBeAddress })} />
                <CheckField label={wizard.servers.remember} checked={server.rememberPassword} onChange={(rememberPassword) => change({ rememberPassword })} />
                <CheckField label={words.overTheWeb} checked={server.method === 'oauth2'} onChange={(web) => change({ method: web ? 'oauth2' : 'password' })} />
                {server.method !== 'oauth2' && <CheckField label={wizard.servers.spa} checked={server.method === 'spa'} onChange={(spa) => change({ method: spa ? 'spa' : 'password' })} />}
              </div>
            </>
          )}
        </div>
      </div>
      <div className={styles.section}>
        <div>
          <Subtitle2 as="h3" block>{words.sender}</Subtitle2>
          <Text size={200} className={styles.quiet}>{words.senderHint}</Text>
        </div>
        <div className={styles.columns}>
          <TextField label={words.senderAddress} type="email" value={server.noReplyAddress} onChange={(noReplyAddress) => change({ noReplyAddress })} problem={at('server.noReplyAddress')} />
          <TextField label={words.senderName} value={server.noReplyName} onChange={(noReplyName) => change({ noReplyName })} problem={at('server.noReplyName')} />
        </div>
      </div>
      <ServerTest server={server} secret={secret} level={level} mayTest={mayTest} onTrust={(trustedCertificate) => change({ trustedCertificate })} />
    </div>
  )
}

/** `level` null = it is not saved yet as it stands here: there is nothing to keep a permission for. */
function OverTheWeb({ server, level, change, problem }: { readonly server: ServerForm; readonly level: Level | null; readonly change: (part: Partial<ServerForm>) => void; readonly problem: FieldProblemCode | null }) {
  const { settings: { levels: words } } = useText()
  const styles = useStyles()
  return (
    <>
      <TextField label={words.issuer} hint={words.issuerHint} type="url" value={server.issuer} onChange={(issuer) => change({ issuer })} problem={problem} />
      {level === null ? <Text className={styles.quiet}>{words.saveThenSignIn}</Text> : <SignInOf holder={{ is: 'level', level }} />}
    </>
  )
}

function ServerTest(props: { readonly server: ServerForm; readonly secret: string; readonly level: Level | null; readonly mayTest: () => boolean; readonly onTrust: (fingerprint: string | null) => void }) {
  const { settings } = useText()
  const words = settings.levels
  const styles = useStyles()
  const caller = useCaller()
  const { server, secret, level, mayTest, onTrust } = props
  const [jobId, setJobId] = useState<JobId | null>(null)
  const [refusal, setRefusal] = useState<Failure | null>(null)
  const job = useJob(jobId)
  const running = jobId !== null && (job === null || !isOver(job.state))
  const steps = job?.detail.kind === 'check-account' ? job.detail.steps : []
  const failure = refusal ?? job?.failure ?? null

  const test = async () => {
    if (running || !mayTest()) return
    setJobId(null)
    const started = await caller.call('levels.check', { server: serverOf(server, true), level, sender: senderOf(server), ...(secret === '' ? {} : { secret }) })
    setRefusal(started.ok ? null : started.failure)
    setJobId(started.ok ? started.value.jobId : null)
  }
  return (
    <div className={styles.section}>
      <div className={styles.row}>
        <Button onClick={() => void test()}>{words.test}</Button>
        <Text size={200} className={styles.quiet} role="status">
          {job?.state === 'done' ? words.testPassed : words.testHint}
        </Text>
      </div>
      {failure !== null && <FailureBar failure={failure} />}
      {failure?.evidence.certificate !== undefined && <CertificateCard failure={failure} onTrust={onTrust} />}
      {steps.length > 0 && <StepList steps={steps} level="h3" />}
    </div>
  )
}
