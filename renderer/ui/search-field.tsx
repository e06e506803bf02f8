/** A field to search with, named by what it searches. Its button that empties it speaks the user's language, which Fluent's own does not. */
import { SearchBox } from '@fluentui/react-components'
import type { Ref } from 'react'
import { useText } from '../text/use-text.tsx'

export function SearchField(props: {
  readonly label: string
  /** In the empty field, where there is no room for the label. */
  readonly words?: string | undefined
  readonly hint?: string
  readonly typed: string
  readonly onType: (typed: string) => void
  readonly className?: string
  readonly field?: Ref<HTMLInputElement>
}) {
  const { ui } = useText()
  const { label, words = label, hint, typed, onType, className, field } = props
  return (
    <SearchBox
      aria-label={label} placeholder={words} value={typed} onChange={(_, data) => onType(data.value)} dismiss={{ 'aria-label': ui.clearSearch, title: ui.clearSearch }}
      {...(hint === undefined ? {} : { title: hint })} {...(className === undefined ? {} : { className })} {...(field === undefined ? {} : { input: { ref: field } })}
    />
  )
}
