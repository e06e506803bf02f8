/** Everything that is set for the program as a whole. Each change is kept at once; what this edition cannot do says why. */
import { Button, Dropdown, Field, makeStyles, mergeClasses, Option, Radio, RadioGroup, Spinner, Switch, Tab, TabList, Text, tokens } from '@fluentui/react-components'
import { CopyRegular, FolderOpenRegular, FolderRegular, GlobeSearchRegular, PaintBrushRegular, PowerRegular } from '@fluentui/react-icons'
import { useState } from 'react'
import type { Params, Result } from '../../shared/contract/methods.ts'
import type { Failure } from '../../shared/failures/failure.ts'
import { languages, languageSchema, lookUpSchema, type Preferences, preferencesSchema } from '../../shared/model/preferences.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { languageOf, useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ScreenFrame } from '../ui/screen-frame.tsx'
import { AboutCard } from './about-card.tsx'
import { OrganizationPane } from './organization-pane.tsx'
import { PasswordPlace } from './password-place.tsx'
import { SettingsCard } from './settings-card.tsx'
import { WebServices } from './web-services.tsx'

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '860px' },
  organization: { display: 'flex', flexGrow: 1, minWidth: 0, minHeight: 0 },
  hidden: { display: 'none' },
  choice: { maxWidth: '320px' },
  /** Hints stand under the words of their switch, not under the switch. */
  rows: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS, '& .fui-Field__hint': { paddingLeft: '60px', maxWidth: '70ch' } },
  path: { fontFamily: tokens.fontFamilyMonospace, overflowWrap: 'anywhere', padding: tokens.spacingHorizontalM, backgroundColor: tokens.colorNeutralBackground3, borderRadius: tokens.borderRadiusMedium },
  buttons: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
})

type Change = Params<'preferences.change'>['change']

const parts = ['general', 'organization'] as const
type Part = (typeof parts)[number]

export function SettingsScreen() {
  const { settings, ui } = useText()
  const caller = useCaller()
  const styles = useStyles()
  const info = useAnswer('app.info', {})
  const preferences = useAnswer('preferences.get', {}, { refreshOn: ['preferences.changed'] })
  const [failure, setFailure] = useState<Failure | null>(null)
  const asked = failure ?? info.failure ?? preferences.failure

  const change = async (part: Change) => {
    const outcome = await caller.call('preferences.change', { change: part })
    setFailure(outcome.ok ? null : outcome.failure)
    preferences.refresh()
  }

  const [tab, setTab] = useState<Part>('general')
  const [visited, setVisited] = useState(false)
  const go = (to: Part) => {
    setTab(to)
    if (to === 'organization') setVisited(true)
  }
  const choice = (
    <TabList selectedValue={tab} aria-label={settings.tabsLabel} onTabSelect={(_, data) => go(parts.find((one) => one === data.value) ?? 'general')}>
      {parts.map((one) => <Tab key={one} value={one} id={`settings-${one}`} aria-controls={`settings-${one}-part`}>{settings.tabs[one]}</Tab>)}
    </TabList>
  )

  return (
    <ScreenFrame title={settings.title} actions={choice} flush={tab === 'organization'}>
      {/* Stays there while the other part is shown: what is half typed is not lost. */}
      {visited && <div role="tabpanel" id="settings-organization-part" aria-labelledby="settings-organization" className={mergeClasses(styles.organization, tab !== 'organization' && styles.hidden)}><OrganizationPane /></div>}
      <div role="tabpanel" id="settings-general-part" aria-labelledby="settings-general" className={mergeClasses(styles.page, tab !== 'general' && styles.hidden)}>
        {asked !== null && <FailureBar failure={asked} actions={<Button onClick={() => { setFailure(null); info.refresh(); preferences.refresh() }}>{ui.tryAgain}</Button>} />}
        {(info.state === 'loading' || preferences.state === 'loading') && <Spinner label={ui.loading} />}
        {info.value !== null && preferences.value !== null && (
          <>
            <Appearance preferences={preferences.value} locale={info.value.locale} onChange={(part) => void change(part)} />
            <StartAndNotices preferences={preferences.value} capabilities={info.value.capabilities} onChange={(part) => void change(part)} />
            <PasswordPlace />
            <WebServices />
            <LookUps preferences={preferences.value} onChange={(part) => void change(part)} />
            <DataFolder info={info.value} onFailure={setFailure} />
            <AboutCard info={info.value} />
          </>
        )}
      </div>
    </ScreenFrame>
  )
}

