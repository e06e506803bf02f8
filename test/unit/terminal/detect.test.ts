import { describe, expect, test } from 'vitest'
import { findingLines } from '../../../electron/hosts/terminal/commands/detect.ts'
import { createFormat } from '../../../electron/hosts/terminal/format.ts'
import { failure } from '../../../shared/failures/failure.ts'
import { type Findings, type FoundServer, foundServerSchema } from '../../../shared/model/findings.ts'
import { terminalWords } from '../../../shared/words/terminal.ts'

const server = (change: Partial<FoundServer> = {}): FoundServer =>
  foundServerSchema.parse({
    source: 'srv', protocol: 'imap', host: 'box.shop.example', port: 993, security: 'tls', userNameForm: 'address', userName: 'jan@shop.example', methods: ['password'], answered: true, ...change,
  })
const smtp = (change: Partial<FoundServer> = {}) => server({ protocol: 'smtp', port: 465, ...change })
const shown = (findings: Partial<Findings>) =>
  findingLines({ address: 'jan@shop.example', sources: [], incoming: [server()], outgoing: [smtp()], guidance: null, ...findings }, { words: terminalWords.en, language: 'en', format: createFormat('en-GB') }).join('\n')

describe('detect tells a person', () => {
  test('which servers answered, where each comes from, and what it is called by whom', () => {
    expect(shown({ incoming: [server({ agreed: ['ispdb'] })] })).toMatch(/IMAP +box\.shop\.example +993 +TLS +jan@shop\.example +answers +name service \(SRV\), also Thunderbird’s list of services$/m)
  })

  test('why a server or a source did not answer, in words', () => {
    const away = failure('dns.unavailable', { host: 'box.shop.example' })
    const text = shown({ incoming: [server({ answered: false, failure: away })], sources: [{ source: 'srv', state: 'failed', milliseconds: 3, failure: away }] })
    expect(text).toMatch(/^IMAP .*The server name could not be looked up +name service \(SRV\)$/m)
    expect(text).toMatch(/^name service \(SRV\) +The server name could not be looked up +3 ms$/m)
  })

  test.each<[FoundServer['cautions'][number], string]>([['clear-text', 'NOT SAFE: in clear'], ['other-domain', 'not of your domain'], ['certificate', 'certificate does not verify']])(
    'what stands against a server (%s), and that it is not taken by itself', (caution, words) => {
      const text = shown({ outgoing: [smtp({ cautions: [caution], answered: null })] })
      expect(text).toContain(words)
      expect(text).toContain('Mailroom takes none of these by itself')
    })

  test('what is wrong with a certificate, once', () => {
    const text = shown({ incoming: [server({ cautions: ['certificate'], answered: false, failure: failure('tls.wrong-name', { host: 'box.shop.example' }) })] })
    expect(text).toMatch(/jan@shop\.example +The certificate is for another server +name service/)
  })

  test('that the domain takes no mail, beside servers that answer all the same', () => {
    const noMail = failure('discovery.no-mail', { host: 'shop.example', address: 'jan@shop.example' })
    expect(shown({ sources: [{ source: 'mx', state: 'failed', milliseconds: 3, failure: noMail }] })).toMatch(/^This domain takes no mail\. shop\.example says .* spelled right\.$/m)
  })

  test('nothing of choosing where the best may be taken', () => {
    expect(shown({ incoming: [server(), server({ protocol: 'pop3', cautions: ['certificate'] })] })).not.toContain('by itself')
  })
})
