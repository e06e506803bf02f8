/** getmail6: one message at a time into a maildir, each synced. It refuses to deliver as root: there it runs as nobody. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startedEachTime, type Contender } from './contender.ts'
import { countMaildir, makeMaildir } from './count-files.ts'

export const getmail: Contender = {
  name: 'getmail6',
  protocol: 'pop3',
  millisecondsEach: 20,
  async begin({ host, port, tls, ca, user, password }, folder) {
    const maildir = makeMaildir(join(folder, 'mail'))
    const home = join(folder, 'getmail')
    mkdirSync(home, { mode: 0o700 })
    writeFileSync(join(home, 'getmailrc'), [
      '[retriever]', `type = ${tls ? 'SimplePOP3SSLRetriever' : 'SimplePOP3Retriever'}`, `server = ${host}`, `port = ${port}`,
      `username = ${user}`, `password = ${password}`, ...(tls ? [`ca_certs = ${ca}`] : []),
      '[destination]', 'type = Maildir', `path = ${maildir}/`,
      '[options]', 'read_all = false', 'delete = false', 'verbose = 0', '',
    ].join('\n'), { mode: 0o600 })
    const args = [`--getmaildir=${home}`, '--quiet']
    if (process.getuid?.() !== 0) return startedEachTime({ program: '/usr/bin/getmail', args }, () => countMaildir(maildir))
    execFileSync('chown', ['-R', 'nobody', folder])
    const asNobody = ['--reuid', 'nobody', '--regid', 'nogroup', '--clear-groups', '/usr/bin/getmail', ...args]
    return startedEachTime({ program: '/usr/bin/setpriv', args: asNobody, environment: { HOME: home } }, () => countMaildir(maildir))
  },
}
