/** The organization or one unit: its name, the footer under all its mail, and its own outgoing server (B6, D6). */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Dropdown, Field as FluentField, makeStyles, Option, Spinner, Switch, tokens } from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import { type Level, type Organization, type Unit, unitSchema } from '../../shared/model/levels.ts'
import { levelWords } from '../../shared/words/levels.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useLanguage, useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { Field, TextField } from '../ui/field.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'
import { PassageField } from '../editor/passage-field.tsx'
import { type LevelForm, levelFormOf, levelOf, levelProblems, newUnitForm, problemAt } from './level-form.ts'
import { ServerFields } from './server-fields.tsx'

const useStyles = makeStyles({
  surface: { width: 'min(800px, 94vw)', maxWidth: 'none', maxHeight: '94vh' },
  /** A form stands between the surface and its body, which would else be as high as it likes. */
  body: { maxHeight: 'calc(94vh - 48px)' },
  switch: { marginLeft: '-8px' },
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, minHeight: 0 },
  names: { display: 'grid', gridTemplateColumns: 'minmax(0, 2fr) minmax(140px, 1fr)', gap: tokens.spacingHorizontalM, alignItems: 'start' },
})

/** What is changed; `new-unit` = one that is not there yet. */
export type ChangedLevel = { readonly is: 'organization'; readonly organization: Organization } | { readonly is: 'unit'; readonly unit: Unit } | { readonly is: 'new-unit' }

const kinds = unitSchema.shape.kind.unwrap().options

export function LevelDialog(props: { readonly changed: ChangedLevel; readonly hasSecret: boolean; readonly onClose: () => void }) {
  const { settings, ui } = useText()
  const words = settings.levels
  const kindWords = levelWords[useLanguage()].kinds
  const caller = useCaller()
  const { say } = useNavigation()
  const styles = useStyles()
  const { changed, hasSecret, onClose } = props
  const [form, setForm] = useState<LevelForm>(() => (changed.is === 'new-unit' ? newUnitForm() : levelFormOf(changed.is === 'unit' ? changed.unit : changed.organization)))
  const [attempted, setAttempted] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const edit = (change: Partial<LevelForm>) => setForm((before) => ({ ...before, ...change }))
  const all = levelProblems(form, hasSecret)
  const problems = attempted ? [...all, ...(failure?.evidence.fields ?? [])] : []
  const level: Level | null = changed.is === 'organization' ? { is: 'organization' } : changed.is === 'unit' ? { is: 'unit', id: changed.unit.id } : null
  const titles = { organization: words.organization, unit: words.changeUnit(changed.is === 'unit' ? changed.unit.name : ''), 'new-unit': words.newUnitTitle }

  const save = async () => {
    setAttempted(true)
    setFailure(null)
    if (busy || all.length > 0) return
    setBusy(true)
    const draft = levelOf(form)
    const secret = form.secret === '' || draft.server?.signIn == null ? {} : { secret: form.secret }
    const unit = { ...draft, kind: form.kind ?? 'company' }
    const saved =
      changed.is === 'organization' ? await caller.call('levels.changeOrganization', { organization: draft, ...secret })
      : changed.is === 'unit' ? await caller.call('levels.changeUnit', { id: changed.unit.id, draft: unit, ...secret })
      : await caller.call('levels.addUnit', { draft: unit, ...secret })
    setBusy(false)
    if (!saved.ok) return setFailure(saved.failure)
    say(words.saved)
    onClose()
  }

  return (
    <ModalDialog open modalType="alert" onOpenChange={(_, data) => !data.open && onClose()}>
      <DialogSurface className={styles.surface}>
        <form noValidate onSubmit={(event: FormEvent) => { event.preventDefault(); void save() }}>
          <DialogBody className={styles.body}>
            <DialogTitle>{titles[changed.is]}</DialogTitle>
            <DialogContent className={styles.content}>
              {failure !== null && <FailureBar failure={failure} onDismiss={() => setFailure(null)} />}
              {form.kind === null ? (
                <TextField label={words.organizationName} value={form.name} onChange={(name) => edit({ name })} problem={problemAt(problems, 'name')} />
              ) : (
                <div className={styles.names}>
                  <TextField label={words.unitName} required value={form.name} onChange={(name) => edit({ name })} problem={problemAt(problems, 'name')} />
                  <Field label={words.kind}>
                    <Dropdown style={{ minWidth: 0 }} value={kindWords[form.kind]} selectedOptions={[form.kind]} onOptionSelect={(_, data) => edit({ kind: kinds.find((kind) => kind === data.optionValue) ?? 'company' })}>
                      {kinds.map((kind) => <Option key={kind} value={kind}>{kindWords[kind]}</Option>)}
                    </Dropdown>
                  </Field>
                </div>
              )}
              <PassageField
                label={words.footer}
                hint={form.kind === null ? words.footerOfAll : words.footerOfUnit}
                value={form.footer}
                onChange={(footer) => edit({ footer })}
                problems={{ text: problemAt(problems, 'footer.text'), html: problemAt(problems, 'footer.html') }}
              />
              <FluentField hint={form.kind === null ? words.usesHouseHint : words.usesOwnHint}>
                <Switch className={styles.switch} label={form.kind === null ? words.usesHouse : words.usesOwn} checked={form.usesServer} onChange={(_, data) => edit({ usesServer: data.checked })} />
              </FluentField>
              {form.usesServer && (
                <ServerFields
                  form={form}
                  level={level}
                  hasSecret={hasSecret}
                  problems={problems}
                  edit={edit}
                  mayTest={() => {
                    setAttempted(true)
                    return !all.some(({ path }) => path.startsWith('server.') || path === 'secret')
                  }}
                />
              )}
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{ui.cancel}</Button>
              <Button type="submit" appearance="primary" {...(busy ? { icon: <Spinner size="tiny" /> } : {})}>{ui.save}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </ModalDialog>
  )
}
