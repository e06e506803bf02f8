/** The screens of the program over a busy office. */
import { english } from '../../renderer/text/en/all.ts'
import { dutch } from '../../renderer/text/nl/all.ts'
import type { Scene } from './open-look.ts'
import { officeWorld } from '../fakes/caller/world.ts'

const place = (target: 'outbox' | 'activity' | 'accounts' | 'settings'): Scene => ({
  world: officeWorld,
  async go(page, caller) {
    caller.emit('app.goTo', { place: target })
    const words = caller.world.preferences.language === 'nl' ? dutch : english
    await page.getByRole('heading', { level: 1, name: words[target].title }).waitFor()
  },
})

export const screenScenes: Readonly<Record<string, Scene>> = {
  mail: { world: officeWorld },
  outbox: place('outbox'),
  activity: place('activity'),
  accounts: place('accounts'),
  settings: place('settings'),
  compose: {
    world: officeWorld,
    async go(page, caller) {
      caller.emit('app.goTo', { place: 'compose' })
      await page.getByRole('dialog').waitFor()
    },
  },
}
