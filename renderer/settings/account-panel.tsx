/** One account below the organization: who its mail is from, which server it takes and why, and what stands under it (B6, D6). */
import { Button, Dropdown, makeStyles, Option, Subtitle2, Text, tokens } from '@fluentui/react-components'
import { SettingsRegular } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import type { Account } from '../../shared/model/account.ts'
import { letterheadOf } from '../../shared/model/letterhead.ts'
import type { Levels } from '../../shared/model/levels.ts'
import { wayOut } from '../../shared/model/way-out.ts'
import { levelWords } from '../../shared/words/levels.ts'
import { SendAsDialog } from '../accounts/send-as-dialog.tsx'
import { useCaller } from '../bridge/use-caller.tsx'
import { PassageField } from '../editor/passage-field.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useLanguage, useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { Field } from '../ui/field.tsx'
import { WayOutList } from '../ui/way-out-list.tsx'
import { problemAt } from './level-form.ts'
import { PanelFrame } from './panel-frame.tsx'

const useStyles = makeStyles({
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS, minWidth: 0, overflowWrap: 'anywhere' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
})

export function AccountPanel(props: { readonly account: Account; readonly levels: Levels; readonly onDirty: (dirty: boolean) => void; readonly onSaved: () => void }) {
  const { settings: { levels: words }, wizard, accounts } = useText()
  const kindWords = levelWords[useLanguage()].kinds
  const caller = useCaller()
  const { say, openWizard } = useNavigation()
  const styles = useStyles()
  const { account, levels, onDirty, onSaved } = props
  const begun = { unitId: account.unitId, signature: account.sending.signature, footer: account.sending.footer }
  const [form, setForm] = useState(begun)
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const dirty = JSON.stringify(form) !== JSON.stringify(begun)
  useEffect(() => onDirty(dirty), [dirty, onDirty])
  useEffect(() => () => onDirty(false), [onDirty])
  const edit = (change: Partial<typeof form>) => setForm((before) => ({ ...before, ...change }))
  const problems = failure?.evidence.fields ?? []
  const problemsOf = (part: 'signature' | 'footer') => ({ text: problemAt(problems, `draft.sending.${part}.text`) ?? problemAt(problems, `sending.${part}.text`), html: problemAt(problems, `draft.sending.${part}.html`) ?? problemAt(problems, `sending.${part}.html`) })
  /** As it will be when it is saved. */
  const then = { ...account, unitId: form.unitId, sending: { ...account.sending, signature: form.signature, footer: form.footer } }
  const unit = levels.units.find(({ id }) => id === form.unitId)
  const head = letterheadOf(then, levels)

  const save = async () => {
    setBusy(true)
    const { id, ...draft } = then
    const saved = await caller.call('accounts.change', { id, draft, secrets: {} })
    setBusy(false)
    setFailure(saved.ok ? null : saved.failure)
    if (!saved.ok) return
    onDirty(false)
    say(words.saved)
    onSaved()
  }
  return (
    <PanelFrame title={account.name} about={account.user.address} canSave={dirty} busy={busy} onSave={() => void save()} actions={<Button icon={<SettingsRegular />} appearance="subtle" onClick={() => openWizard({ is: 'change', accountId: account.id })}>{words.accountSettings}</Button>}>
      {failure !== null && <FailureBar failure={failure} onDismiss={() => setFailure(null)} />}
      {levels.units.length > 0 && (
        <Field label={wizard.servers.unit} hint={wizard.servers.unitHint}>
          <Dropdown value={unit === undefined ? wizard.servers.noUnit : `${unit.name} (${kindWords[unit.kind]})`} selectedOptions={[form.unitId ?? '']} style={{ minWidth: 0 }} onOptionSelect={(_, data) => edit({ unitId: data.optionValue === '' ? null : (data.optionValue ?? null) })}>
            <Option value="">{wizard.servers.noUnit}</Option>
            {levels.units.map(({ id, name, kind }) => <Option key={id} value={id} text={name}>{`${name} (${kindWords[kind]})`}</Option>)}
          </Dropdown>
        </Field>
      )}
      {account.outgoing === null ? <Text>{words.sendsNothing}</Text> : (
        <>
          <section className={styles.section}>
            <Subtitle2 as="h3">{words.accountServer}</Subtitle2>
            <WayOutList rungs={wayOut(then, levels)} />
          </section>
          <section className={styles.section}>
            <Subtitle2 as="h3">{words.accountSender}</Subtitle2>
            <Text>{head.from.name === '' ? head.from.address : `${head.from.name} <${head.from.address}>`}</Text>
            {head.replyTo !== null && <Text size={200}>{words.answersTo(head.replyTo.address)}</Text>}
            <div className={styles.buttons}><Button onClick={() => setAsking(true)}>{accounts.sendAs.menu}</Button></div>
          </section>
          <PassageField label={wizard.more.other.signature} value={form.signature} onChange={(signature) => edit({ signature })} problems={problemsOf('signature')} />
          <PassageField label={words.footer} hint={wizard.more.other.footerHint} value={form.footer} onChange={(footer) => edit({ footer })} problems={problemsOf('footer')} />
        </>
      )}
      {asking && <SendAsDialog account={account} onClose={() => setAsking(false)} />}
    </PanelFrame>
  )
}
