/**
 * The window: header, places down the left, one screen at a time, and over them the wizard or a mail being written.
 * Opens on Mail when there are accounts, else on the wizard's first page.
 */
import { Button, Link, makeStyles, Spinner, Subtitle2, Toast, Toaster, ToastTitle, tokens, Tooltip, useId, useToastController } from '@fluentui/react-components'
import { ArrowSyncRegular, MailInboxAllRegular, MailEditRegular } from '@fluentui/react-icons'
import { Suspense, useCallback, useMemo, useState } from 'react'
import type { Result } from '../../shared/contract/methods.ts'
import type { ContactId } from '../../shared/model/contact.ts'
import { canSend } from '../../shared/model/account.ts'
import type { TemplateId } from '../../shared/model/template.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller, useEvent } from '../bridge/use-caller.tsx'
import { useText } from '../text/use-text.tsx'
import { type Composing, type Navigation, NavigationContext, type Place, type TakeBack, type WizardPurpose } from './navigate.tsx'
import { NavigationRail } from './navigation-rail.tsx'
import { Notices, useNotices } from './notices.tsx'
import { ScreenBoundary } from './screen-boundary.tsx'
import { BatchWizard, Compose, screens, Wizard } from './screens.tsx'
import { waitingOf } from './waiting.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', height: '100vh', minHeight: 0, backgroundColor: tokens.colorNeutralBackground4, color: tokens.colorNeutralForeground1 },
  header: {
    display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, padding: `0 ${tokens.spacingHorizontalM}`, height: '48px', flexShrink: 0,
    backgroundColor: tokens.colorNeutralBackground4,
  },
  brand: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, flexGrow: 1 },
  logo: { fontSize: '24px', lineHeight: 1, display: 'flex', color: tokens.colorBrandForeground1 },
  middle: { display: 'flex', flexGrow: 1, minHeight: 0 },
  main: {
    display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0, minHeight: 0, overflow: 'hidden', backgroundColor: tokens.colorNeutralBackground1,
    borderTopLeftRadius: tokens.borderRadiusXLarge, boxShadow: tokens.shadow4, ':focus-visible': { outline: 'none' },
    '@media (forced-colors: active)': { border: '1px solid CanvasText' },
  },
  screen: { flexGrow: 1, minHeight: 0, minWidth: 0 },
  wait: { height: '100%' },
  skip: {
    position: 'absolute', left: '8px', top: '-100px', zIndex: 10, padding: '8px 12px', backgroundColor: tokens.colorNeutralBackground1, color: tokens.colorBrandForeground1,
    ':focus': { top: '8px' },
  },
})

/** Long enough to read the sentence and to get there with the keyboard. */
const takeBackMilliseconds = 10_000

