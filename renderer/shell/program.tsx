/** The whole window under its providers: words, colours, the style renderer with the page's nonce. */
import { AriaLiveAnnouncer, FluentProvider, makeStyles, RendererProvider, Spinner, tokens, type GriffelRenderer } from '@fluentui/react-components'
import { useEffect } from 'react'
import type { Caller } from '../../shared/contract/caller.ts'
import { preferencesSchema } from '../../shared/model/preferences.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { CallerProvider } from '../bridge/use-caller.tsx'
import { languageOf, TextProvider, useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { AppShell } from './app-shell.tsx'
import { keepFocus } from './keep-focus.ts'
import { darkTheme, lightTheme } from './theme.ts'
import { useColorScheme } from './use-color-scheme.ts'

const useStyles = makeStyles({
  wait: { height: '100vh', backgroundColor: tokens.colorNeutralBackground4 },
  failure: { padding: tokens.spacingHorizontalXXL },
})

export function Program(props: { readonly caller: Caller; readonly renderer: GriffelRenderer }) {
  return (
    <CallerProvider caller={props.caller}>
      <RendererProvider renderer={props.renderer}>
        <Dressed />
      </RendererProvider>
    </CallerProvider>
  )
}

const untilKnown = preferencesSchema.parse({})

function Dressed() {
  const info = useAnswer('app.info', {})
  const preferences = useAnswer('preferences.get', {}, { refreshOn: ['preferences.changed'] })
  const scheme = useColorScheme((preferences.value ?? untilKnown).theme)
  const locale = info.value?.locale ?? navigator.language
  const language = preferences.value?.language ?? languageOf(locale)

  useEffect(() => keepFocus(document), [])

  useEffect(() => {
    document.documentElement.lang = language
    document.documentElement.style.colorScheme = scheme
  }, [language, scheme])

  return (
    <FluentProvider theme={scheme === 'dark' ? darkTheme : lightTheme}>
      {/* Every bar that appears, a failure above all, is read out by a screen reader. */}
      <AriaLiveAnnouncer>
        <TextProvider language={language} locale={locale}>
          <Started info={info} preferencesKnown={preferences.state !== 'loading'} />
        </TextProvider>
      </AriaLiveAnnouncer>
    </FluentProvider>
  )
}

function Started(props: { readonly info: ReturnType<typeof useAnswer<'app.info'>>; readonly preferencesKnown: boolean }) {
  const { shell } = useText()
  const styles = useStyles()
  const accounts = useAnswer('accounts.list', {})
  const { info } = props
  const failure = info.failure ?? accounts.failure
  if (failure !== null) {
    return (
      <main className={styles.failure}>
        <FailureBar failure={failure} />
      </main>
    )
  }
  if (info.value === null || accounts.value === null || !props.preferencesKnown) return <Spinner className={styles.wait} label={shell.starting} />
  return <AppShell info={info.value} accountsAtStart={accounts.value.accounts.length} />
}
