/**
 * Who may import what: the drawing in ARCHITECTURE as data. Arrows run downwards only. Each room's tsconfig must name exactly
 * the rooms it has here, so that a new arrow is drawn in two places or not at all.
 */

const below = ['electron/storage', 'electron/protocols', 'electron/secrets', 'electron/sign-in', 'electron/accounts', 'electron/discovery', 'electron/mail', 'electron/outbox', 'electron/contacts'] as const
const window = ['shared', 'electron/log', 'electron/storage', 'electron/ipc', 'electron/app', 'electron/hosts'] as const

/** Room → the rooms it may import, besides itself. */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  'shared': [],
  'renderer': ['shared'],
  'electron/log': ['shared'],
  'electron/storage': ['shared'],
  'electron/protocols': ['shared'],
  'electron/secrets': ['shared', 'electron/storage'],
  'electron/sign-in': ['shared', 'electron/storage', 'electron/secrets', 'electron/protocols'],
  'electron/accounts': ['shared', 'electron/storage', 'electron/secrets', 'electron/protocols', 'electron/sign-in'],
  'electron/discovery': ['shared', 'electron/protocols'],
  'electron/mime': [],
  'electron/mail': ['shared', 'electron/storage', 'electron/mime'],
  'electron/outbox': ['shared', 'electron/storage', 'electron/protocols', 'electron/mime'],
  'electron/contacts': ['shared', 'electron/storage'],
  'electron/practice': ['shared', 'electron/protocols'],
  'electron/jobs': ['shared', ...below],
  'electron/ipc': ['shared', 'electron/log', ...below.filter((room) => room !== 'electron/protocols'), 'electron/jobs', 'electron/practice'],
  'electron/app': ['shared', 'electron/log', ...below, 'electron/jobs', 'electron/practice', 'electron/ipc', 'electron/hosts'],
  'electron/hosts': ['shared'], // only host.ts, the port that each host implements
  'electron/hosts/window': ['shared', 'electron/app'], // what both windows serve, and how
  'electron/hosts/terminal': [...window, 'electron/mime', 'electron/practice'], // texts from files are read as those of mail
  'electron/hosts/chromium': [...window, 'electron/hosts/window'],
  'electron/hosts/electron': [...window, 'electron/hosts/window', 'electron/hosts/terminal'], // its program is also the command line
}

/** Package, or Node's own module → the rooms that may import it. What is not named here is free to every room but `shared` and `renderer`. */
export const packages: Readonly<Record<string, readonly string[]>> = {
  'electron': ['electron/hosts/electron'],
  'electron-store': ['electron/hosts/electron'],
  'puppeteer-core': ['electron/hosts/chromium'],
  'commander': ['electron/hosts/terminal'],
  '@napi-rs/keyring': ['electron/secrets'],
  'conf': ['electron/storage'],
  'node:sqlite': ['electron/storage'],
  'node:net': ['electron/protocols', 'electron/practice', 'electron/ipc'],
  'node:tls': ['electron/protocols', 'electron/practice'],
  'node:dns': ['electron/protocols', 'electron/discovery'],
  'node:dns/promises': ['electron/protocols', 'electron/discovery'],
  'node:http': ['electron/protocols'],
  'node:https': ['electron/protocols'],
  'imapflow': ['electron/protocols'],
  'openid-client': ['electron/protocols'],
  'nodemailer': ['electron/protocols'],
  'nodemailer/lib/mail-composer': ['electron/outbox', 'electron/practice'], // composes; opens no connection
  'nodemailer/lib/mime-node': ['electron/outbox'], // writes headers; opens no connection
  'nodemailer/lib/addressparser': ['electron/protocols', 'electron/mail', 'electron/outbox', 'electron/practice'], // parses; opens no connection
  'smtp-server': ['electron/practice'],
}

/** The only packages that these rooms may import; none of Node's own modules. They run where there is no Node. */
export const ownPackages: Readonly<Record<string, readonly string[]>> = {
  'shared': ['zod'],
  'renderer': ['react', 'react-dom', '@fluentui/react-components', '@fluentui/react-icons', '@fluentui/react-charts', 'dompurify', 'lexical', '@lexical/link', '@lexical/list', '@lexical/react', '@lexical/rich-text', 'zod'],
}

/** Rooms whose words a person reads on the screen, and where those words are. */
export const wordless = { rooms: ['renderer'], except: ['renderer/text'] } as const

/** Names that say nothing about their room. The Secret Service is a thing of that name. */
export const emptyNames = /(^|\/)(utils?|helpers?|misc|common|managers?|services?|impl|stuff)(\.|\/|$)|(?<!secret)[-.](utils?|helpers?|manager|service|impl)\.|(Utils|Helper|Manager|Service|Impl)\.tsx?$/i
export const barrel = /(^|\/)index\.(ts|tsx|mts|js|mjs)$/

/** What belongs to one machine and must not be committed. Split, so that this file does not name them itself. */
export const machinePath = new RegExp(String.raw`(^|[^A-Za-z0-9.])/(${['work', 'farm', 'root', 'tmp'].join('|')})/[a-z]+`)
export const registryHost = /registry\.[a-z]+\.(org|com)/
