/** The package node-pop3 as its own documentation uses it, one message after the other into files that nobody syncs. */
import { join } from 'node:path'
import { mkdirSync } from 'node:fs'
import { startedEachTime, type Contender } from './contender.ts'
import { countBelow } from './count-files.ts'

const program = join(import.meta.dirname, 'retrieve-one-by-one.ts')

export const nodePop3: Contender = {
  name: 'node-pop3, no fsync',
  protocol: 'pop3',
  millisecondsEach: 1,
  async begin(inbox, folder) {
    const mail = join(folder, 'mail')
    mkdirSync(mail)
    return startedEachTime({ program: process.execPath, args: [program, JSON.stringify(inbox), mail] }, () => countBelow(mail, '.eml'))
  },
}
