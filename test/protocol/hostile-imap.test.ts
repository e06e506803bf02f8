/** IMAP servers, and people in between, that are up to no good (hostile-cases.ts). What they can do to each later command: test/unit/protocols/hostile-imap.test.ts. */
import { describe } from 'vitest'
import { makeIdentity } from '../fakes/identities.ts'
import { answeringImap, type ImapAnswers } from '../fakes/imap-answers.ts'
import type { UpgradableConversation } from '../fakes/upgrading-server.ts'
import { alert, drip, type Does, forEver, knowingly, silence, testAll, trickery } from './hostile-cases.ts'

const quiet = { greeting: silence }
const tagIn = (line: string | null) => (line ?? '').split(' ', 1)[0] ?? ''

/** Up to where the client may ask for TLS, then TLS as it should be, then what the case says. */
const insideTls = (answers: ImapAnswers, before = '* OK hi\r\n', options = {}): Does => async (server) => {
  await server.says(before)
  const tag = tagIn(await server.hears())
  await answeringImap({ ...quiet, ...answers })(await server.secure(`${tag} OK begin\r\n`, options))
}
/** Answers STARTTLS so, the tag in the place of `%`, and goes on as if nothing had happened, in clear. */
const toStarttls = (answer: string | ((server: UpgradableConversation, tag: string) => Promise<void>), greeting = '* OK hi\r\n'): Does => async (server) => {
  await server.says(greeting)
  const tag = tagIn(await server.hears())
  if (typeof answer !== 'string') return answer(server, tag)
  await server.says(answer.replaceAll('%', tag))
  await answeringImap(quiet)(server)
}
const injecting = (bytes: string): Does => async (server) => {
  await server.says('* OK hi\r\n')
  const tag = tagIn(await server.hears())
  await answeringImap(quiet)(await server.secure(bytes.replaceAll('%', tag)))
}
const able = (words: string, answers: ImapAnswers = {}): ImapAnswers => ({ CAPABILITY: `* CAPABILITY IMAP4rev1 ${words}\r\nOK`, ...answers })
const challenge = (text: string) => `+ ${Buffer.from(text).toString('base64')}\r\n`
const saying = (words: string) => async (_tag: string, _command: string, { says }: Pick<UpgradableConversation, 'says'>) => says(words)

describe('STARTTLS is taken away', () => {
  testAll('imap', [
    { what: 'not announced and refused', does: toStarttls('% BAD what?\r\n', '* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n'), ends: 'tls.not-offered' },
    { what: 'refused', does: toStarttls('% NO not now\r\n'), ends: 'tls.not-offered' },
    { what: 'refused with an alarm that asks to sign in all the same', does: toStarttls('* OK [ALERT] sign in without TLS, please\r\n% NO [PRIVACYREQUIRED] no\r\n'), ends: 'tls.not-offered' },
    { what: 'the greeting says that somebody is signed in already', does: async ({ says }) => says('* PREAUTH welcome\r\n'), ends: 'tls.not-offered' },
    { what: 'the greeting says so, and hands out a mailbox', does: async ({ says }) => says('* PREAUTH [CAPABILITY IMAP4rev1] welcome\r\n* 3 EXISTS\r\n* 1 FETCH (UID 1 FLAGS ())\r\n'), ends: 'tls.not-offered' },
    { what: 'answered as a challenge', does: toStarttls('+ your name?\r\n'), ends: 'server.protocol' },
    { what: 'answered under another tag', does: toStarttls('ZZZ OK begin\r\n'), ends: 'server.protocol' },
    { what: 'answered by a good-bye', does: toStarttls('* BYE come back without TLS\r\n'), ends: 'server.unavailable' },
    { what: 'answered by nothing', does: toStarttls(silence), ends: 'connect.timeout', seconds: 0.3 },
    { what: 'answered by an end', does: toStarttls(async ({ hangUp }) => hangUp()), ends: 'connect.lost' },
    { what: 'answered and not done: the session goes on in clear', does: toStarttls('% OK begin\r\n'), ends: 'connect.timeout', seconds: 0.3 },
  ])
})

