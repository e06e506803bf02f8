/** Everything the window says, in English. This file is the shape every other language must fill. */
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

export const english = { shell, signIn, ui, editor, wizard, accounts, mail, outbox, sending, contacts, activity, settings, templates, batches }

export type Texts = typeof english
