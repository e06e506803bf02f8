/** POP3 servers, and people in between, that are up to no good (hostile-cases.ts). What the inbox itself can do wrong: faulty-servers.test.ts. */
import { describe } from 'vitest'
import { makeIdentity } from '../fakes/identities.ts'
import { answering, type Pop3Answers } from '../fakes/pop3-answers.ts'
import type { UpgradableConversation } from '../fakes/upgrading-server.ts'
import { alert, drip, type Does, forEver, knowingly, silence, testAll, trickery } from './hostile-cases.ts'

const quiet = { greeting: silence }
/** Up to where the client may ask for TLS, then TLS as it should be, then what the case says. */
const insideTls = (answers: Pop3Answers, before = '+OK hi\r\n', options = {}): Does => async (server) => {
  await server.says(before)
  await server.hears()
  await answering({ ...quiet, ...answers })(await server.secure('+OK begin\r\n', options))
}
/** Answers STLS so, and goes on as if nothing had happened, in clear and in TLS. */
const toStls = (answer: string | ((server: UpgradableConversation) => Promise<void>)): Does => async (server) => {
  await server.says('+OK hi\r\n')
  await server.hears()
  if (typeof answer !== 'string') return answer(server)
  await server.says(answer)
  await answering({ ...quiet, STLS: answer })(server)
}
const injecting = (bytes: string): Does => async (server) => {
  await server.says('+OK hi\r\n')
  await server.hears()
  await answering(quiet)(await server.secure(bytes))
}
const sasl = (mechanisms: string, answers: Pop3Answers = {}) => ({ CAPA: `+OK\r\nSASL ${mechanisms}\r\nUSER\r\n.\r\n`, ...answers })
/** LOGIN asks for the password once it has the name, and lets in whoever has told it. */
const saidYes: Pop3Answers = { [Buffer.from('anna').toString('base64')]: '+ UGFzc3dvcmQ6\r\n', [Buffer.from('lab-password').toString('base64')]: '+OK in\r\n' }
const challenge = (text: string) => `+ ${Buffer.from(text).toString('base64')}\r\n`

describe('STLS is taken away', () => {
  testAll('pop3', [
    { what: 'refused', does: toStls('-ERR what?\r\n'), ends: 'tls.not-offered' },
    { what: 'refused for the time being', does: toStls('-ERR [SYS/TEMP] TLS is out of order, please sign in all the same\r\n'), ends: 'tls.not-offered' },
    { what: 'refused with an invitation to sign in', does: toStls('-ERR [AUTH] sign in with USER and PASS first\r\n'), ends: 'tls.not-offered' },
    { what: 'answered as a challenge', does: toStls('+ \r\n'), ends: 'server.protocol' },
    { what: 'answered in another protocol', does: toStls('220 go\r\n'), ends: 'server.protocol' },
    { what: 'answered by nothing', does: toStls(silence), ends: 'connect.timeout', seconds: 0.3 },
    { what: 'answered by an end', does: toStls(async ({ hangUp }) => hangUp()), ends: 'connect.lost' },
    { what: 'answered and not done: the session goes on in clear', does: toStls('+OK begin\r\n'), ends: 'connect.timeout', seconds: 0.3 },
  ])
})

