/**
 * Words with or without formatting: the one field for a mail's text, signatures, footers and templates. Three ways to write, of which
 * nothing is lost without asking: formatted; plain; and, for HTML that the editor cannot show, its source.
 */
import { Button, Label, makeStyles, mergeClasses, Spinner, Text, ToolbarButton, tokens, Tooltip, useId } from '@fluentui/react-components'
import { CodeRegular, TextTRegular } from '@fluentui/react-icons'
import { lazy, type RefObject, Suspense, useEffect, useRef, useState } from 'react'
import { htmlOfText } from '../../shared/html/html-of-text.ts'
import { isFormatted } from '../../shared/html/is-formatted.ts'
import { textOfHtml } from '../../shared/html/text-of-html.ts'
import { useText } from '../text/use-text.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { isFromEditor } from './editor-keeps.ts'
import type { EditorHandle } from './formatted-editor.tsx'
import { withLiquidMarks, withoutLiquidMarks } from './liquid-html.ts'

const FormattedEditor = lazy(async () => await import('./formatted-editor.tsx'))

/** `html` null = nothing but the text. */
export interface Words {
  readonly text: string
  readonly html: string | null
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS, minWidth: 0 },
  box: {
    display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0, minWidth: 0, overflow: 'hidden', border: `1px solid ${tokens.colorNeutralStrokeAccessible}`, borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground1,
    ':focus-within': { outline: `2px solid ${tokens.colorCompoundBrandStroke}`, outlineOffset: '-2px' },
  },
  wrong: { border: `1px solid ${tokens.colorPaletteRedBorder2}` },
  bar: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, flexWrap: 'wrap', padding: '2px 2px 2px 12px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  grow: { flexGrow: 1 },
  quiet: { color: tokens.colorNeutralForeground2 },
  problem: { color: tokens.colorStatusDangerForeground3 },
  text: {
    flexGrow: 1, boxSizing: 'border-box', width: '100%', resize: 'none', border: 'none', outlineStyle: 'none', padding: tokens.spacingHorizontalM, backgroundColor: 'transparent', color: tokens.colorNeutralForeground1,
    fontFamily: tokens.fontFamilyBase, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase400,
  },
  code: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  button: { minWidth: '28px', padding: '3px', marginLeft: 'auto' },
})

type Way = 'formatted' | 'plain' | 'source'

export interface WordsFieldProps {
  readonly label: string
  /** Only read out; the place says it to the eye. */
  readonly labelHidden?: boolean
  readonly hint?: string | undefined
  readonly required?: boolean
  /** What is wrong with it, in words. */
  readonly problem?: string | null
  readonly value: Words
  readonly onChange: (value: Words) => void
  /**
   * A mail's words remember how they are written: `html` null = as plain text, and is told also while nothing is formatted. Other words
   * have HTML for as long as something in them is formatted.
   */
  readonly remembersWay?: boolean
  /** The words as the editor shows them, before anybody changed them. */
  readonly onBegin?: (value: Words) => void
  /** A template's `{{ … }}` are one piece each. */
  readonly hasFields?: boolean
  readonly focused?: boolean
  readonly rows?: number
  readonly className?: string
  readonly handle?: RefObject<EditorHandle | null>
}

