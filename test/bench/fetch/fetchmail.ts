/** fetchmail with procmail as its delivery agent: a process per message, which writes it into a maildir. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startedEachTime, type Contender } from './contender.ts'
import { countMaildir, makeMaildir } from './count-files.ts'

/** 0 = mail was fetched, 1 = there was none. */
const accepts = [0, 1]

export const fetchmail: Contender = {
  name: 'fetchmail',
  protocol: 'pop3',
  millisecondsEach: 4,
  async begin({ host, port, tls, ca, user, password }, folder) {
    const maildir = makeMaildir(join(folder, 'mail'))
    const home = join(folder, 'home')
    mkdirSync(home, { mode: 0o700 })
    const settings = join(folder, 'fetchmailrc')
    const security = tls ? `ssl sslcertck sslcertfile "${ca}"` : `sslproto ''`
    writeFileSync(settings, [
      `poll ${host} protocol pop3 port ${port} uidl auth password user "${user}" password "${password}"`,
      `  keep ${security} mda "/usr/bin/procmail DEFAULT=${maildir}/ /dev/null"`, '',
    ].join('\n'), { mode: 0o600 })
    return startedEachTime({ program: '/usr/bin/fetchmail', args: ['--silent', '--nosyslog', '-f', settings], environment: { FETCHMAILHOME: home, HOME: home }, accepts }, () => countMaildir(maildir))
  },
}