describe('words are put in before TLS', () => {
  testAll('pop3', [
    { what: 'behind the answer to STLS', does: injecting('+OK begin\r\n+OK\r\nSASL PLAIN\r\n.\r\n'), ends: 'tls.injected-data' },
    { what: 'half a line behind it', does: injecting('+OK begin\r\n+O'), ends: 'tls.injected-data' },
    { what: 'a bare line end behind it', does: injecting('+OK begin\n\r\n'), ends: 'tls.injected-data' },
    { what: 'a whole session behind it', does: injecting('+OK begin\r\n-ERR\r\n+OK\r\n+OK\r\n+OK\r\n1 10\r\n.\r\n'), ends: 'tls.injected-data' },
    { what: 'behind the greeting, before STLS was asked for', does: async (server) => {
      await server.says('+OK hi\r\n+OK begin\r\n')
      await server.hears()
      await answering(quiet)(await server.secure())
    }, ends: 'tls.injected-data' },
    { what: 'in a segment of their own, while the handshake goes on', does: toStls(async (server) => {
      await server.says('+OK begin\r\n')
      await server.hearsAnything()
      await server.says('+OK\r\nSASL PLAIN\r\n.\r\n')
    }), ends: 'tls.handshake-failed' },
    { what: 'an offer of challenges that is gone inside TLS', does: async (server) => {
      await server.says('+OK hi <1@here>\r\n')
      await server.hears()
      await answering({ ...quiet, CAPA: '+OK\r\n.\r\n' })(await server.secure('+OK begin\r\n'))
    }, ends: 'signin.no-mechanism' },
    { what: 'a stamp for APOP, which counts for nothing inside TLS', does: insideTls({ CAPA: '+OK\r\nSASL SCRAM-SHA-256\r\n.\r\n', AUTH: '-ERR no\r\n' }, '+OK hi <chosen@between>\r\n'), ends: 'signin.rejected', mayKnow: 'proofs' },
  ])
})

describe('TLS is not what it should be', () => {
  testAll('pop3', [
    { what: 'an alert instead of a handshake', does: toStls(async (server) => {
      await server.says('+OK begin\r\n')
      await server.hearsAnything()
      await server.says(alert)
    }), ends: 'tls.handshake-failed' },
    { what: 'rubbish instead of a handshake', does: toStls(async (server) => {
      await server.says('+OK begin\r\n')
      await server.hearsAnything()
      await server.says('HTTP/1.1 400 Bad Request\r\n\r\n')
    }), ends: 'tls.handshake-failed' },
    { what: 'a handshake that drips', does: toStls(async (server) => {
      await server.says('+OK begin\r\n')
      await server.hearsAnything()
      await server.says(Buffer.from([22, 3, 3, 64, 0]))
      await drip(server, 'x')
    }), ends: 'connect.timeout', seconds: 0.3 },
    { what: 'TLS 1.0', does: insideTls({}, undefined, { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }), ends: 'tls.handshake-failed' },
    { what: 'TLS 1.1', does: insideTls({}, undefined, { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }), ends: 'tls.handshake-failed' },
    { what: 'a certificate nobody knows', does: insideTls({}, undefined, makeIdentity()), ends: 'tls.self-signed-certificate' },
    { what: 'an end right after the handshake', does: async (server) => {
      await server.says('+OK hi\r\n')
      await server.hears()
      const secured = await server.secure('+OK begin\r\n')
      secured.hangUp()
    }, ends: 'connect.lost' },
    { what: 'a port for TLS that speaks in clear', security: 'tls', does: async ({ says }) => says('+OK hi, sign in here\r\n'), ends: 'tls.handshake-failed' },
    { what: 'a second greeting as the answer to CAPA', does: insideTls({ CAPA: '+OK hi again\r\n-ERR\r\n' }), ends: 'connect.timeout', seconds: 0.5 },
  ])
})

describe('the greeting is none', () => {
  testAll('pop3', [
    { what: 'never comes', does: silence, ends: 'connect.timeout', seconds: 0.3 },
    { what: 'drips', does: (server) => drip(server, '+'), ends: 'connect.timeout', seconds: 0.3 },
    { what: 'is endless', does: (server) => forEver(server, 'x'), ends: 'server.answer-too-long' },
    { what: 'comes twice', does: async ({ says }) => says('+OK hi\r\n+OK hi\r\n'), ends: 'tls.injected-data' },
    { what: 'is a refusal', does: async ({ says }) => says('-ERR [SYS/TEMP] too busy\r\n'), ends: 'server.unavailable' },
    { what: 'is IMAP', does: async ({ says }) => says('* PREAUTH you are in\r\n'), ends: 'server.protocol' },
    { what: 'has NUL and control characters in it', does: async ({ says }) => says('\0\x1b[31m+OK\r\n'), ends: 'server.protocol' },
  ])
})

