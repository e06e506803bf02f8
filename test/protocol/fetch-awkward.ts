/** Fetches a mailbox of awkward messages from real Dovecot, straight or through the segmenting proxy. */
import { awkwardMessages } from '../fakes/awkward-messages.ts'
import { FetchingFolder } from '../fakes/fetching-folder.ts'
import { segmentingProxy } from '../fakes/segmenting-proxy.ts'
import { lab } from '../servers/lab.ts'
import { leaves } from './cut-everywhere.ts'
import { deliver, digests, labCredentials, mustBe } from './lab-mail.ts'
import { servedOverImap, servedOverPop3 } from './served-by.ts'

export async function fetchThrough(protocol: 'pop3' | 'imap', way: 'whole' | 'in segments of 1 to 7 bytes', count: number) {
  const user = lab.freshUser('exact')
  deliver(user, awkwardMessages(count))
  const straight = { host: lab.host, port: lab.port(protocol === 'pop3' ? 'CLEAR_POP3' : 'CLEAR_IMAP') }
  const proxy = await segmentingProxy(straight)
  const folder = new FetchingFolder()
  try {
    const server = { ...straight, port: way === 'whole' ? straight.port : proxy.port, security: 'none', trustedCertificate: null, timeoutSeconds: 60 } as const
    mustBe((await folder.run({ protocol, server, credentials: labCredentials(user) }, leaves)).outcome)
    return { stored: digests(folder.stored()), served: digests(await (protocol === 'pop3' ? servedOverPop3(user) : servedOverImap(user))) }
  } finally {
    folder.remove()
    await proxy.close()
  }
}
