/** The menu bar and the tray: the same few commands, one list each, in the user's language. */
import { Menu, Tray, type MenuItemConstructorOptions } from 'electron'
import type { EventData } from '../../../shared/contract/events.ts'
import type { Language } from '../../../shared/model/preferences.ts'
import { menuWords } from '../../../shared/words/menu.ts'

export interface MenuCommands {
  show(): void
  goTo(place: EventData<'app.goTo'>['place']): void
  sendReceiveAll(): void
  openDataFolder(): void
  quit(): void
}

export function buildMenuBar(language: Language, commands: MenuCommands, platform = process.platform): Menu {
  const words = menuWords[language]
  const go = (label: string, place: EventData<'app.goTo'>['place'], accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => commands.goTo(place),
  })
  const template: MenuItemConstructorOptions[] = [
    ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    {
      label: words.file,
      submenu: [
        go(words.newMail, 'compose', 'CmdOrCtrl+N'),
        { label: words.sendReceiveAll, accelerator: 'F9', click: () => commands.sendReceiveAll() },
        { type: 'separator' },
        go(words.addAccount, 'add-account'),
        go(words.settings, 'settings', 'CmdOrCtrl+,'),
        { label: words.dataFolder, click: () => commands.openDataFolder() },
        { type: 'separator' },
        { label: words.quit, accelerator: 'CmdOrCtrl+Q', click: () => commands.quit() },
      ],
    },
    { role: 'editMenu', label: words.edit },
    {
      label: words.view,
      submenu: [
        go(words.mail, 'mail', 'CmdOrCtrl+1'),
        go(words.outbox, 'outbox', 'CmdOrCtrl+2'),
        go(words.activity, 'activity', 'CmdOrCtrl+3'),
        go(words.accounts, 'accounts', 'CmdOrCtrl+4'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
      ],
    },
  ]
  return Menu.buildFromTemplate(template)
}

/** null where the desktop has no tray: then closing the window ends the program. */
export function buildTray(icon: string, language: Language, commands: MenuCommands): Tray | null {
  const words = menuWords[language]
  try {
    const tray = new Tray(icon)
    tray.setToolTip('Mailroom')
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: words.show, click: () => commands.show() },
        { label: words.sendReceiveAll, click: () => commands.sendReceiveAll() },
        { type: 'separator' },
        { label: words.quit, click: () => commands.quit() },
      ]),
    )
    tray.on('click', () => commands.show())
    return tray
  } catch {
    return null
  }
}
