/** A data folder with one account and an index of very many messages, as after years of mail; their files are not there. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { memberships, noFlags } from '../../../electron/mail/memberships.ts'
import { messageRows } from '../../../electron/mail/message-rows.ts'
import { transaction } from '../../../electron/storage/database.ts'
import { dataFolderAt } from '../../../electron/storage/data-folder.ts'
import { openDatabase } from '../../../electron/storage/open-database.ts'
import type { AccountDraftInput } from '../../../shared/model/account.ts'

const terminal = join(import.meta.dirname, '..', '..', '..', 'dist', 'app', 'terminal.js')
const words = ['Invoice', 'Statement of account', 'Re: your order', 'Reminder', 'Factuur', 'Offerte dakgoten Kerkstraat 12', 'Meeting on Thursday, new time', 'Betaling ontvangen, dank u wel']

export function fillMailbox(root: string, count: number): void {
  const draft: AccountDraftInput = {
    name: 'Office',
    user: { displayName: 'Office', address: 'office@example.org' },
    // Nobody listens there; it is never asked.
    incoming: { protocol: 'imap', host: '127.0.0.1', port: 1, security: 'tls', signIn: { userName: 'office' } },
    outgoing: null,
    schedule: { everyMinutes: null, atStart: false },
  }
  const file = join(root, 'account.json')
  writeFileSync(file, JSON.stringify(draft))
  const added = spawnSync(process.execPath, [terminal, '--data', root, 'accounts', 'add', file, '--json'], { encoding: 'utf8' })
  if (added.status !== 0) throw new Error(`the account was not added: ${added.stderr}`)
  const { account } = JSON.parse(added.stdout) as { readonly account: { readonly id: string } }
  fillIndex(root, account.id, count)
}

function fillIndex(root: string, accountId: string, count: number): void {
  const opened = openDatabase(dataFolderAt(root))
  if (!opened.ok) throw new Error(opened.failure.code)
  const database = opened.value
  const rows = messageRows(database, { search: () => { throw new Error('nothing is searched here') } }, memberships(database))
  const newest = Date.now()
  transaction(database, () => {
    for (let at = 0; at < count; at += 1) {
      const person = `Person ${at % 911}`
      rows.insert(
        {
          file: `${accountId}/00/${at}.eml`, size: 2000 + (at % 60) * 900,
          headers: {
            from: { name: person, address: `p${at % 911}@example.org` }, to: [{ name: 'Office', address: 'office@example.org' }],
            subject: `${words[at % words.length]} ${at}`, date: newest - (count - at) * 300_000, hasAttachments: at % 5 === 0, readable: true, bulk: false,
          },
        },
        { accountId, folder: 'INBOX', serverId: `1:${at + 1}`, flags: { ...noFlags, seen: at % 7 !== 0 }, objectId: null, isPrivate: at % 31 === 0, storedAt: newest },
      )
    }
  })
  database.close()
}
