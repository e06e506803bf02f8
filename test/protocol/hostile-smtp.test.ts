/** SMTP servers, and people in between, that are up to no good (hostile-cases.ts). */
import { describe } from 'vitest'
import { makeIdentity } from '../fakes/identities.ts'
import { answeringSmtp, type SmtpAnswers } from '../fakes/smtp-answers.ts'
import type { UpgradableConversation } from '../fakes/upgrading-server.ts'
import { alert, drip, type Does, forEver, knowingly, silence, testAll, trickery } from './hostile-cases.ts'

const quiet = { greeting: silence }
const offer = '250-me\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS\r\n'

/** Up to where the client may ask for TLS, then TLS as it should be, then what the case says. */
const insideTls = (answers: SmtpAnswers, before = offer, options = {}): Does => async (server) => {
  await server.says('220 hi\r\n')
  await server.hears()
  await server.says(before)
  await server.hears()
  await answeringSmtp({ ...quiet, ...answers })(await server.secure('220 begin\r\n', options))
}
/** Answers STARTTLS so, and goes on as if nothing had happened, in clear. */
const toStarttls = (answer: string | ((server: UpgradableConversation) => Promise<void>)): Does => async (server) => {
  await server.says('220 hi\r\n')
  await server.hears()
  await server.says(offer)
  await server.hears()
  if (typeof answer !== 'string') return answer(server)
  await server.says(answer)
  await answeringSmtp({ ...quiet, STARTTLS: answer })(server)
}
const injecting = (bytes: string): Does => async (server) => {
  await server.says('220 hi\r\n')
  await server.hears()
  await server.says(offer)
  await server.hears()
  await answeringSmtp(quiet)(await server.secure(bytes))
}
const auth = (mechanisms: string, answers: SmtpAnswers = {}): SmtpAnswers => ({ EHLO: `250-me\r\n250 AUTH ${mechanisms}\r\n`, ...answers })
const challenge = (text: string) => `334 ${Buffer.from(text).toString('base64')}\r\n`

describe('STARTTLS is taken away', () => {
  testAll('smtp', [
    { what: 'not announced', does: answeringSmtp({ EHLO: '250-me\r\n250 AUTH PLAIN\r\n' }), ends: 'tls.not-offered' },
    { what: 'not announced by a server that knows no EHLO', does: answeringSmtp({ EHLO: '502 what?\r\n', HELO: '250 me\r\n' }), ends: 'tls.not-offered' },
    { what: 'announced in a word that looks like it', does: answeringSmtp({ EHLO: '250-me\r\n250-XSTARTTLS\r\n250-XXXXXXXX\r\n250 AUTH PLAIN\r\n' }), ends: 'tls.not-offered' },
    { what: 'refused', does: toStarttls('502 no\r\n'), ends: 'tls.not-offered' },
    { what: 'refused for the time being', does: toStarttls('454 4.7.0 TLS is out of order\r\n'), ends: 'tls.not-offered' },
    { what: 'refused with an invitation to sign in', does: toStarttls('503 5.5.1 sign in first\r\n'), ends: 'tls.not-offered' },
    { what: 'answered by a good-bye', does: toStarttls('421 4.3.2 going down\r\n'), ends: 'server.unavailable' },
    { what: 'answered as a challenge', does: toStarttls('334 VXNlcm5hbWU6\r\n'), ends: 'tls.not-offered' },
    { what: 'answered by a yes that is none', does: toStarttls('250 ok\r\n'), ends: 'tls.not-offered' },
    { what: 'answered by nothing', does: toStarttls(silence), ends: 'connect.timeout', seconds: 0.3 },
    { what: 'answered by an end', does: toStarttls(async ({ hangUp }) => hangUp()), ends: 'connect.lost' },
    { what: 'answered and not done: the session goes on in clear', does: toStarttls('220 begin\r\n'), ends: 'connect.timeout', seconds: 0.3 },
  ])
})