interface CardProps {
  readonly preferences: Preferences
  readonly onChange: (change: Change) => void
}

function Appearance({ preferences, locale, onChange }: CardProps & { readonly locale: string }) {
  const { settings } = useText()
  const styles = useStyles()
  const system = settings.systemLanguage(settings.languages[languageOf(locale)])
  return (
    <SettingsCard title={settings.appearance} icon={<PaintBrushRegular />}>
      <Field label={settings.language} className={styles.choice}>
        <Dropdown
          value={preferences.language === null ? system : settings.languages[preferences.language]}
          selectedOptions={[preferences.language ?? '']}
          onOptionSelect={(_, data) => onChange({ language: languageSchema.safeParse(data.optionValue).data ?? null })}
        >
          <Option value="">{system}</Option>
          {languages.map((language) => (
            <Option key={language} value={language}>{settings.languages[language]}</Option>
          ))}
        </Dropdown>
      </Field>
      <Field label={settings.theme}>
        <RadioGroup layout="horizontal" value={preferences.theme} onChange={(_, data) => onChange({ theme: themeSchema.parse(data.value) })}>
          {themeSchema.options.map((theme) => (
            <Radio key={theme} value={theme} label={settings.themes[theme]} />
          ))}
        </RadioGroup>
      </Field>
    </SettingsCard>
  )
}

const themeSchema = preferencesSchema.shape.theme.unwrap()

function StartAndNotices({ preferences, capabilities, onChange }: CardProps & { readonly capabilities: Result<'app.info'>['capabilities'] }) {
  const { settings } = useText()
  const styles = useStyles()
  const rows = [
    { name: 'startWithSystem', possible: capabilities.startWithSystem },
    { name: 'startMinimised', possible: capabilities.tray },
    { name: 'notifications', possible: capabilities.notifications },
  ] as const
  return (
    <SettingsCard title={settings.start} icon={<PowerRegular />}>
      <div className={styles.rows}>
        {rows.map(({ name, possible }) => (
          <Field key={name} {...(possible ? {} : { hint: settings.notPossible[name] })}>
            <Switch label={settings[name]} disabled={!possible} checked={possible && preferences[name]} onChange={(_, data) => onChange({ [name]: data.checked })} />
          </Field>
        ))}
      </div>
    </SettingsCard>
  )
}

function LookUps({ preferences, onChange }: CardProps) {
  const { settings } = useText()
  const styles = useStyles()
  return (
    <SettingsCard title={settings.lookUps} icon={<GlobeSearchRegular />} intro={settings.lookUpsIntro}>
      <div className={styles.rows}>
        {lookUpSchema.options.map((lookUp) => (
          <Field key={lookUp} hint={settings.lookUp[lookUp].sends}>
            <Switch label={settings.lookUp[lookUp].name} checked={preferences.lookUps[lookUp]} onChange={(_, data) => onChange({ lookUps: { ...preferences.lookUps, [lookUp]: data.checked } })} />
          </Field>
        ))}
        <Field hint={settings.tellAddressHint}>
          <Switch label={settings.tellAddress} checked={preferences.tellAddress} onChange={(_, data) => onChange({ tellAddress: data.checked })} />
        </Field>
      </div>
      <Text size={200}>{settings.lookUpProof}</Text>
    </SettingsCard>
  )
}

function DataFolder({ info, onFailure }: { readonly info: Result<'app.info'>; readonly onFailure: (failure: Failure | null) => void }) {
  const { settings } = useText()
  const caller = useCaller()
  const { say } = useNavigation()
  const styles = useStyles()
  const open = async () => {
    const outcome = await caller.call('app.openDataFolder', {})
    onFailure(outcome.ok ? null : outcome.failure)
  }
  return (
    <SettingsCard title={settings.data} icon={<FolderRegular />} intro={settings.dataIntro}>
      <div className={styles.path}>{info.dataFolder}</div>
      <div className={styles.buttons}>
        <Button icon={<FolderOpenRegular />} disabled={!info.capabilities.openFolder} onClick={() => void open()}>{settings.openFolder}</Button>
        <Button icon={<CopyRegular />} onClick={() => void navigator.clipboard.writeText(info.dataFolder).then(() => say(settings.copied))}>{settings.copyPath}</Button>
        {!info.capabilities.openFolder && <Text size={200} className={styles.quiet}>{settings.notPossible.openFolder}</Text>}
      </div>
    </SettingsCard>
  )
}
