/** The screens of the program over a busy office. */
import type { Scene } from './open-look.ts'
import { officeWorld } from '../fakes/caller/world.ts'

const place = (target: 'outbox' | 'activity' | 'accounts' | 'settings'): Scene => ({
  world: officeWorld,
  go: async (_, caller) => caller.emit('app.goTo', { place: target }),
})

export const screenScenes: Readonly<Record<string, Scene>> = {
  mail: { world: officeWorld },
  outbox: place('outbox'),
  activity: place('activity'),
  accounts: place('accounts'),
  settings: place('settings'),
  compose: { world: officeWorld, go: async (_, caller) => caller.emit('app.goTo', { place: 'compose' }) },
}