describe('words are put in before TLS', () => {
  testAll('smtp', [
    { what: 'behind the answer to STARTTLS', does: injecting('220 begin\r\n250-me\r\n250 AUTH PLAIN\r\n'), ends: 'tls.injected-data' },
    { what: 'half a line behind it', does: injecting('220 begin\r\n25'), ends: 'tls.injected-data' },
    { what: 'a second answer behind it', does: injecting('220 begin\r\n220 begin\r\n'), ends: 'tls.injected-data' },
    { what: 'a whole session behind it', does: injecting('220 begin\r\n250-me\r\n250 AUTH PLAIN\r\n235 in\r\n250 ok\r\n250 ok\r\n354 go\r\n250 taken\r\n'), ends: 'tls.injected-data' },
    { what: 'behind the greeting', does: async ({ says }) => says(`220 hi\r\n${offer}220 begin\r\n`), ends: 'tls.injected-data' },
    { what: 'behind the answer to EHLO', does: async (server) => {
      await server.says('220 hi\r\n')
      await server.hears()
      await server.says(`${offer}220 begin\r\n`)
    }, ends: 'tls.injected-data' },
    { what: 'in a segment of their own, while the handshake goes on', does: toStarttls(async (server) => {
      await server.says('220 begin\r\n')
      await server.hearsAnything()
      await server.says('250-me\r\n250 AUTH PLAIN\r\n')
    }), ends: 'tls.handshake-failed' },
    { what: 'an offer that is gone inside TLS', does: insideTls({ EHLO: '250 me\r\n' }), ends: 'signin.no-mechanism' },
  ])
})

describe('TLS is not what it should be', () => {
  testAll('smtp', [
    { what: 'an alert instead of a handshake', does: toStarttls(async (server) => {
      await server.says('220 begin\r\n')
      await server.hearsAnything()
      await server.says(alert)
    }), ends: 'tls.handshake-failed' },
    { what: 'a handshake that drips', does: toStarttls(async (server) => {
      await server.says('220 begin\r\n')
      await server.hearsAnything()
      await server.says(Buffer.from([22, 3, 3, 64, 0]))
      await drip(server, 'x')
    }), ends: 'connect.timeout', seconds: 0.3 },
    { what: 'TLS 1.0', does: insideTls({}, undefined, { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }), ends: 'tls.handshake-failed' },
    { what: 'TLS 1.1', does: insideTls({}, undefined, { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }), ends: 'tls.handshake-failed' },
    { what: 'a certificate nobody knows', does: insideTls({}, undefined, makeIdentity()), ends: 'tls.self-signed-certificate' },
    { what: 'an end right after the handshake', does: async (server) => {
      await server.says('220 hi\r\n')
      await server.hears()
      await server.says(offer)
      await server.hears()
      const secured = await server.secure('220 begin\r\n')
      secured.hangUp()
    }, ends: 'connect.lost' },
    { what: 'a port for TLS that speaks in clear', security: 'tls', does: async ({ says }) => says('220 hi, sign in here\r\n'), ends: 'tls.handshake-failed' },
  ])
})

describe('the greeting is none', () => {
  testAll('smtp', [
    { what: 'never comes', does: silence, ends: 'connect.timeout', seconds: 0.3 },
    { what: 'drips', does: (server) => drip(server, '2'), ends: 'connect.timeout', seconds: 0.3 },
    { what: 'is endless', does: (server) => forEver(server, 'x'), ends: 'server.answer-too-long' },
    { what: 'comes line by line, and never ends', does: (server) => drip(server, '220-hi\r\n'), ends: 'connect.timeout', seconds: 0.3 },
    { what: 'has lines without end', does: (server) => forEver(server, '220-hi\r\n'), ends: 'server.answer-too-long' },
    { what: 'comes twice', does: async ({ says }) => says('220 hi\r\n220 hi\r\n'), ends: 'tls.injected-data' },
    { what: 'comes twice, in clear', security: 'none', does: async ({ says }) => says('220 hi\r\n220 hi\r\n'), ends: 'server.protocol' },
    { what: 'is taken back at once', security: 'none', does: async ({ says }) => says('220 hi\r\n421 4.3.2 too busy after all\r\n'), ends: 'server.unavailable' },
    { what: 'is a yes to something else', does: async ({ says }) => says('250 ok\r\n'), ends: 'server.protocol' },
    { what: 'is a refusal', does: async ({ says }) => says('554 no\r\n'), ends: 'server.unavailable' },
    { what: 'is POP3', does: async ({ says }) => says('+OK hi\r\n'), ends: 'server.protocol' },
  ])
})

