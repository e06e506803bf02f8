/** The wizard, page by page. */
import type { Scene } from './open-look.ts'
import { emptyWorld } from '../fakes/caller/world.ts'

export const wizardScenes: Readonly<Record<string, Scene>> = {
  'wizard-welcome': { world: emptyWorld },
}
