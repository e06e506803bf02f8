/** `node pool-sends.ts FOLDER PORT CONNECTIONS`: nodemailer's pool with the same finished messages, read from their files. Says what it cost as JSON. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { dataFolderAt } from '../../../electron/storage/data-folder.ts'
import { tellCost } from './tell-cost.ts'

const [root = '', port = '', connections = ''] = process.argv.slice(2)
const { outbox } = dataFolderAt(root)
const files = readdirSync(outbox, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.eml')).map((name) => join(outbox, name))
const transport = createTransport({ pool: true, host: '127.0.0.1', port: Number(port), ignoreTLS: true, maxConnections: Number(connections), maxMessages: Number.POSITIVE_INFINITY })
await tellCost(async () => {
  const sent = await Promise.all(files.map((path, index) => transport.sendMail({ envelope: { from: 'office@shop.example', to: [`customer-${String(index)}@shop.example`] }, raw: { path } })))
  return sent.filter(({ accepted }) => accepted.length === 1).length
})
transport.close()