describe('signing in is made difficult', () => {
  testAll('smtp', [
    { what: 'the list of mechanisms is one the user did not choose from', does: insideTls(auth('PLAIN LOGIN')), ends: 'signin.no-mechanism', credentials: { method: 'spa' } },
    { what: 'no token is taken, only a password', does: insideTls(auth('PLAIN LOGIN')), ends: 'signin.no-mechanism', credentials: { method: 'oauth2' } },
    { what: 'EHLO inside TLS is answered without end', does: insideTls({ EHLO: (_, server) => forEver(server, '250-AUTH PLAIN\r\n') }), ends: 'server.answer-too-long' },
    { what: 'EHLO inside TLS is answered by something else', does: insideTls({ EHLO: '334 VXNlcm5hbWU6\r\n' }), ends: 'server.protocol' },
    { what: 'challenges without end', does: insideTls(auth('OAUTHBEARER', { AUTH: async (_, { says, hears }) => {
      for (let line: string | null = ''; line !== null; line = await hears()) await says(challenge('{"status":"again"}'))
    } })), ends: 'server.protocol', mayKnow: 'password', credentials: { method: 'oauth2' } },
    { what: 'a challenge of a megabyte', does: insideTls(auth('SCRAM-SHA-256', { AUTH: challenge('x'.repeat(1_000_000)) })), ends: 'server.answer-too-long', mayKnow: 'proofs' },
    { what: 'a challenge that is no base64', does: insideTls(auth('CRAM-MD5', { AUTH: '334 <1@here>\r\n', '*': '501 cancelled\r\n' })), ends: 'server.protocol', mayKnow: 'proofs' },
    { what: 'a challenge of another mechanism', does: insideTls(auth('DIGEST-MD5', { AUTH: challenge('Password:'), '*': '501 cancelled\r\n' })), ends: 'server.protocol', mayKnow: 'proofs' },
    { what: 'a yes that proves nothing', does: insideTls(auth('SCRAM-SHA-256', { AUTH: '235 in\r\n' })), ends: 'server.protocol', mayKnow: 'proofs' },
    { what: 'a yes before the question', does: insideTls(auth('CRAM-MD5', { AUTH: '235 in\r\n' })), ends: 'server.protocol', mayKnow: 'proofs' },
    { what: 'a yes to something else', does: insideTls(auth('PLAIN', { AUTH: '250 ok\r\n' })), ends: 'server.protocol', mayKnow: 'password' },
    { what: 'a no in which the password stands', does: insideTls(auth('PLAIN', { AUTH: async (line, { says }) => says(`535-5.7.8 not so:\r\n535 5.7.8 ${line} ${Buffer.from(line.split(' ')[2] ?? '', 'base64').toString('latin1').toUpperCase()}\r\n`) })), ends: 'signin.rejected', mayKnow: 'password' },
    { what: 'a no so long that the password in it is cut off', does: insideTls(auth('PLAIN', { AUTH: async (line, { says }) => says(`535 ${'x'.repeat(430)} ${line}\r\n`) })), ends: 'signin.rejected', mayKnow: 'password' },
    { what: 'a no full of tricks', does: insideTls(auth('PLAIN', { AUTH: async (_, { says }) => says(Buffer.concat([Buffer.from('535 5.7.8 '), trickery, Buffer.from('\r\n')])) })), ends: 'signin.rejected', mayKnow: 'password' },
    { what: 'rubbish in which the password stands', does: insideTls(auth('PLAIN', { AUTH: async (line, { says }) => says(`you said ${line}\r\n`) })), ends: 'server.protocol', mayKnow: 'password' },
    { what: 'no answer to the password', does: insideTls(auth('PLAIN', { AUTH: silence })), ends: 'connect.timeout', mayKnow: 'password', seconds: 0.3 },
    { what: 'no to the challenge, and only the password itself is left, in clear', security: 'none', does: answeringSmtp(auth('SCRAM-SHA-256 CRAM-MD5', { AUTH: '535 no\r\n' })), ends: 'signin.rejected', mayKnow: 'proofs' },
  ])
})

