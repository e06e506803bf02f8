/** No screen or dialog as it is first seen breaks a rule of axe-core, in any size and theme. */
import { checkScenes } from './check-scenes.ts'
import { screenScenes } from './scenes-screens.ts'
import { signInScenes } from './scenes-sign-in.ts'

checkScenes({ ...screenScenes, ...signInScenes }, ['accounts', 'settings'])
