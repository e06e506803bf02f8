/** Where a server is and how the connection to it is secured; and the certificate that was trusted for it, to be forgotten. */
import { Button, Text } from '@fluentui/react-components'
import type { FieldProblem } from '../../../shared/model/field-problem.ts'
import { useText } from '../../text/use-text.tsx'
import { TextField } from '../../ui/field.tsx'
import { PortField } from '../../ui/port-field.tsx'
import { SecurityField } from '../../ui/security-field.tsx'
import type { AccountForm } from '../account-form.ts'
import { problemAt } from '../form-problems.ts'
import { usePageStyles } from '../page-frame.tsx'

type ServerPart = Pick<AccountForm['outgoing'], 'host' | 'port' | 'security' | 'clearTextConfirmed' | 'trustedCertificate'>

export function ServerFields(props: {
  readonly side: 'incoming' | 'outgoing'
  readonly protocol: 'pop3' | 'imap' | 'smtp'
  readonly server: ServerPart
  readonly onChange: (change: Partial<ServerPart>) => void
  readonly problems: readonly FieldProblem[]
}) {
  const { servers } = useText().wizard
  const page = usePageStyles()
  const { side, protocol, server, onChange, problems } = props
  return (
    <>
      <div className={page.hostAndPort}>
        <TextField label={servers.host} required value={server.host} onChange={(host) => onChange({ host })} problem={problemAt(problems, `${side}.host`)} />
        <PortField protocol={protocol} security={server.security} value={server.port} onChange={(port) => onChange({ port })} problem={problemAt(problems, `${side}.port`)} />
      </div>
      <SecurityField label={servers.security} host={server.host} value={server} onChange={onChange} problem={problemAt(problems, `${side}.security`)} />
      {server.trustedCertificate !== null && (
        <div className={page.row}>
          <Text size={200}>{servers.certificateTrusted}</Text>
          <Button size="small" onClick={() => onChange({ trustedCertificate: null })}>
            {servers.certificateForget}
          </Button>
        </div>
      )}
    </>
  )
}