describe('user names and passwords with line ends in them', () => {
  const neverSpoken: Does = async ({ says }) => says('220 hi\r\n')
  testAll('smtp', ['a\r\nMAIL FROM:<a@b>', 'a\nb', 'a\rb', 'a\0b'].flatMap((text) => [
    { what: `${JSON.stringify(text)} as a name`, does: neverSpoken, ends: 'input.invalid' as const, credentials: { userName: text } },
    { what: `${JSON.stringify(text)} as a password`, does: neverSpoken, ends: 'input.invalid' as const, credentials: { secret: text } },
  ]))
})

describe('once signed in', () => {
  const submission = (answers: SmtpAnswers) => insideTls(auth('PLAIN', answers))
  testAll('smtp', ([
    { what: 'a recipient who has moved: nobody goes after him', does: submission({ RCPT: '551 5.1.6 not here, try <anna@127.0.0.1>\r\n' }), ends: 'send.recipient-refused' },
    { what: 'a recipient who is forwarded for', does: submission({ RCPT: '251 not here, will forward to <anna@elsewhere.example>\r\n' }), ends: 'done' },
    { what: 'a no in which the password stands', does: submission({ RCPT: (_, server) => knowingly('550 5.1.1 nobody is called ')(server) }), ends: 'send.recipient-refused' },
    { what: 'a good-bye in which the password stands', does: submission({ MAIL: (_, server) => knowingly('421 ')(server) }), ends: 'server.unavailable' },
    { what: 'rubbish in which the password stands', does: submission({ DATA: (_, server) => knowingly('')(server) }), ends: 'server.protocol' },
    { what: 'a receipt in which the password stands', does: submission({ '.': (_, server) => knowingly('250 2.0.0 taken from ')(server) }), ends: 'done' },
    { what: 'two requests for the message', does: submission({ DATA: '354 go\r\n354 go on\r\n' }), ends: 'server.protocol' },
    { what: 'a yes to a message before it was said', does: submission({ DATA: '354 go\r\n250 taken\r\n' }), ends: 'send.outcome-unknown' },
    { what: 'two answers in one', does: submission({ MAIL: '550-no\r\n250 yes\r\n' }), ends: 'server.protocol' },
    { what: 'a challenge instead of an answer', does: submission({ MAIL: '334 VXNlcm5hbWU6\r\n' }), ends: 'server.protocol' },
    { what: 'a request to sign in once more', does: submission({ MAIL: '530 5.7.0 sign in, in clear if you like\r\n' }), ends: 'signin.rejected' },
    { what: 'an answer without end', does: submission({ MAIL: (_, server) => forEver(server, '250-ok\r\n') }), ends: 'server.answer-too-long' },
    { what: 'a yes to a message that was not asked for', does: submission({ DATA: '250 taken\r\n' }), ends: 'server.protocol' },
    { what: 'a mail as it should be', does: submission({}), ends: 'done' },
  ] as const).map((one) => ({ ...one, mayKnow: 'password' as const })))
})
