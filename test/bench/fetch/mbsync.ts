/** mbsync of isync: pipelines IMAP; with FSync on it syncs every message and its own journal. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startedEachTime, type Contender } from './contender.ts'
import { countMaildir } from './count-files.ts'

export const mbsync = (durably: boolean): Contender => ({
  name: durably ? 'mbsync' : 'mbsync, no fsync',
  protocol: 'imap',
  millisecondsEach: null,
  async begin({ host, port, tls, ca, user, password }, folder) {
    const store = join(folder, 'mail')
    mkdirSync(store, { mode: 0o700 })
    const settings = join(folder, 'mbsyncrc')
    writeFileSync(settings, [
      `FSync ${durably ? 'yes' : 'no'}`, '',
      'IMAPAccount bench', `Host ${host}`, `Port ${port}`, `User ${user}`, `Pass ${password}`, 'AuthMechs LOGIN',
      ...(tls ? ['SSLType IMAPS', `CertificateFile ${ca}`] : ['SSLType None']), '',
      'IMAPStore server', 'Account bench', '',
      'MaildirStore here', `Path ${store}/`, `Inbox ${store}/inbox`, '',
      'Channel inbox', 'Far :server:', 'Near :here:', 'Patterns INBOX', 'Sync Pull', 'Create Near', 'Expunge None', `SyncState ${store}/`, '',
    ].join('\n'), { mode: 0o600 })
    return startedEachTime({ program: '/usr/bin/mbsync', args: ['-q', '-c', settings, 'inbox'] }, () => countMaildir(join(store, 'inbox')))
  },
})
