/** How a connection is secured. None is only ever chosen through a confirmation in words. */
import { Dropdown, Option } from '@fluentui/react-components'
import { useState } from 'react'
import { type Security, securitySchema } from '../../shared/model/server.ts'
import { useText } from '../text/use-text.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { Field, type FieldFrame } from './field.tsx'

export interface SecurityChoice {
  readonly security: Security
  readonly clearTextConfirmed: boolean
}

export function SecurityField(
  props: Omit<FieldFrame, 'hint'> & {
    readonly value: SecurityChoice
    readonly onChange: (value: SecurityChoice) => void
    /** Named in the confirmation. */
    readonly host: string
  },
) {
  const { ui } = useText()
  const { value, onChange, host, ...frame } = props
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Field {...frame} hint={value.security === 'none' && value.clearTextConfirmed ? ui.security.noneConfirmed : undefined}>
        <Dropdown
          value={ui.security[value.security]}
          selectedOptions={[value.security]}
          style={{ minWidth: 0 }}
          onOptionSelect={(_, data) => {
            const security = securitySchema.parse(data.optionValue)
            if (security === 'none') setAsking(true)
            else onChange({ security, clearTextConfirmed: false })
          }}
        >
          {securitySchema.options.map((security) => (
            <Option key={security} value={security}>
              {ui.security[security]}
            </Option>
          ))}
        </Dropdown>
      </Field>
      <ConfirmDialog
        open={asking}
        title={ui.security.noneTitle}
        confirm={ui.security.noneConfirm}
        cancel={ui.security.noneKeep}
        dangerous
        onClose={(confirmed) => {
          setAsking(false)
          if (confirmed) onChange({ security: 'none', clearTextConfirmed: true })
        }}
      >
        {ui.security.noneBody(host.trim() === '' ? ui.security.noneThisServer : host)}
      </ConfirmDialog>
    </>
  )
}
