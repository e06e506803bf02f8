/** The fake's answers about the program itself: information, preferences, passwords, wizard, jobs. */
import { done, failed } from '../../../shared/failures/failure.ts'
import { isNews, isOver, type Job } from '../../../shared/model/job.ts'
import { preferencesSchema } from '../../../shared/model/preferences.ts'
import { officeAccounts } from './office.ts'
import type { FakeTools, Handlers } from './fake-caller.ts'

type Own = Pick<Handlers, Extract<keyof Handlers, `app.${string}` | `preferences.${string}` | `secrets.${string}` | `wizard.${string}` | `jobs.${string}` | `files.${string}` | `practice.${string}`>>

const vaultPassphrase = 'correct horse battery'

export function programHandlers({ world, emit }: FakeTools): Own {
  const nothing = () => done({})
  const store = (change: Partial<typeof world.secretStore>) => {
    world.secretStore = { ...world.secretStore, ...change }
    emit('secrets.changed', world.secretStore)
    return done(world.secretStore)
  }
  const vault = { place: 'vault', state: 'ready', name: 'Mailroom vault' } as const
  let handles = 0

  return {
    'app.info': () =>
      done({
        version: '0.1.0', host: 'chromium', locale: world.locale, platform: 'linux', dataFolder: '/home/emma/.local/share/mailroom', notices: world.notices,
        capabilities: { tray: false, startWithSystem: true, notifications: true, openFolder: true, nativeMenu: false },
      }),
    'app.openLink': nothing,
    'app.openDataFolder': nothing,
    'app.showWindow': nothing,
    'app.dismissNotice': ({ id }) => {
      world.notices = world.notices.filter((notice) => notice.id !== id)
      return done({})
    },
    'preferences.get': () => done(world.preferences),
    'preferences.change': ({ change }) => {
      world.preferences = preferencesSchema.parse({ ...world.preferences, ...change })
      emit('preferences.changed', {})
      return done(world.preferences)
    },
    'secrets.store': () => done(world.secretStore),
    'secrets.usePlace': ({ place }) => store(place === 'session' ? { place, state: 'ready', name: 'this session' } : { place }),
    'secrets.makeVault': () => store(vault),
    'secrets.unlockVault': ({ passphrase }) => (passphrase === vaultPassphrase ? store(vault) : failed('vault.wrong-passphrase')),
    'secrets.provide': nothing,
    'wizard.keep': ({ state }) => {
      world.keptWizard = state
      return done({})
    },
    'wizard.kept': () => done({ state: world.keptWizard }),
    'jobs.list': ({ limit, accountId, kind, news }) =>
      done({ jobs: world.jobs.filter((job) => (accountId === null || job.accountId === accountId) && (kind === null || job.kind === kind) && (!news || isNews(job))).slice(0, limit) }),
    'jobs.history': ({ days }) => done({ days: world.history.slice(-days * 3) }),
    'jobs.get': ({ id }) => {
      const job = world.jobs.find((one) => one.id === id)
      return job === undefined ? failed('job.unknown') : done(job)
    },
    'jobs.cancel': ({ id }) => {
      const job = world.jobs.find((one) => one.id === id)
      if (job === undefined) return failed('job.unknown')
      if (isOver(job.state)) return done(job)
      const cancelled: Job = { ...job, state: 'cancelled', endedAt: world.now }
      world.jobs = world.jobs.map((one) => (one.id === id ? cancelled : one))
      emit('job.changed', cancelled)
      return done(cancelled)
    },
    'files.begin': () => done({ handle: `file-${String(++handles)}` }),
    'files.append': nothing,
    'files.discard': nothing,
    'practice.start': () => {
      const { id: _, ...office } = officeAccounts(world.now)[0]!.account
      const practice = { ...office, name: 'Practice', user: { ...office.user, displayName: 'Pat Practice', address: 'pat@practice.localhost', organization: '' } }
      return done({
        secrets: { incoming: 'practice' },
        draft: {
          ...practice,
          incoming: { protocol: 'pop3', host: 'localhost', port: 11_100, security: 'none', clearTextConfirmed: true, trustedCertificate: null, signIn: { userName: 'pat', method: 'password', rememberPassword: true, issuer: null } },
          outgoing: { enabled: true, server: { use: 'own', host: 'localhost', port: 11_101, security: 'none', clearTextConfirmed: true, trustedCertificate: null }, signIn: { use: 'same-as-incoming' } },
        },
      })
    },
  }
}
