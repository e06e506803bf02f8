/** A program of its own: fetches with node-pop3 what has no file yet, named after its UIDL. Arguments: the inbox as JSON, a folder. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Pop3Command from 'node-pop3'
import type { Inbox } from './contender.ts'

const [inboxText = '', folder = ''] = process.argv.slice(2)
const { host, port, tls, ca, user, password } = JSON.parse(inboxText) as Inbox

const pop3 = new Pop3Command({ host, port, tls, user, password, ...(tls ? { servername: host, tlsOptions: { ca: readFileSync(ca) } } : {}) })
for (const [number, id] of (await pop3.UIDL()) as [string, string][]) {
  const file = join(folder, `${id}.eml`)
  if (!existsSync(file)) writeFileSync(file, await pop3.RETR(Number(number)))
}
await pop3.QUIT()