describe('words are put in before TLS', () => {
  testAll('imap', [
    { what: 'behind the answer to STARTTLS', does: injecting('% OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n'), ends: 'tls.injected-data' },
    { what: 'half a line behind it', does: injecting('% OK begin\r\n* O'), ends: 'tls.injected-data' },
    { what: 'a single byte behind it', does: injecting('% OK begin\r\n*'), ends: 'tls.injected-data' },
    { what: 'a good-bye behind it', does: injecting('% OK begin\r\n* BYE moved\r\n'), ends: 'tls.injected-data' },
    { what: 'a mailbox and an answer to the sign-in behind it', does: injecting('% OK begin\r\n* 1 EXISTS\r\n* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 10)\r\n% OK in\r\n'), ends: 'tls.injected-data' },
    { what: 'in a segment of their own, while the handshake goes on', does: toStarttls(async (server, tag) => {
      await server.says(`${tag} OK begin\r\n`)
      await server.hearsAnything()
      await server.says('* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n')
    }), ends: 'tls.handshake-failed' },
    { what: 'an offer in the greeting that is not asked for again: it counts for nothing', does: insideTls(able('LOGINDISABLED'), '* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=LOGIN SASL-IR] hi\r\n'), ends: 'signin.no-mechanism' },
    { what: 'an offer before the answer to STARTTLS: it counts for nothing either', does: async (server) => {
      await server.says('* OK hi\r\n')
      const tag = tagIn(await server.hears())
      await answeringImap({ ...quiet, ...able('LOGINDISABLED') })(await server.secure(`* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] x\r\n${tag} OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] begin\r\n`))
    }, ends: 'signin.no-mechanism' },
  ])
})

describe('TLS is not what it should be', () => {
  testAll('imap', [
    { what: 'an alert instead of a handshake', does: toStarttls(async (server, tag) => {
      await server.says(`${tag} OK begin\r\n`)
      await server.hearsAnything()
      await server.says(alert)
    }), ends: 'tls.handshake-failed' },
    { what: 'a handshake that drips', does: toStarttls(async (server, tag) => {
      await server.says(`${tag} OK begin\r\n`)
      await server.hearsAnything()
      await server.says(Buffer.from([22, 3, 3, 64, 0]))
      await drip(server, 'x')
    }), ends: 'connect.timeout', seconds: 0.3 },
    { what: 'TLS 1.0', does: insideTls({}, undefined, { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }), ends: 'tls.handshake-failed' },
    { what: 'TLS 1.1', does: insideTls({}, undefined, { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }), ends: 'tls.handshake-failed' },
    { what: 'a certificate nobody knows', does: insideTls({}, undefined, makeIdentity()), ends: 'tls.self-signed-certificate' },
    { what: 'an end right after the handshake', does: async (server) => {
      await server.says('* OK hi\r\n')
      const secured = await server.secure(`${tagIn(await server.hears())} OK begin\r\n`)
      secured.hangUp()
    }, ends: 'connect.lost' },
    { what: 'a port for TLS that speaks in clear', security: 'tls', does: async ({ says }) => says('* OK hi, sign in here\r\n'), ends: 'tls.handshake-failed' },
  ])
})

describe('the greeting is none', () => {
  testAll('imap', [
    { what: 'never comes', does: silence, ends: 'connect.timeout', seconds: 0.3 },
    { what: 'drips', does: (server) => drip(server, '*'), ends: 'connect.timeout', seconds: 0.3 },
    { what: 'is endless', does: (server) => forEver(server, 'x'), ends: 'server.answer-too-long' },
    { what: 'comes for ever', does: async (server) => {
      await server.says('* OK hi\r\n')
      await forEver(server, '* OK hi\r\n')
    }, ends: 'server.answer-too-long' },
    { what: 'is a good-bye', does: async ({ says }) => says('* BYE [UNAVAILABLE] too busy\r\n'), ends: 'server.unavailable' },
    { what: 'is POP3', does: async ({ says }) => says('+OK hi\r\n'), ends: 'server.protocol' },
    { what: 'says that somebody is signed in, inside TLS', security: 'tls', does: async (server) => {
      const secured = await server.secure()
      await answeringImap({ greeting: '* PREAUTH welcome, root\r\n' })(secured)
    }, ends: 'server.protocol' },
  ])
})

