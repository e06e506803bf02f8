/** Every scene of the window that can be looked at, by name. */
import { readmeScene } from './scene-for-readme.ts'
import { screenScenes } from './scenes-screens.ts'
import { furtherSignInLooks, signInScenes } from './scenes-sign-in.ts'
import { furtherWizardLooks, wizardScenes } from './scenes-wizard.ts'
import { furtherLooks, workScenes } from './scenes-work.ts'
import type { Scene } from './open-look.ts'

export const scenes: Readonly<Record<string, Scene>> = { ...wizardScenes, ...furtherWizardLooks, ...screenScenes, ...signInScenes, ...furtherSignInLooks, ...workScenes, ...furtherLooks, readme: readmeScene }
