/** Everything the window says, in Dutch. A text that is missing here is a type error. */
import type { Texts } from '../en/all.ts'
import { accounts } from './accounts.ts'
import { activity } from './activity.ts'
import { contacts } from './contacts.ts'
import { editor } from './editor.ts'
import { mail } from './mail.ts'
import { outbox } from './outbox.ts'
import { sending } from './sending.ts'
import { settings } from './settings.ts'
import { shell } from './shell.ts'
import { signIn } from './sign-in.ts'
import { ui } from './ui.ts'
import { batches, templates } from './templates.ts'
import { wizard } from './wizard.ts'

export const dutch: Texts = { shell, signIn, ui, editor, wizard, accounts, mail, outbox, sending, contacts, activity, settings, templates, batches }