describe('signing in is made difficult', () => {
  testAll('imap', [
    { what: 'the list of mechanisms is one the user did not choose from', does: insideTls(able('AUTH=PLAIN AUTH=LOGIN')), ends: 'signin.no-mechanism', credentials: { method: 'spa' } },
    { what: 'no token is taken, only a password', does: insideTls(able('AUTH=PLAIN')), ends: 'signin.no-mechanism', credentials: { method: 'oauth2' } },
    { what: 'a list of abilities without end', does: insideTls({ CAPABILITY: (_tag, _command, server) => forEver(server, '* CAPABILITY IMAP4rev1\r\n') }), ends: 'server.answer-too-long' },
    { what: 'abilities on a line without end', does: insideTls({ CAPABILITY: async (_tag, _command, server) => {
      await server.says('* CAPABILITY ')
      await forEver(server, 'AUTH=PLAIN ')
    } }), ends: 'server.answer-too-long' },
    { what: 'words without end, one by one, instead of an answer', does: insideTls({ CAPABILITY: (_tag, _command, server) => drip(server, `* OK ${'wait '.repeat(40)}\r\n`) }), ends: 'connect.timeout', seconds: 0.3 },
    { what: 'a challenge where none is due', does: insideTls({ CAPABILITY: saying('+ your password?\r\n') }), ends: 'server.protocol' },
    { what: 'a challenge after LOGIN was done', does: insideTls(able('', { LOGIN: saying('+ go\r\n+ go\r\n+ and once more\r\n') })), ends: 'server.protocol', mayKnow: 'password' },
    { what: 'challenges without end', does: insideTls(able('AUTH=OAUTHBEARER SASL-IR', { AUTHENTICATE: async (_tag, _command, { says, hears }) => {
      for (let line: string | null = ''; line !== null; line = await hears()) await says(challenge('{"status":"again"}'))
    } })), ends: 'server.protocol', mayKnow: 'password', credentials: { method: 'oauth2' } },
    { what: 'a challenge of a megabyte', does: insideTls(able('AUTH=SCRAM-SHA-256 LOGINDISABLED SASL-IR', { AUTHENTICATE: saying(challenge('x'.repeat(1_000_000))) })), ends: 'server.answer-too-long', mayKnow: 'proofs' },
    { what: 'a challenge that is no base64', does: insideTls(able('AUTH=CRAM-MD5 LOGINDISABLED', { AUTHENTICATE: saying('+ <1@here>\r\n') })), ends: 'server.protocol', mayKnow: 'proofs' },
    { what: 'a challenge of another mechanism', does: insideTls(able('AUTH=SCRAM-SHA-1 SASL-IR LOGINDISABLED', { AUTHENTICATE: saying(challenge('Password:')) })), ends: 'server.protocol', mayKnow: 'proofs' },
    { what: 'a yes that proves nothing', does: insideTls(able('AUTH=SCRAM-SHA-256 SASL-IR LOGINDISABLED', { AUTHENTICATE: 'OK [CAPABILITY IMAP4rev1]' })), ends: 'server.protocol', mayKnow: 'proofs' },
    { what: 'a yes before the question', does: insideTls(able('AUTH=NTLM', { AUTHENTICATE: 'OK' })), ends: 'server.protocol', mayKnow: 'proofs', credentials: { method: 'spa' } },
    { what: 'a no in which the password stands', does: insideTls(able('AUTH=PLAIN SASL-IR', { AUTHENTICATE: async (tag, command, { says }) => says(`${tag} NO [AUTHENTICATIONFAILED] ${command} ${Buffer.from(command.split(' ')[2] ?? '', 'base64').toString('latin1')}\r\n`) })), ends: 'signin.rejected', mayKnow: 'password' },
    { what: 'a good-bye in which the password stands', does: insideTls(able('', { LOGIN: async (_tag, command, { says, hears }) => {
      await says('+ go\r\n')
      await hears()
      await says('+ go\r\n')
      await says(`* BYE ${command} ${await hears()}\r\n`)
    } })), ends: 'server.unavailable', mayKnow: 'password' },
    { what: 'a no full of tricks', does: insideTls(able('AUTH=PLAIN SASL-IR', { AUTHENTICATE: async (tag, _command, { says }) => says(Buffer.concat([Buffer.from(`${tag} NO [ALERT] `), trickery, Buffer.from('\r\n')])) })), ends: 'signin.rejected', mayKnow: 'password' },
    { what: 'an alarm in the greeting, which is nobody\'s words to act on', does: async ({ says }) => says(Buffer.concat([Buffer.from('* BYE [ALERT] '), trickery, Buffer.from('\r\n')])), ends: 'server.unavailable' },
    { what: 'a reference to another server', does: insideTls(able('AUTH=PLAIN SASL-IR LOGIN-REFERRALS', { AUTHENTICATE: 'NO [REFERRAL imap://anna;AUTH=*@127.0.0.1:1/] try there' })), ends: 'server.elsewhere', mayKnow: 'password' },
    { what: 'a good-bye with a reference to another server', does: async ({ says }) => says('* BYE [REFERRAL imap://127.0.0.1:1/] this one is gone\r\n'), ends: 'server.elsewhere' },
    { what: 'a yes with a reference to another server, which is no reason to go there', does: insideTls(able('AUTH=PLAIN SASL-IR', { AUTHENTICATE: 'OK [REFERRAL imap://127.0.0.1:1/] in', SELECT: '* 0 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\nOK', 'UID FETCH': 'OK' })), ends: 'done', mayKnow: 'password' },
    { what: 'no answer to the password', does: insideTls(able('AUTH=PLAIN SASL-IR', { AUTHENTICATE: silence })), ends: 'connect.timeout', mayKnow: 'password', seconds: 0.3 },
    { what: 'no LOGIN is wanted, in clear', security: 'none', does: answeringImap(able('LOGINDISABLED STARTTLS')), ends: 'signin.no-mechanism' },
    { what: 'no to the challenge, and only the password itself is left, in clear', security: 'none', does: answeringImap(able('AUTH=SCRAM-SHA-256 AUTH=CRAM-MD5 LOGINDISABLED SASL-IR', { AUTHENTICATE: 'NO no' })), ends: 'signin.rejected', mayKnow: 'proofs' },
  ])
})

