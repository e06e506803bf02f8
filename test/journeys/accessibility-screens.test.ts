/** No screen, dialog or failure beside the wizard breaks a rule of axe-core, in any size and theme. */
import { checkScenes } from './check-scenes.ts'
import { screenScenes } from './scenes-screens.ts'
import { workScenes } from './scenes-work.ts'

checkScenes({ ...screenScenes, ...workScenes }, ['mail-html', 'outbox-error', 'activity-failed', 'accounts', 'settings', 'compose-filled'])
