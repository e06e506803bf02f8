/**
 * One field of a form. It owns the label, the hint, the ARIA that ties them together, and the problem beside the field, so
 * that no form writes them by hand.
 */
import { Checkbox, Field as FluentField, Input, makeStyles, mergeClasses, Textarea, type InputProps } from '@fluentui/react-components'
import type { ReactElement } from 'react'
import { fieldProblemWords } from '../../shared/failures/field-problems.ts'
import type { FieldProblemCode } from '../../shared/model/field-problem.ts'
import { useLanguage } from '../text/use-text.tsx'
import { onlyReadAloud } from './only-read-aloud.ts'

export interface FieldFrame {
  readonly label: string
  readonly hint?: string | undefined
  readonly required?: boolean
  /** What is wrong with the value; null or left out = nothing. */
  readonly problem?: FieldProblemCode | null | undefined
  readonly className?: string
  /** The label is only read out, because the sentence around the field says it to the eye. */
  readonly labelHidden?: boolean
}

const useStyles = makeStyles({
  /** A field is as wide as its place, never as wide as the browser thinks an input should be. */
  frame: { minWidth: 0 },
  hidden: onlyReadAloud,
})

/** The frame alone, around any one Fluent control. */
export function Field(props: FieldFrame & { readonly children: ReactElement<object> }) {
  const language = useLanguage()
  const styles = useStyles()
  const { label, hint, required = false, problem = null, children, className = '', labelHidden = false } = props
  return (
    <FluentField
      label={labelHidden ? { children: label, className: styles.hidden } : label}
      hint={hint ?? null}
      required={required}
      className={mergeClasses(styles.frame, className)}
      {...(problem === null ? {} : { validationState: 'error' as const, validationMessage: fieldProblemWords(problem, language) })}
    >
      {children}
    </FluentField>
  )
}

/** For both boxes of Fluent's input: the frame and the element inside. */
export const narrow = { minWidth: 0, width: '100%' } as const

export function TextField(
  props: FieldFrame & {
    readonly value: string
    readonly onChange: (value: string) => void
    readonly type?: 'text' | 'email' | 'tel' | 'url' | 'number' | 'search'
    readonly autoComplete?: string
    readonly placeholder?: string
    readonly disabled?: boolean
    readonly autoFocus?: boolean
    readonly contentAfter?: InputProps['contentAfter']
  },
) {
  const { value, onChange, type = 'text', autoComplete = 'off', placeholder, disabled = false, autoFocus = false, contentAfter, ...frame } = props
  return (
    <Field {...frame}>
      <Input
        value={value}
        type={type}
        autoComplete={autoComplete}
        disabled={disabled}
        autoFocus={autoFocus}
        spellCheck={false}
        style={narrow}
        input={{ style: narrow }}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(contentAfter === undefined ? {} : { contentAfter })}
        onChange={(_, data) => onChange(data.value)}
      />
    </Field>
  )
}

export function ParagraphField(props: FieldFrame & { readonly value: string; readonly onChange: (value: string) => void; readonly rows?: number }) {
  const { value, onChange, rows = 4, ...frame } = props
  return (
    <Field {...frame}>
      <Textarea value={value} rows={rows} resize="vertical" onChange={(_, data) => onChange(data.value)} />
    </Field>
  )
}

/** A check box with its own words beside it; hint and problem stand below. */
export function CheckField(props: FieldFrame & { readonly checked: boolean; readonly onChange: (checked: boolean) => void; readonly disabled?: boolean }) {
  const language = useLanguage()
  const styles = useStyles()
  const { label, hint, problem = null, checked, onChange, disabled = false, className = '' } = props
  return (
    <FluentField
      hint={hint ?? null}
      className={mergeClasses(styles.frame, className)}
      {...(problem === null ? {} : { validationState: 'error' as const, validationMessage: fieldProblemWords(problem, language) })}
    >
      <Checkbox label={label} checked={checked} disabled={disabled} onChange={(_, data) => onChange(data.checked === true)} />
    </FluentField>
  )
}
