import { describe, expect, it } from 'vitest'
import { explain } from '../../../shared/failures/catalogue.ts'
import { type Evidence, failure, failureCodes } from '../../../shared/failures/failure.ts'
import { fieldProblemWords } from '../../../shared/failures/field-problems.ts'
import { fieldProblemCodes } from '../../../shared/model/field-problem.ts'
import { languages } from '../../../shared/model/preferences.ts'

const everything: Evidence = {
  host: 'mail.example.nl', port: 993, protocol: 'JMAP', serverWords: '535 5.7.8 no', replyCode: 535, seconds: 30, address: 'anna@example.nl',
  userName: 'anna', name: 'Anna', page: 'https://example.nl/app', detail: 'line 3',
  certificate: { subject: 'CN=x', issuer: 'CN=y', names: ['x.example.nl'], validFrom: '', validTo: '', fingerprint: 'ab', chain: [], problemWith: 'CN=z', trustedBefore: null, verifies: false },
}

/** Terms of the trade, and the explanation that must stand in the same text. */
const jargon: Readonly<Record<string, RegExp>> = {
  certificate: /proof of identity|Trust|renew|showed|shows|past|expired|for another/i,
  certificaat: /identiteitsbewijs|vertrouw|vernieuw|verlopen|ingetrokken|andere/i,
  STARTTLS: /encrypt|before sign-in|security|secure|versleutel|beveilig/i,
  'app password': /provider|make|wants|own/i,
  'app-wachtwoord': /provider|maak/i,
  keychain: /passwords/i,
  sleutelbos: /wachtwoorden/i,
  JSON: /text form|tekstvorm|--json/,
  vault: /passphrase|file for passwords|wachtwoordzin/i,
  kluis: /bestand voor wachtwoorden/i,
  OAuth: /web/,
}
const neverSaid = /\b(SASL|RCPT|MAIL FROM|DSN|MDN|UIDL|UID|errno|ECONN\w*|EAI_\w+|exception|handshake|null|undefined|NaN|object)\b|[{}$]|\bNo\./

describe.each(languages)('the words for failures, in %s', (language) => {
  it.each(failureCodes)('%s has a title, a cause and a remedy, with and without evidence, and no hole in any of them', (code) => {
    for (const evidence of [{}, everything]) {
      const { title, cause, remedy } = explain(failure(code, evidence), language)
      for (const text of [title, cause, remedy]) {
        expect(text.trim()).toBe(text)
        expect(text).not.toBe('')
        expect(text).not.toMatch(neverSaid)
        expect(text).not.toMatch(/\s\s|\s[.,]|\(\)|“”/)
        expect(text.charAt(0)).toBe(evidence === everything ? text.charAt(0) : text.charAt(0).toUpperCase())
      }
      expect(title).not.toMatch(/\.$/)
      const whole = `${title} ${cause} ${remedy}`
      for (const [term, explanation] of Object.entries(jargon)) if (whole.includes(term)) expect(whole).toMatch(explanation)
    }
  })

  it('names the host, the port and the server’s own words', () => {
    const { cause } = explain(failure('signin.rejected', everything), language)
    for (const part of ['mail.example.nl', '993', 'anna', '535 5.7.8 no']) expect(cause).toContain(part)
  })

  it.each(fieldProblemCodes)('%s has words of its own beside the field', (problem) => {
    expect(fieldProblemWords(problem, language)).toMatch(/^\p{Lu}.+\.$/u)
  })

  it('no two failures read the same', () => {
    const titles = failureCodes.map((code) => explain(failure(code), language).title)
    expect(new Set(titles).size).toBe(titles.length)
  })
})

it('no Dutch text is an English one left over', () => {
  for (const code of failureCodes) {
    const [english, dutch] = [explain(failure(code), 'en'), explain(failure(code), 'nl')]
    expect(dutch.cause).not.toBe(english.cause)
    expect(dutch.remedy).not.toBe(english.remedy)
  }
})

it('a refused recipient claims no mail for the others where none was sent, as in a check of an account', () => {
  expect(explain(failure('send.recipient-refused'), 'en').remedy).toContain('If a mail was being sent, the other recipients got it.')
  expect(explain(failure('send.recipient-refused'), 'nl').remedy).toContain('Werd er een mail verzonden, dan hebben de andere ontvangers die wel gekregen.')
})
