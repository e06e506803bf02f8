/** One template: what it is called and says, with problems beside their fields, fields to insert, and what a mail will say. */
import { Combobox, Dropdown, Field as FluentField, Input, makeStyles, Option, tokens, Toolbar, ToolbarButton } from '@fluentui/react-components'
import { DeleteRegular, SaveRegular, TableArrowUpRegular } from '@fluentui/react-icons'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import { fieldProblemWords } from '../../shared/failures/field-problems.ts'
import { templateFaultWords } from '../../shared/failures/mail-problems.ts'
import type { OpenedTable } from '../../shared/model/batch.ts'
import { languages } from '../../shared/model/preferences.ts'
import { documentTypes, isKnownType, type Template, type TemplateDraft, type TemplateFault, type TemplateId, type TemplatePart } from '../../shared/model/template.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useLanguage, useText } from '../text/use-text.tsx'
import type { EditorHandle } from '../editor/formatted-editor.tsx'
import { WordsField } from '../editor/words-field.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { narrow } from '../ui/field.tsx'
import { InsertField } from './insert-field.tsx'
import { differs, inserted, textOf } from './template-form.ts'
import { TemplatePreview } from './template-preview.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flexGrow: 1, minHeight: 0, minWidth: 0 },
  toolbar: { flexWrap: 'wrap', padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`, borderBottom: `1px solid ${tokens.colorNeutralStroke3}` },
  page: { flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: tokens.spacingHorizontalL, display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))', gap: tokens.spacingHorizontalXL, alignItems: 'start', alignContent: 'start' },
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, minWidth: 0 },
  pair: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 140px), 1fr))', gap: tokens.spacingHorizontalM, alignItems: 'start' },
  wide: { gridColumn: '1 / -1' },
})

export function TemplateEditor(props: { readonly id: TemplateId | null; readonly saved: TemplateDraft; readonly onSaved: (template: Template) => void; readonly onRemove: () => void; readonly onUse: () => void; readonly onDirty: (dirty: boolean) => void }) {
  const { templates, ui } = useText()
  const language = useLanguage()
  const caller = useCaller()
  const styles = useStyles()
  const { id, saved, onSaved, onRemove, onUse, onDirty } = props
  const [draft, setDraft] = useState(saved)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [table, setTable] = useState<OpenedTable | null>(null)
  const [saving, setSaving] = useState(false)
  const subject = useRef<HTMLInputElement>(null)
  const words = useRef<EditorHandle>(null)
  /** Where a field goes. */
  const last = useRef<'subject' | 'text'>('text')
  const accounts = useAnswer('accounts.list', {}, { refreshOn: ['accounts.changed'] }).value?.accounts ?? []
  const accountId = (accounts.find(({ isDefault }) => isDefault) ?? accounts[0])?.account.id ?? null
  const dirty = id === null || differs(draft, saved)
  useEffect(() => onDirty(dirty), [dirty, onDirty])

  const change = (part: Partial<TemplateDraft>) => {
    setDraft((before) => ({ ...before, ...part }))
    setFailure(null)
  }
  const insert = (field: string) => {
    if (last.current === 'text') return words.current?.insert(field)
    const element = subject.current
    const value = draft.subject
    const [from, to] = [element?.selectionStart ?? value.length, element?.selectionEnd ?? value.length]
    change({ subject: inserted(value, from, to, field) })
    requestAnimationFrame(() => {
      element?.focus()
      element?.setSelectionRange(from + field.length, from + field.length)
    })
  }
  const save = async () => {
    setSaving(true)
    const outcome = await caller.call('templates.save', { id, draft })
    setSaving(false)
    if (outcome.ok) onSaved(outcome.value)
    else setFailure(outcome.failure)
  }
  const faultsOf = (part: TemplatePart): readonly TemplateFault[] => (failure?.evidence.faults ?? []).filter((fault) => fault.part === part)
  /** null = nothing is wrong there. */
  const problemsOf = (paths: readonly (keyof TemplateDraft)[]): string | null => {
    const problems = (failure?.evidence.fields ?? []).filter(({ path }) => paths.some((one) => one === path)).map(({ problem }) => fieldProblemWords(problem, language))
    const faults = paths.flatMap((path) => (path === 'subject' || path === 'text' || path === 'html' ? faultsOf(path) : [])).map((fault) => templateFaultWords(fault, language))
    return [...new Set([...problems, ...faults])].join(' ') || null
  }
  const field = (path: keyof TemplateDraft, label: string, control: ReactElement<object>, hint?: string) => {
    const problem = problemsOf([path])
    return <FluentField label={label} hint={hint ?? null} style={{ minWidth: 0 }} {...(problem === null ? {} : { validationState: 'error' as const, validationMessage: problem })}>{control}</FluentField>
  }
  const typeWords = isKnownType(draft.documentType) ? templates.types[draft.documentType] : draft.documentType
  return (
    <article className={styles.root} aria-label={templates.editor}>
      <Toolbar className={styles.toolbar} aria-label={templates.editor}>
        <ToolbarButton icon={<SaveRegular />} appearance="primary" disabled={!dirty || saving} onClick={() => void save()}>{templates.save}</ToolbarButton>
        {id !== null && <ToolbarButton icon={<TableArrowUpRegular />} disabled={dirty} onClick={onUse}>{templates.useTemplate}</ToolbarButton>}
        {id !== null && <ToolbarButton icon={<DeleteRegular />} onClick={onRemove}>{templates.remove}</ToolbarButton>}
      </Toolbar>
      <div className={styles.page}>
        <div className={styles.form}>
          {failure !== null && failure.code !== 'input.invalid' && failure.code !== 'template.wrong' && <FailureBar failure={failure} />}
          {field('name', templates.name, <Input value={draft.name} style={narrow} input={{ style: narrow }} onChange={(_, { value }) => change({ name: value })} />)}
          <div className={styles.pair}>
            {field('documentType', templates.type, (
              <Combobox freeform expandIcon={{ 'aria-label': ui.openChoices }} value={typeWords} selectedOptions={[draft.documentType]} style={narrow} input={{ style: narrow }} onOptionSelect={(_, { optionValue }) => change({ documentType: optionValue ?? draft.documentType })} onChange={(event) => change({ documentType: event.target.value })}>
                {documentTypes.map((type) => <Option key={type} value={type}>{templates.types[type]}</Option>)}
              </Combobox>
            ), templates.typeHint)}
            {field('language', templates.language, (
              <Dropdown value={templates.languages[draft.language]} selectedOptions={[draft.language]} style={narrow} onOptionSelect={(_, { optionValue }) => change({ language: languages.find((one) => one === optionValue) ?? draft.language })}>
                {languages.map((one) => <Option key={one} value={one}>{templates.languages[one]}</Option>)}
              </Dropdown>
            ))}
          </div>
          {field('subject', templates.subject, <Input value={draft.subject} style={narrow} input={{ ref: subject, style: narrow, onFocus: () => (last.current = 'subject') }} onChange={(_, { value }) => change({ subject: value })} />)}
          <div><InsertField columns={table?.columns ?? []} onInsert={insert} /></div>
          <div onFocus={() => { last.current = 'text' }}>
            <WordsField label={templates.text} hint={templates.fieldHint} hasFields rows={12} handle={words} value={draft} problem={problemsOf(['text', 'html'])} onChange={change} />
          </div>
        </div>
        <TemplatePreview template={textOf(draft)} accountId={accountId} table={table} onTable={setTable} />
      </div>
    </article>
  )
}