export function WordsField(props: WordsFieldProps) {
  const { editor: words, ui } = useText()
  const styles = useStyles()
  const id = useId('words')
  const { label, labelHidden = false, hint, required = false, problem = null, value, onChange, remembersWay = false, hasFields = false, focused = false, rows = 4, className } = props
  const forEditor = (html: string) => (hasFields ? withoutLiquidMarks(html) : html)
  const [way, setWay] = useState<Way>(() => {
    if (remembersWay) return value.html === null ? 'plain' : 'formatted'
    return value.html === null || isFromEditor(value.text, forEditor(value.html)) ? 'formatted' : 'source'
  })
  /** What the editor begins with. It is asked for once: from then on it tells what it has. */
  const [beginning, setBeginning] = useState(() => (value.html === null ? htmlOfText(value.text) : forEditor(value.html)))
  const [asking, setAsking] = useState<Way | null>(null)
  const [arrived, setArrived] = useState(false)
  const own = useRef<EditorHandle | null>(null)
  const handle = props.handle ?? own
  const plain = useRef<HTMLTextAreaElement>(null)
  const hasFocus = focused || arrived
  const describedBy = [...(hint === undefined ? [] : [`${id}-hint`]), ...(problem === null ? [] : [`${id}-problem`])].join(' ') || undefined

  const go = (to: Way) => {
    setAsking(null)
    setArrived(true)
    if (to === 'formatted') {
      const html = value.html === null ? htmlOfText(value.text) : forEditor(value.html)
      setBeginning(html)
      onChange(wordsOf(html))
    } else if (to === 'plain') onChange({ text: value.text, html: null })
    setWay(to)
  }
  const wordsOf = (html: string): Words => ({ text: textOfHtml(html), html: remembersWay || isFormatted(html) ? (hasFields ? withLiquidMarks(html) : html) : null })
  const ask = (to: Way) => {
    const loses = way === 'source' ? to === 'formatted' : to === 'plain' && value.html !== null && isFormatted(value.html)
    if (loses) setAsking(to)
    else go(to)
  }
  useEffect(() => {
    if (way === 'formatted') return
    const insert = (text: string) => plain.current?.setRangeText(text, plain.current.selectionStart, plain.current.selectionEnd, 'end')
    handle.current = {
      focus: () => plain.current?.focus(),
      insert(text) {
        insert(text)
        plain.current?.dispatchEvent(new Event('input', { bubbles: true }))
        plain.current?.focus()
      },
    }
    if (hasFocus) {
      plain.current?.focus()
      plain.current?.setSelectionRange(0, 0)
    }
    return () => void (handle.current = null)
  }, [way, handle, hasFocus])

  const textArea = (to: 'text' | 'html', name: string, lines: number) => (
    <textarea
      ref={(to === 'html') === (way === 'source') ? plain : null}
      className={mergeClasses(styles.text, to === 'html' && styles.code)}
      aria-label={name}
      aria-invalid={problem !== null || undefined}
      aria-describedby={describedBy}
      spellCheck={to === 'text'}
      rows={lines}
      value={to === 'text' ? value.text : (value.html ?? '')}
      onChange={(event) => onChange({ ...value, [to]: event.target.value })}
    />
  )
  return (
    <div className={mergeClasses(styles.root, className)}>
      {!labelHidden && <Label required={required} onClick={() => handle.current?.focus()}>{label}</Label>}
      <div className={mergeClasses(styles.box, problem !== null && styles.wrong)}>
        {way === 'formatted' && (
          <Suspense fallback={<Spinner size="tiny" label={ui.loading} style={{ minHeight: `${rows * 20 + 61}px` }} />}>
            <FormattedEditor label={label} describedBy={describedBy} html={beginning} hasFields={hasFields} focused={hasFocus} rows={rows} handle={handle} onChange={(html) => onChange(wordsOf(html))} onBegin={(html) => props.onBegin?.(wordsOf(html))}>
              <Tooltip content={words.plain} relationship="label"><ToolbarButton className={styles.button} icon={<TextTRegular />} onClick={() => ask('plain')} /></Tooltip>
            </FormattedEditor>
          </Suspense>
        )}
        {way === 'plain' && (
          <>
            <div className={styles.bar}>
              <Text size={200} className={mergeClasses(styles.grow, styles.quiet)}>{words.plainHint}</Text>
              <Button size="small" appearance="subtle" icon={<TextTRegular />} onClick={() => ask('formatted')}>{words.formatted}</Button>
            </div>
            {textArea('text', label, rows)}
          </>
        )}
        {way === 'source' && (
          <>
            <div className={styles.bar}>
              <Text size={200} className={mergeClasses(styles.grow, styles.quiet)}>{words.source.hint}</Text>
              <Button size="small" appearance="subtle" icon={<CodeRegular />} onClick={() => ask('formatted')}>{words.source.rewrite}</Button>
            </div>
            {textArea('text', words.source.text(label), Math.min(rows, 5))}
            {textArea('html', words.source.html(label), Math.max(rows, 6))}
          </>
        )}
      </div>
      {hint !== undefined && <Text id={`${id}-hint`} size={200} className={styles.quiet}>{hint}</Text>}
      {problem !== null && <Text id={`${id}-problem`} size={200} role="alert" className={styles.problem}>{problem}</Text>}
      <ConfirmDialog open={asking !== null} title={asking === 'plain' ? words.lose.title : words.source.loseTitle} confirm={asking === 'plain' ? words.lose.confirm : words.source.rewrite} cancel={words.lose.cancel} onClose={(confirmed) => (confirmed && asking !== null ? go(asking) : setAsking(null))}>
        {asking === 'plain' ? words.lose.body : words.source.loseBody}
      </ConfirmDialog>
    </div>
  )
}
