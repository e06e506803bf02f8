/**
 * A port that follows protocol and security until somebody types one (B4), with the standard ones to pick from. Null = it
 * follows. What is not a number is handed on as NaN, which the account's schema refuses beside the field.
 */
import { Button, Input, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Tooltip } from '@fluentui/react-components'
import { ChevronDownRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { defaultPort, type Security, type ServerProtocol, standardPorts } from '../../shared/model/server.ts'
import { useText } from '../text/use-text.tsx'
import { Field, type FieldFrame, narrow } from './field.tsx'

/** Empty = null, digits = their number, anything else = NaN. */
export function numberFromText(text: string): number | null {
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
  const [typed, setTyped] = useState<string | null>(null)
  const standard = defaultPort(protocol, security)
  // What was typed is shown as typed for as long as it is what the value came from.
  const shown = typed !== null && Object.is(numberFromText(typed), value) ? typed : String(value ?? standard)
  const take = (text: string) => {
    setTyped(text)
    onChange(numberFromText(text))
  }
  const pick = (port: number) => {
    setTyped(null)
    onChange(port === standard ? null : port)
  }
  return (
    <Field {...frame} label={label} hint={value === null ? undefined : ui.port.followsSecurity(String(standard))}>
      <Input
        value={shown}
        inputMode="numeric"
        autoComplete="off"
        onChange={(_, data) => take(data.value)}
        // An emptied field goes back to following, and shows what it follows.
        onBlur={() => typed?.trim() === '' && setTyped(null)}
        style={narrow}
        input={{ style: narrow }}
        contentAfter={
          <Menu positioning="below-end">
            <MenuTrigger disableButtonEnhancement>
              <Tooltip content={ui.port.pick} relationship="label">
                <Button appearance="transparent" size="small" icon={<ChevronDownRegular />} />
              </Tooltip>
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                {standardPorts[protocol].map((port) => (
                  <MenuItem key={port} onClick={() => pick(port)}>
                    {String(port)}
                  </MenuItem>
                ))}
              </MenuList>
            </MenuPopover>
          </Menu>
        }
      />
    </Field>
  )
}
