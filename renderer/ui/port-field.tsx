/**
 * A port that follows protocol and security until somebody types one (B4). Null = it follows. What is not a number is handed
 * on as NaN, which the account's schema refuses beside the field.
 */
import { Combobox, Option } from '@fluentui/react-components'
import { useState } from 'react'
import { defaultPort, type Security, type ServerProtocol, standardPorts } from '../../shared/model/server.ts'
import { useText } from '../text/use-text.tsx'
import { Field, type FieldFrame } from './field.tsx'

export function portFromText(text: string): number | null {
  const trimmed = text.trim()
  if (trimmed === '') return null
  return /^\d+$/.test(trimmed) ? Number(trimmed) : Number.NaN
}

export function PortField(
  props: Omit<FieldFrame, 'label' | 'hint'> & {
    readonly label?: string
    readonly protocol: ServerProtocol
    readonly security: Security
    readonly value: number | null
    readonly onChange: (port: number | null) => void
  },
) {
  const { ui } = useText()
  const { protocol, security, value, onChange, label = ui.port.label, ...frame } = props
  const [typed, setTyped] = useState('')
  const standard = defaultPort(protocol, security)
  // What was typed is shown as typed for as long as it is what the value came from.
  const shown = Object.is(portFromText(typed), value) && typed !== '' ? typed : String(value ?? standard)
  return (
    <Field {...frame} label={label} hint={value === null ? undefined : ui.port.followsSecurity(String(standard))}>
      <Combobox
        freeform
        value={shown}
        selectedOptions={[shown]}
        inputMode="numeric"
        style={{ minWidth: 0 }}
        onChange={(event) => {
          setTyped(event.target.value)
          onChange(portFromText(event.target.value))
        }}
        onOptionSelect={(_, data) => {
          const port = portFromText(data.optionValue ?? '')
          setTyped(data.optionValue ?? '')
          onChange(port === standard ? null : port)
        }}
      >
        {standardPorts[protocol].map((port) => (
          <Option key={port} value={String(port)}>
            {String(port)}
          </Option>
        ))}
      </Combobox>
    </Field>
  )
}
