/** No screen that is open, empty, failing, asked or crowded breaks a rule of axe-core, in any size and theme. */
import { checkScenes } from './check-scenes.ts'
import { workScenes } from './scenes-work.ts'

checkScenes(workScenes, ['mail-html', 'outbox-error', 'activity-failed', 'compose-filled'])
