/**
 * One address line of a mail: what is finished are tags, what is being typed is text. A comma, semicolon, Enter or leaving
 * the line finishes an address; Backspace at the beginning takes the last one back. What is not an address is marked.
 */
import { Button, makeStyles, mergeClasses, tokens, useArrowNavigationGroup } from '@fluentui/react-components'
import { DismissFilled, ErrorCircleRegular } from '@fluentui/react-icons'
import type { ClipboardEvent, KeyboardEvent, Ref } from 'react'
import { useText } from '../text/use-text.tsx'
import { type AddressTag, typedForm } from './address-tags.ts'
import type { AddressLine, ComposeAction } from './compose-state.ts'

const useStyles = makeStyles({
  root: {
    display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalXS, flexGrow: 1, minWidth: 0, minHeight: '32px', maxHeight: '104px', overflowY: 'auto',
    boxSizing: 'border-box', padding: `2px ${tokens.spacingHorizontalS}`, border: `1px solid ${tokens.colorNeutralStroke1}`, borderBottomColor: tokens.colorNeutralStrokeAccessible,
    borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground1, cursor: 'text',
    ':focus-within': { borderBottomColor: tokens.colorCompoundBrandStroke, boxShadow: `inset 0 -1px 0 ${tokens.colorCompoundBrandStroke}` },
  },
  invalid: { border: `1px solid ${tokens.colorPaletteRedBorder2}` },
  tags: { display: 'contents' },
  tag: {
    display: 'inline-flex', alignItems: 'center', gap: '2px', maxWidth: '100%', boxSizing: 'border-box', height: '24px', paddingLeft: tokens.spacingHorizontalS, borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorBrandBackground2, color: tokens.colorBrandForeground2, fontSize: tokens.fontSizeBase200,
    '@media (forced-colors: active)': { border: '1px solid CanvasText' },
  },
  wrong: { backgroundColor: tokens.colorStatusDangerBackground1, color: tokens.colorStatusDangerForeground3, textDecorationLine: 'underline', textDecorationStyle: 'wavy' },
  words: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  remove: { minWidth: '20px', width: '20px', height: '20px', padding: 0, color: 'inherit', '& .fui-Button__icon': { fontSize: '12px', width: '12px', height: '12px' } },
  input: {
    flexGrow: 1, minWidth: '140px', height: '24px', border: 'none', outline: 'none', backgroundColor: 'transparent', color: tokens.colorNeutralForeground1,
    fontFamily: tokens.fontFamilyBase, fontSize: tokens.fontSizeBase300,
  },
})

export function AddressField(props: {
  readonly id: string
  readonly line: AddressLine
  readonly label: string
  readonly tags: readonly AddressTag[]
  readonly typing: string
  readonly problemId: string | null
  readonly change: (action: ComposeAction) => void
  readonly field?: Ref<HTMLInputElement>
}) {
  const { outbox } = useText()
  const styles = useStyles()
  const arrows = useArrowNavigationGroup({ axis: 'both', memorizeCurrent: true })
  const { id, line, label, tags, typing, problemId, change } = props
  const words = outbox.compose

  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' && !event.ctrlKey) {
      event.preventDefault()
      change({ do: 'commit', line })
    } else if (event.key === 'Backspace' && typing === '' && tags.length > 0) {
      event.preventDefault()
      const last = tags.length - 1
      const tag = tags[last]
      change({ do: 'remove-tag', line, index: last })
      if (tag !== undefined) change({ do: 'type-anew', line, text: typedForm(tag) })
    }
  }
  /** An input drops line breaks from what is pasted; a column of addresses needs them as separators. */
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    const text = event.clipboardData.getData('text')
    if (!/[\r\n]/.test(text.trim())) return
    event.preventDefault()
    change({ do: 'type', line, text: `${typing}${text.trim()}\n` })
  }

  return (
    <div className={mergeClasses(styles.root, problemId !== null && styles.invalid)} onClick={(event) => event.target === event.currentTarget && document.getElementById(id)?.focus()}>
      {tags.length > 0 && (
        <span className={styles.tags} role="list" aria-label={label} {...arrows}>
          {tags.map((tag, index) => (
            <span key={`${tag.address} ${String(index)}`} role="listitem" className={mergeClasses(styles.tag, tag.problem !== null && styles.wrong)} title={typedForm(tag)}>
              {tag.problem !== null && <ErrorCircleRegular aria-hidden />}
              <span className={styles.words}>{tag.name === '' ? tag.address : tag.name}</span>
              <Button className={styles.remove} appearance="transparent" size="small" icon={<DismissFilled />} aria-label={words.removeAddress(tag.address)} onClick={() => { change({ do: 'remove-tag', line, index }); document.getElementById(id)?.focus() }} />
            </span>
          ))}
        </span>
      )}
      <input
        ref={props.field}
        id={id}
        className={styles.input}
        value={typing}
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={words.addresses(label)}
        aria-invalid={problemId !== null}
        aria-describedby={problemId ?? undefined}
        onChange={(event) => change({ do: 'type', line, text: event.target.value })}
        onPaste={paste}
        onBlur={() => change({ do: 'commit', line })}
        onKeyDown={press}
      />
    </div>
  )
}
