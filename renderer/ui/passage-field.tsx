/** Words for under a mail: as text, and on request formatted too. Whoever never asks for HTML never sees it. */
import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { FieldProblemCode } from '../../shared/model/field-problem.ts'
import type { Passage } from '../../shared/model/levels.ts'
import { useText } from '../text/use-text.tsx'
import { ParagraphField } from './field.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', alignItems: 'stretch', gap: tokens.spacingVerticalXS, minWidth: 0 },
  more: { alignSelf: 'flex-start', paddingLeft: 0 },
  html: { '& textarea': { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 } },
})

export function PassageField(props: {
  readonly label: string
  readonly hint?: string
  readonly value: Passage
  readonly onChange: (value: Passage) => void
  readonly problems?: { readonly text: FieldProblemCode | null; readonly html: FieldProblemCode | null }
}) {
  const { ui } = useText()
  const styles = useStyles()
  const { label, hint, value, onChange, problems } = props
  const [open, setOpen] = useState(value.html !== '')
  return (
    <div className={styles.root}>
      <ParagraphField label={label} hint={hint} value={value.text} rows={3} onChange={(text) => onChange({ ...value, text })} problem={problems?.text ?? null} />
      <Button className={styles.more} size="small" appearance="transparent" aria-expanded={open} aria-label={ui.passage.formattedOf(label)} icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />} onClick={() => setOpen(!open)}>
        {ui.passage.formatted}
      </Button>
      {open && <ParagraphField className={styles.html} label={ui.passage.html(label)} hint={ui.passage.htmlHint} value={value.html} rows={4} onChange={(html) => onChange({ ...value, html })} problem={problems?.html ?? null} />}
    </div>
  )
}
