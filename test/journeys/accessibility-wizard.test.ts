/** No page, dialog or failure of the wizard breaks a rule of axe-core, in any size and theme. */
import { checkScenes } from './check-scenes.ts'
import { wizardScenes } from './scenes-wizard.ts'

checkScenes(wizardScenes, ['wizard-address-problems', 'wizard-servers', 'wizard-more-outgoing', 'wizard-test-certificate', 'wizard-keychain-locked'])