describe('signing in is made difficult', () => {
  testAll('pop3', [
    { what: 'the list of mechanisms is one the user did not choose from', does: insideTls(sasl('PLAIN LOGIN CRAM-MD5')), ends: 'signin.no-mechanism', credentials: { method: 'spa' } },
    { what: 'no token is taken, only a password', does: insideTls(sasl('PLAIN LOGIN')), ends: 'signin.no-mechanism', credentials: { method: 'oauth2' } },
    { what: 'the answer to CAPA is endless', does: insideTls({ CAPA: async (_, server) => {
      await server.says('+OK\r\n')
      await forEver(server, 'SASL PLAIN\r\n')
    } }), ends: 'server.answer-too-long' },
    { what: 'the answer to CAPA never ends', does: insideTls({ CAPA: '+OK\r\nSASL PLAIN\r\n' }), ends: 'connect.timeout', seconds: 0.3 },
    { what: 'the answer to CAPA comes line by line, and never ends', does: insideTls({ CAPA: async (_, server) => {
      await server.says('+OK\r\n')
      await drip(server, `X-${'X'.repeat(200)}\r\n`)
    } }), ends: 'connect.timeout', seconds: 0.3 },
    { what: 'challenges without end', does: insideTls(sasl('OAUTHBEARER', { AUTH: async (_, { says, hears }) => {
      for (let line: string | null = ''; line !== null; line = await hears()) await says(challenge('{"status":"again"}'))
    } })), ends: 'server.protocol', mayKnow: 'password', credentials: { method: 'oauth2' } },
    { what: 'a challenge of a megabyte', does: insideTls(sasl('SCRAM-SHA-256', { AUTH: challenge('x'.repeat(1_000_000)) })), ends: 'server.answer-too-long', mayKnow: 'proofs' },
    { what: 'a challenge that is no base64', does: insideTls(sasl('SCRAM-SHA-256', { AUTH: '+ r=%%%,s=???\r\n', '*': '-ERR cancelled\r\n' })), ends: 'server.protocol', mayKnow: 'proofs' },
    { what: 'a challenge of another mechanism', does: insideTls(sasl('SCRAM-SHA-1', { AUTH: challenge('Password:'), '*': '-ERR cancelled\r\n' })), ends: 'server.protocol', mayKnow: 'proofs' },
    { what: 'a challenge for an hour of work', does: insideTls(sasl('SCRAM-SHA-1', { AUTH: async (line, { says }) => {
      const nonce = /r=(.+)$/.exec(Buffer.from(line.split(' ')[2] ?? '', 'base64').toString())?.[1] ?? ''
      await says(challenge(`r=${nonce}x,s=c2FsdA==,i=999999999`))
    }, '*': '-ERR cancelled\r\n' })), ends: 'server.protocol', mayKnow: 'proofs' },
    { what: 'a yes that proves nothing', does: insideTls(sasl('SCRAM-SHA-256', { AUTH: '+OK in\r\n' })), ends: 'server.protocol', mayKnow: 'proofs' },
    { what: 'a no within the exchange', does: insideTls(sasl('SCRAM-SHA-256', { AUTH: challenge('e=invalid-proof'), '': '-ERR [AUTH] no\r\n' })), ends: 'signin.rejected', mayKnow: 'proofs' },
    { what: 'a no within the exchange, and then a yes', does: insideTls(sasl('SCRAM-SHA-256', { AUTH: challenge('e=other-error'), '': '+OK in\r\n' })), ends: 'server.protocol', mayKnow: 'proofs' },
    { what: 'a no within the exchange, again and again', does: insideTls(sasl('SCRAM-SHA-256', { AUTH: challenge('e=other-error'), '': challenge('e=other-error') })), ends: 'server.protocol', mayKnow: 'proofs' },
    { what: 'a yes before the question', does: insideTls(sasl('CRAM-MD5', { AUTH: '+OK in\r\n' })), ends: 'server.protocol', mayKnow: 'proofs' },
    { what: 'a no in which the password stands', does: insideTls(sasl('PLAIN', { AUTH: async (line, { says }) => says(`-ERR not so: ${line} ${Buffer.from(line.split(' ')[2] ?? '', 'base64').toString('latin1')}\r\n`) })), ends: 'signin.rejected', mayKnow: 'password' },
    { what: 'rubbish in which the password stands', does: insideTls({ CAPA: '-ERR\r\n', PASS: async (line, { says }) => says(`you said ${line}\r\n`) }), ends: 'server.protocol', mayKnow: 'password' },
    { what: 'a no full of tricks', does: insideTls(sasl('PLAIN', { AUTH: async (_, { says }) => says(Buffer.concat([Buffer.from('-ERR [AUTH] '), trickery, Buffer.from('\r\n')])) })), ends: 'signin.rejected', mayKnow: 'password' },
    { what: 'fewer mechanisms inside TLS than the user knows: what is told there counts', does: insideTls(sasl('LOGIN', { AUTH: '+ VXNlcm5hbWU6\r\n', LIST: '+OK\r\n.\r\n', UIDL: '+OK\r\n.\r\n', ...saidYes })), ends: 'done', mayKnow: 'password', credentials: { userName: 'anna' } },
    { what: 'a challenge to PASS', does: insideTls({ CAPA: '-ERR\r\n', PASS: '+ VXNlcm5hbWU6\r\n' }), ends: 'server.protocol', mayKnow: 'password' },
    { what: 'no answer to the password', does: insideTls({ CAPA: '-ERR\r\n', PASS: silence }), ends: 'connect.timeout', mayKnow: 'password', seconds: 0.3 },
    { what: 'no to the challenge, and only the password itself is left, in clear', security: 'none', does: answering({ greeting: '+OK hi <1@here>\r\n', CAPA: '+OK\r\nSASL SCRAM-SHA-256 CRAM-MD5\r\n.\r\n', AUTH: '-ERR no\r\n', APOP: '-ERR no\r\n' }), ends: 'signin.rejected', mayKnow: 'proofs' },
  ])
})

