/** B6: an own server for outgoing mail, or the nearest one of the levels above; and the unit the account belongs to. */
import { Dropdown, Option, Radio, RadioGroup, Subtitle2 } from '@fluentui/react-components'
import { useMemo } from 'react'
import type { FieldProblem } from '../../../shared/model/field-problem.ts'
import type { Levels } from '../../../shared/model/levels.ts'
import { wayOut } from '../../../shared/model/way-out.ts'
import { levelWords } from '../../../shared/words/levels.ts'
import { useAnswer } from '../../bridge/use-answer.ts'
import { useLanguage, useText } from '../../text/use-text.tsx'
import { Field } from '../../ui/field.tsx'
import { WayOutList } from '../../ui/way-out-list.tsx'
import { sendsViaIncoming } from '../account-form.ts'
import { problemAt } from '../form-problems.ts'
import { usePageStyles } from '../page-frame.tsx'
import type { WizardAction, WizardState } from '../wizard-state.ts'
import { ServerFields } from './server-fields.tsx'

export function OutgoingServer({ state: { form }, act, problems }: { readonly state: WizardState; readonly act: (action: WizardAction) => void; readonly problems: readonly FieldProblem[] }) {
  const { servers } = useText().wizard
  const kinds = levelWords[useLanguage()].kinds
  const page = usePageStyles()
  const listed = useAnswer('levels.list', {}, { refreshOn: ['accounts.changed'] }).value
  const levels = useMemo<Levels | null>(() => (listed === null ? null : { organization: listed.organization, units: listed.units.map(({ unit }) => unit) }), [listed])
  const { outgoing, outgoingSignIn, unitId } = form
  const edit = (change: Partial<typeof outgoing>) => act({ do: 'edit', change: { outgoing: { ...outgoing, ...change } } })
  const mayUseIncoming = form.forReceiving && form.incoming.protocol === 'jmap'
  const use = sendsViaIncoming(form) ? 'incoming' : outgoing.shared ? 'shared' : 'own'
  /** The shared server signs in by itself, unless somebody says otherwise; an own one cannot. */
  const choose = (from: string) => {
    const shared = from === 'shared'
    const signInUse = shared ? 'server' : outgoingSignIn.use === 'server' ? 'same-as-incoming' : outgoingSignIn.use
    act({ do: 'edit', change: { outgoing: { ...outgoing, shared, viaIncoming: from === 'incoming' }, outgoingSignIn: { ...outgoingSignIn, use: signInUse } } })
  }
  const someServer = levels !== null && [levels.organization, ...levels.units].some(({ server }) => server !== null)
  const unit = levels?.units.find(({ id }) => id === unitId)
  const rungs = levels === null ? [] : wayOut({ name: form.name, unitId, outgoing: { enabled: true, server: outgoing.shared ? { use: 'shared' } : { use: 'own', ...outgoing }, signIn: { use: 'none' } } }, levels)
  return (
    <section className={page.section}>
      <Subtitle2 as="h2">{use === 'incoming' ? servers.outgoingOverHttp : servers.outgoing}</Subtitle2>
      {levels !== null && levels.units.length > 0 && (
        <Field label={servers.unit} hint={servers.unitHint} problem={problemAt(problems, 'unitId')}>
          <Dropdown
            style={{ minWidth: 0 }}
            value={unit === undefined ? servers.noUnit : `${unit.name} (${kinds[unit.kind]})`}
            selectedOptions={[unitId ?? '']}
            onOptionSelect={(_, data) => act({ do: 'edit', change: { unitId: data.optionValue === '' ? null : (data.optionValue ?? null) } })}
          >
            <Option value="">{servers.noUnit}</Option>
            {levels.units.map(({ id, name, kind }) => <Option key={id} value={id} text={name}>{`${name} (${kinds[kind]})`}</Option>)}
          </Dropdown>
        </Field>
      )}
      {(someServer || outgoing.shared || mayUseIncoming) && (
        <RadioGroup aria-label={servers.outgoing} value={use} onChange={(_, data) => choose(data.value)}>
          {mayUseIncoming && <Radio value="incoming" label={servers.useIncoming} />}
          <Radio value="own" label={servers.useOwn} />
          {(someServer || outgoing.shared) && <Radio value="shared" label={servers.shared} />}
        </RadioGroup>
      )}
      {use === 'shared' && <WayOutList rungs={rungs} />}
      {use === 'own' && <ServerFields side="outgoing" protocol="smtp" server={outgoing} onChange={edit} problems={problems} />}
    </section>
  )
}
