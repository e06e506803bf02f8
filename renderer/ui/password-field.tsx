/** A password: hidden, revealed only while asked for, never filled in or remembered by the browser. */
import { Button, Input, Tooltip } from '@fluentui/react-components'
import { EyeOffRegular, EyeRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import { useText } from '../text/use-text.tsx'
import { Field, type FieldFrame, narrow } from './field.tsx'

export function PasswordField(
  props: FieldFrame & { readonly value: string; readonly onChange: (value: string) => void; readonly placeholder?: string; readonly disabled?: boolean },
) {
  const { ui } = useText()
  const [revealed, setRevealed] = useState(false)
  const { value, onChange, placeholder, disabled = false, ...frame } = props
  const words = revealed ? ui.hidePassword : ui.showPassword
  return (
    <Field {...frame}>
      <Input
        type={revealed ? 'text' : 'password'}
        value={value}
        autoComplete="new-password"
        spellCheck={false}
        style={narrow}
        input={{ style: narrow }}
        disabled={disabled}
        {...(placeholder === undefined ? {} : { placeholder })}
        onChange={(_, data) => onChange(data.value)}
        contentAfter={
          <Tooltip content={words} relationship="label">
            <Button
              appearance="transparent"
              size="small"
              aria-pressed={revealed}
              disabled={disabled}
              icon={revealed ? <EyeOffRegular /> : <EyeRegular />}
              onClick={() => setRevealed(!revealed)}
            />
          </Tooltip>
        }
      />
    </Field>
  )
}