describe('user names and passwords with line ends in them', () => {
  const neverSpoken: Does = async ({ says }) => says('+OK hi\r\n')
  testAll('pop3', ['a\r\nDELE 1', 'a\nb', 'a\rb', 'a\0b'].flatMap((text) => [
    { what: `${JSON.stringify(text)} as a name`, does: neverSpoken, ends: 'input.invalid' as const, credentials: { userName: text } },
    { what: `${JSON.stringify(text)} as a password`, does: neverSpoken, ends: 'input.invalid' as const, credentials: { secret: text } },
  ]))
})

describe('once signed in', () => {
  const inbox = (answers: Pop3Answers) => insideTls({ CAPA: '-ERR\r\n', LIST: '+OK\r\n1 10\r\n.\r\n', UIDL: '+OK\r\n1 a\r\n.\r\n', RETR: '+OK\r\nA: 1\r\n\r\ntext\r\n.\r\n', ...answers })
  testAll('pop3', ([
    { what: 'a list without end', does: inbox({ LIST: async (_, server) => {
      await server.says('+OK\r\n')
      await forEver(server, '1 10\r\n')
    } }), ends: 'server.answer-too-long' },
    { what: 'a line without end', does: inbox({ UIDL: async (_, server) => {
      await server.says('+OK\r\n')
      await forEver(server, 'x')
    } }), ends: 'server.answer-too-long' },
    { what: 'numbers that are none', does: inbox({ LIST: '+OK\r\n-1 10\r\n.\r\n' }), ends: 'server.protocol' },
    { what: 'an answer nobody asked for', does: inbox({ PASS: '+OK in\r\n+OK\r\n9 9\r\n.\r\n' }), ends: 'server.protocol' },
    { what: 'a message that breaks off', does: inbox({ RETR: async (_, { says, hangUp }) => {
      await says('+OK\r\nA: 1\r\n')
      hangUp()
    } }), ends: 'connect.lost' },
    { what: 'a no to the list in which the password stands', does: inbox({ LIST: (_, server) => knowingly('-ERR you are ')(server) }), ends: 'server.refused' },
    { what: 'rubbish in which the password stands', does: inbox({ UIDL: (_, server) => knowingly('')(server) }), ends: 'server.protocol' },
    { what: 'a no to a message in which the password stands', does: inbox({ RETR: (_, server) => knowingly('-ERR ')(server) }), ends: 'done' },
    { what: 'a message as it should be', does: inbox({}), ends: 'done' },
  ] as const).map((one) => ({ ...one, mayKnow: 'password' as const })))
})