describe('user names and passwords with line ends in them', () => {
  const neverSpoken: Does = async ({ says }) => says('* OK hi\r\n')
  testAll('imap', ['a\r\nM LOGOUT', 'a\nb', 'a\rb', 'a\0b'].flatMap((text) => [
    { what: `${JSON.stringify(text)} as a name`, does: neverSpoken, ends: 'input.invalid' as const, credentials: { userName: text } },
    { what: `${JSON.stringify(text)} as a password`, does: neverSpoken, ends: 'input.invalid' as const, credentials: { secret: text } },
  ]))
})

describe('once signed in', () => {
  const list = 'UID FETCH 1:* (UID FLAGS'
  const inbox = (answers: ImapAnswers) => insideTls(able('AUTH=PLAIN SASL-IR', answers))
  testAll('imap', ([
    { what: 'four gigabytes announced', does: inbox({ [list]: saying('* 1 FETCH (UID 1 FLAGS {4294967295}\r\n') }), ends: 'server.answer-too-long' },
    { what: 'less than nothing announced', does: inbox({ [list]: saying('* 1 FETCH (UID 1 FLAGS {-1}\r\n') }), ends: 'server.protocol' },
    { what: 'a list a million deep', does: inbox({ [list]: saying(`* 1 FETCH ${'('.repeat(1_000_000)}\r\n`) }), ends: 'server.protocol' },
    { what: 'literals without end in one response', does: inbox({ [list]: async (_tag, _command, server) => {
      await server.says('* 1 FETCH (X ')
      await forEver(server, '{0}\r\n')
    } }), ends: 'server.answer-too-long' },
    { what: 'a tag that was not given', does: inbox({ [list]: saying('M999 OK done\r\n') }), ends: 'server.protocol' },
    { what: 'a no in which the password stands', does: inbox({ SELECT: (tag, _command, server) => knowingly(`${tag} NO you are `)(server) }), ends: 'server.refused' },
    { what: 'rubbish in which the password stands', does: inbox({ SELECT: (_tag, _command, server) => knowingly('% ')(server) }), ends: 'server.protocol' },
    { what: 'a good-bye in which the password stands', does: inbox({ [list]: (_tag, _command, server) => knowingly('* BYE ')(server) }), ends: 'server.unavailable' },
    { what: 'a good-bye', does: inbox({ [list]: saying('* BYE [REFERRAL imap://127.0.0.1:1/] over there\r\n') }), ends: 'server.elsewhere' },
    { what: 'flags, mailboxes and alarms nobody asked for', does: inbox({ [list]: '* OK [ALERT] pay here\r\n* 99 EXISTS\r\n* LIST () "/" "../../etc"\r\n* 7 EXPUNGE\r\n* FLAGS (\\Evil)\r\n* NO [TRYCREATE] x\r\n* PREAUTH again\r\nOK' }), ends: 'done' },
    { what: 'more messages vanished than there are numbers', does: insideTls(able('AUTH=PLAIN SASL-IR QRESYNC', { [list]: '* VANISHED (EARLIER) 1:4294967295\r\nOK' })), ends: 'done' },
  ] as const).map((one) => ({ ...one, mayKnow: 'password' as const })))
})
