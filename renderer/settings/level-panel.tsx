/** The organization or one unit: its name, its own outgoing server and who uses it, and the footer under all its mail (B6, D6). */
import { Button, Dropdown, Field as FluentField, makeStyles, MessageBar, MessageBarBody, Option, Switch, Text, tokens } from '@fluentui/react-components'
import { DeleteRegular } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import { done, type Failure, type Outcome } from '../../shared/failures/failure.ts'
import { type Level, type Organization, type Unit, type UnitDraft, unitSchema } from '../../shared/model/levels.ts'
import { levelWords } from '../../shared/words/levels.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { PassageField } from '../editor/passage-field.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useLanguage, useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { Field, TextField } from '../ui/field.tsx'
import { type LevelForm, levelFormOf, levelOf, levelProblems, newUnitForm, problemAt } from './level-form.ts'
import type { LevelUse } from './level-use.ts'
import { PanelFrame } from './panel-frame.tsx'
import { ServerFields } from './server-fields.tsx'

const useStyles = makeStyles({
  // In a column that scrolls it would be squeezed to one line.
  bar: { flexShrink: 0 },
  switch: { marginLeft: '-8px' },
  names: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 180px), 1fr))', gap: tokens.spacingHorizontalM, alignItems: 'start' },
  use: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS, padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`, borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground2, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
})

/** What is changed; `new-unit` = one that is not there yet. */
export type ChangedLevel = { readonly is: 'organization'; readonly organization: Organization } | { readonly is: 'unit'; readonly unit: Unit } | { readonly is: 'new-unit' }

const kinds = unitSchema.shape.kind.unwrap().options

export function LevelPanel(props: {
  readonly changed: ChangedLevel
  readonly hasSecret: boolean
  readonly use: LevelUse
  readonly onDirty: (dirty: boolean) => void
  /** `unit`: the one that was added or changed. */
  readonly onSaved: (unit: Unit | null) => void
  readonly onRemove: () => void
}) {
  const { settings } = useText()
  const words = settings.levels
  const kindWords = levelWords[useLanguage()].kinds
  const caller = useCaller()
  const { say } = useNavigation()
  const styles = useStyles()
  const { changed, hasSecret, use, onDirty, onSaved, onRemove } = props
  const [begun] = useState<LevelForm>(() => (changed.is === 'new-unit' ? newUnitForm() : levelFormOf(changed.is === 'unit' ? changed.unit : changed.organization)))
  const [form, setForm] = useState(begun)
  const [attempted, setAttempted] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const edit = (change: Partial<LevelForm>) => setForm((before) => ({ ...before, ...change }))
  const all = levelProblems(form, hasSecret)
  const problems = attempted ? [...all, ...(failure?.evidence.fields ?? [])] : []
  const level: Level | null = changed.is === 'organization' ? { is: 'organization' } : changed.is === 'unit' ? { is: 'unit', id: changed.unit.id } : null
  const dirty = JSON.stringify(form) !== JSON.stringify(begun)
  useEffect(() => onDirty(dirty), [dirty, onDirty])
  useEffect(() => () => onDirty(false), [onDirty])

  const tell = async (organization: Organization, draft: UnitDraft, secret: { readonly secret?: string }): Promise<Outcome<Unit | null>> => {
    if (changed.is === 'organization') {
      const saved = await caller.call('levels.changeOrganization', { organization, ...secret })
      return saved.ok ? done(null) : saved
    }
    const saved = changed.is === 'unit' ? await caller.call('levels.changeUnit', { id: changed.unit.id, draft, ...secret }) : await caller.call('levels.addUnit', { draft, ...secret })
    return saved.ok ? done(saved.value.unit) : saved
  }
  const save = async () => {
    setAttempted(true)
    setFailure(null)
    if (busy || all.length > 0) return
    setBusy(true)
    const draft = levelOf(form)
    const secret = form.secret === '' || draft.server?.signIn == null ? {} : { secret: form.secret }
    const unit = { ...draft, kind: form.kind ?? 'company' }
    const saved = await tell(draft, unit, secret)
    setBusy(false)
    if (!saved.ok) return setFailure(saved.failure)
    onDirty(false)
    say(words.saved)
    onSaved(saved.value)
  }
  const titles = { organization: form.name === '' ? words.organization : form.name, unit: changed.is === 'unit' ? changed.unit.name : '', 'new-unit': words.newUnitTitle }

  return (
    <PanelFrame
      title={titles[changed.is]}
      about={form.kind === null ? words.organizationIntro : kindWords[form.kind]}
      canSave={dirty}
      busy={busy}
      onSave={() => void save()}
      actions={changed.is === 'unit' && <Button icon={<DeleteRegular />} appearance="subtle" onClick={onRemove}>{words.remove}</Button>}
    >
      {failure !== null && <FailureBar failure={failure} onDismiss={() => setFailure(null)} />}
      {attempted && all.length > 0 && <MessageBar intent="warning" layout="multiline" className={styles.bar}><MessageBarBody>{words.notYet}</MessageBarBody></MessageBar>}
      {form.kind === null ? (
        <TextField label={words.organizationName} value={form.name} onChange={(name) => edit({ name })} problem={problemAt(problems, 'name')} />
      ) : (
        <div className={styles.names}>
          <TextField label={words.unitName} required autoFocus={changed.is === 'new-unit'} value={form.name} onChange={(name) => edit({ name })} problem={problemAt(problems, 'name')} />
          <Field label={words.kind}>
            <Dropdown value={kindWords[form.kind]} selectedOptions={[form.kind]} style={{ minWidth: 0 }} onOptionSelect={(_, data) => edit({ kind: kinds.find((kind) => kind === data.optionValue) ?? 'company' })}>
              {kinds.map((kind) => <Option key={kind} value={kind}>{kindWords[kind]}</Option>)}
            </Dropdown>
          </Field>
        </div>
      )}
      <FluentField hint={form.kind === null ? words.usesHouseHint : words.usesOwnHint}>
        <Switch className={styles.switch} label={form.kind === null ? words.usesHouse : words.usesOwn} checked={form.usesServer} onChange={(_, data) => edit({ usesServer: data.checked })} />
      </FluentField>
      {changed.is !== 'new-unit' && <Use use={use} isOn={begun.usesServer} />}
      {form.usesServer && (
        <ServerFields form={form} saved={begun.server} level={level} hasSecret={hasSecret} problems={problems} edit={edit} mayTest={() => {
          setAttempted(true)
          return all.every(({ path }) => !path.startsWith('server') && path !== 'secret')
        }} />
      )}
      <PassageField
        label={words.footer}
        hint={form.kind === null ? words.footerOfAll : words.footerOfUnit}
        value={form.footer}
        onChange={(footer) => edit({ footer })}
        problems={{ text: problemAt(problems, 'footer.text'), html: problemAt(problems, 'footer.html') }}
      />
    </PanelFrame>
  )
}

/** Who sends through this level's server as it is saved, and who does not and why. */
function Use({ use, isOn }: { readonly use: LevelUse; readonly isOn: boolean }) {
  const { settings: { levels: words } } = useText()
  const styles = useStyles()
  const { rule } = levelWords[useLanguage()]
  const own = [...use.units, ...use.own]
  return (
    <div className={styles.use}>
      <Text>{!isOn ? words.usedByNobodyOff : use.accounts.length === 0 ? words.usedByNobody : words.usedBy(use.accounts.length, use.accounts.join(', '))}</Text>
      {own.length > 0 && <Text size={200}>{words.haveOwn(own.join(', '))}</Text>}
      <Text size={200} className={styles.quiet}>{rule}</Text>
    </div>
  )
}