export function AppShell({ info, accountsAtStart }: { readonly info: Result<'app.info'>; readonly accountsAtStart: number }) {
  const { shell } = useText()
  const caller = useCaller()
  const styles = useStyles()
  const toasterId = useId('toaster')
  const { dispatchToast, dismissToast } = useToastController(toasterId)
  const [place, setPlace] = useState<Place>('mail')
  const [wizard, setWizard] = useState<WizardPurpose | null>(accountsAtStart === 0 ? { is: 'welcome' } : null)
  const [contactId, setContactId] = useState<ContactId | null>(null)
  const [batch, setBatch] = useState<{ readonly templateId: TemplateId | null } | null>(null)
  const [batchId, setBatchId] = useState<string | null>(null)
  const [composing, setComposing] = useState<Composing | null>(null)
  const notices = useNotices(info.notices)
  const accounts = useAnswer('accounts.list', {}, { refreshOn: ['accounts.changed', 'mail.changed', 'outbox.changed'] }).value?.accounts ?? []
  const attention = useAnswer('outbox.attention', {}, { refreshOn: ['outbox.changed'] }).value

  const say = useCallback(
    (sentence: string, takeBack?: TakeBack) => {
      const toastId = crypto.randomUUID()
      const undo = takeBack === undefined ? null : <Link onClick={() => { dismissToast(toastId); takeBack.run() }}>{takeBack.words}</Link>
      // It only says something: in the order of Tab it would hold the focus, and then take it along when it goes.
      dispatchToast(<Toast><ToastTitle action={undo}>{sentence}</ToastTitle></Toast>, {
        toastId, intent: 'success', root: { tabIndex: -1 }, pauseOnHover: true, ...(takeBack === undefined ? {} : { timeout: takeBackMilliseconds }),
      })
    },
    [dispatchToast, dismissToast],
  )
  const navigation = useMemo<Navigation>(
    () => ({
      place, contactId,
      go: setPlace,
      openContact(id) {
        setContactId(id)
        if (id !== null) setPlace('contacts')
      },
      makeBatch: (templateId) => setBatch({ templateId: templateId ?? null }),
      batchId,
      openBatch(id) {
        setBatchId(id)
        if (id !== null) setPlace('outbox')
      },
      openWizard: setWizard, compose: (about = {}) => setComposing(about), say,
    }),
    [place, contactId, batchId, say],
  )

  useEvent('app.goTo', ({ place: target }) => {
    if (target === 'add-account') setWizard({ is: 'add' })
    else if (target === 'compose') setComposing({})
    else {
      setWizard(null)
      setPlace(target)
    }
  })

  const sendAndReceive = () => {
    void caller.call('outbox.run', { accountIds: null })
    void caller.call('mail.fetch', { accountIds: null })
  }
  const Screen = screens[place]
  const wait = <Spinner className={styles.wait} label={shell.loadingScreen} />

  return (
    <NavigationContext value={navigation}>
      <div className={styles.root}>
        {/* Whose settings could not be read has no account left, and meets the wizard first. */}
        {wizard !== null && <Notices {...notices} />}
        {wizard !== null ? (
          <ScreenBoundary words={shell.screenBroke}>
            <Suspense fallback={wait}>
              <Wizard key={JSON.stringify(wizard)} purpose={wizard} onClose={(next) => { setWizard(null); if (next !== undefined) setPlace(next) }} />
            </Suspense>
          </ScreenBoundary>
        ) : batch !== null ? (
          <ScreenBoundary words={shell.screenBroke}>
            <Suspense fallback={wait}>
              <BatchWizard templateId={batch.templateId} onClose={() => setBatch(null)} />
            </Suspense>
          </ScreenBoundary>
        ) : (
          <>
            <a className={styles.skip} href="#content" onClick={(event) => { event.preventDefault(); document.getElementById('content')?.focus() }}>
              {shell.skipToContent}
            </a>
            <header className={styles.header}>
              <div className={styles.brand}>
                <span className={styles.logo} aria-hidden><MailInboxAllRegular /></span>
                <Subtitle2>{shell.program}</Subtitle2>
              </div>
              <Tooltip content={shell.sendReceive} relationship="label">
                <Button appearance="subtle" icon={<ArrowSyncRegular />} disabled={accounts.length === 0} onClick={sendAndReceive} />
              </Tooltip>
              <Button appearance="primary" icon={<MailEditRegular />} disabled={!accounts.some(({ account }) => canSend(account))} onClick={() => setComposing({})}>
                {shell.newMail}
              </Button>
            </header>
            <div className={styles.middle}>
              <NavigationRail waiting={waitingOf(accounts, attention)} />
              <main id="content" className={styles.main} tabIndex={-1}>
                <Notices {...notices} />
                <div className={styles.screen}>
                  <ScreenBoundary key={place} words={shell.screenBroke}>
                    <Suspense fallback={wait}>
                      <Screen />
                    </Suspense>
                  </ScreenBoundary>
                </div>
              </main>
            </div>
          </>
        )}
        {composing !== null && (
          <Suspense fallback={null}>
            <Compose open onClose={() => setComposing(null)} {...composing} />
          </Suspense>
        )}
        <section aria-label={shell.justHappened}>
          <Toaster inline toasterId={toasterId} position="bottom" />
        </section>
      </div>
    </NavigationContext>
  )
}
