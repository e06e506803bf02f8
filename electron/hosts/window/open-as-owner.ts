/**
 * Opens the data folder for a window. Where another process owns it, that one's window is shown instead; a command in a
 * terminal has none to show and is over in moments, so the window waits for it.
 */
import type { App } from '../../app/app.ts'
import type { openApp } from '../../app/open-app.ts'
import type { AppOptions } from '../../app/create-app.ts'
import { done, type Outcome } from '../../../shared/failures/failure.ts'

const patience = { milliseconds: 60_000, betweenTries: 250 } as const

export async function openAsOwner(open: typeof openApp, options: AppOptions): Promise<Outcome<App | 'shown-elsewhere'>> {
  const until = performance.now() + patience.milliseconds
  for (;;) {
    const opened = await open(options)
    if (!opened.ok) return opened
    const { app, caller, close } = opened.value
    if (app !== null) return done(app)
    const shown = await caller.call('app.showWindow', {})
    await close()
    if (shown.ok) return done('shown-elsewhere')
    if (performance.now() > until) return shown
    await new Promise((resolve) => setTimeout(resolve, patience.betweenTries))
  }
}
