/** mpop: pipelines, and syncs every message that it delivers into a maildir. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startedEachTime, type Contender } from './contender.ts'
import { countMaildir, makeMaildir } from './count-files.ts'

export const mpop: Contender = {
  name: 'mpop',
  protocol: 'pop3',
  millisecondsEach: null,
  async begin({ host, port, tls, ca, user, password }, folder) {
    const maildir = makeMaildir(join(folder, 'mail'))
    const settings = join(folder, 'mpoprc')
    writeFileSync(settings, [
      'account bench', `host ${host}`, `port ${port}`, `user ${user}`, `password ${password}`, 'auth user',
      ...(tls ? ['tls on', 'tls_starttls off', `tls_trust_file ${ca}`] : ['tls off']),
      'keep on', `uidls_file ${join(folder, 'uidls')}`, `delivery maildir ${maildir}`, '',
    ].join('\n'), { mode: 0o600 })
    return startedEachTime({ program: '/usr/bin/mpop', args: ['-Q', '-C', settings, 'bench'] }, () => countMaildir(maildir))
  },
}
