/** The readers of POP3, IMAP and SMTP and of SASL challenges: whole sessions with a server that says nearly what one would. */
import { statSync } from 'node:fs'
import fc from 'fast-check'
import { ImapConnection } from '../../../electron/protocols/imap/imap-connection.ts'
import { type Response, ResponseReader } from '../../../electron/protocols/imap/imap-responses.ts'
import { ImapSession } from '../../../electron/protocols/imap/imap-session.ts'
import { decodeName, encodeName } from '../../../electron/protocols/imap/mailbox-name.ts'
import { signInToImap } from '../../../electron/protocols/imap/sign-in-imap.ts'
import { uidsIn } from '../../../electron/protocols/imap/uid-set.ts'
import { askCapabilities } from '../../../electron/protocols/pop3/greet-pop3.ts'
import { readBytes } from '../../../electron/protocols/pop3/pop3-dialogue.ts'
import { Pop3Session } from '../../../electron/protocols/pop3/pop3-session.ts'
import { signInToPop3 } from '../../../electron/protocols/pop3/sign-in-pop3.ts'
import { cramMd5 } from '../../../electron/protocols/sasl/cram-md5.ts'
import { digestMd5 } from '../../../electron/protocols/sasl/digest-md5.ts'
import { ntlm } from '../../../electron/protocols/sasl/ntlm.ts'
import { oauthBearer, xOauth2 } from '../../../electron/protocols/sasl/bearer.ts'
import { login, plain } from '../../../electron/protocols/sasl/plain.ts'
import { scram } from '../../../electron/protocols/sasl/scram.ts'
import { readReply } from '../../../electron/protocols/smtp/smtp-dialogue.ts'
import { SmtpSession } from '../../../electron/protocols/smtp/smtp-session.ts'
import { signInToSmtp } from '../../../electron/protocols/smtp/sign-in-smtp.ts'
import { done } from '../../../shared/failures/failure.ts'
import { CollectingReceiver } from '../collecting-receiver.ts'
import { formsFound } from '../secret-forms.ts'
import { misheard, mutated, segments } from './mutated.ts'
import { playedConnection, playedTarget } from './played-connection.ts'
import { checkOutcome, checkSame, type Target, target } from './target.ts'

const evidence = { host: 'h.example', port: 1 }
const credentials = { userName: 'anna', secret: 'geheim-1234', method: 'password' } as const
const echo = [credentials.secret, Buffer.from('\0anna\0geheim-1234').toString('base64')]

/** As far as it goes before somebody is signed in, no word of the server's may hold the password. */
function checkSecret(outcome: unknown): void {
  const found = formsFound(JSON.stringify(outcome), credentials.secret).filter((form) => form !== 'backwards')
  if (found.length > 0) throw new Error(`the password ${found.join(', ')} in ${JSON.stringify(outcome)}`)
}

const pop3Words = ['+OK', '-ERR', '.', '..', '\r\n.\r\n', '+ ', '[AUTH]', '[SYS/TEMP]', 'SASL', 'PIPELINING', ...echo]
const pop3Answers = [
  '+OK\r\n', '-ERR [AUTH] no\r\n', '+OK\r\nSASL PLAIN SCRAM-SHA-256 CRAM-MD5\r\nUSER\r\nPIPELINING\r\nEXPIRE 30 USER\r\n.\r\n', '+OK\r\n1 120\r\n2 4000\r\n.\r\n', '+OK\r\n1 whqtswO00WBw418f9t5JxYwZ\r\n2 QhdPYR:00WBw1Ph7x7\r\n.\r\n',
  '+OK 120 octets\r\nSubject: x\r\n\r\n..dot\r\ntext\r\n.\r\n', '+ cj1hYmM=\r\n', '+OK\r\n.\r\n', '+OK\r\n.\r\n.\r\n', `-ERR you said ${echo.join(' ')}\r\n`,
]
const pop3Dialogue = [
  '+OK\r\nSASL PLAIN SCRAM-SHA-256\r\nUSER\r\nPIPELINING\r\n.\r\n', '-ERR no SCRAM for you\r\n', '+OK in\r\n', '+OK\r\n1 24\r\n2 4000\r\n.\r\n', '+OK\r\n1 a\r\n2 b\r\n.\r\n', '+OK\r\nA: 1\r\n\r\n.\r\n', '+OK\r\n..\r\n\r\n.\r\n',
  '+OK\r\nSubject: x\r\n\r\n..dot\r\n.\r\n', '+OK\r\nfirst: 1\r\n\r\n..\r\n.\r\n', '+OK\r\n', '+OK bye\r\n',
]

const imapWords = ['%T OK', '%T NO', '* ', '+ ', 'FETCH', 'UID', 'FLAGS', 'BODY[]', '{3}\r\n', '{4294967295}', 'NIL', '((((', 'VANISHED', '1:4294967295', 'EXISTS', ...echo]
const imapAnswers = [
  '%T OK done\r\n', '%T NO [AUTHENTICATIONFAILED] no\r\n', '* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n%T OK [CAPABILITY IMAP4rev1 UIDPLUS CONDSTORE QRESYNC] in\r\n',
  '* LIST (\\HasNoChildren \\Sent) "/" "Sent &AOQ-"\r\n* LIST () "." INBOX\r\n* STATUS INBOX (MESSAGES 3 UIDNEXT 4 UIDVALIDITY 7 UNSEEN 1)\r\n%T OK\r\n', '* LIST () "/" {5}\r\nIn{bo\r\n%T OK\r\n',
  '* 3 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 4] x\r\n* OK [HIGHESTMODSEQ 99] x\r\n* OK [PERMANENTFLAGS (\\Seen \\*)] x\r\n%T OK [READ-WRITE] in\r\n',
  '* 1 FETCH (UID 1 FLAGS (\\Seen $Forwarded) RFC822.SIZE 10 EMAILID (M6d99ac3275bb4e))\r\n* 2 FETCH (UID 2 FLAGS () RFC822.SIZE 12)\r\n* VANISHED (EARLIER) 41,43:116\r\n%T OK\r\n',
  '* 1 FETCH (UID 1 BODY[] {10}\r\nSubject: x)\r\n* 2 FETCH (BODY[]<0> "quoted" UID 2)\r\n%T OK\r\n', '* 1 FETCH (UID 1 BODY[HEADER] {14}\r\nSubject: x\r\n\r\n)\r\n%T OK\r\n', '* SEARCH 1 2 3\r\n%T OK\r\n', '* BYE going\r\n', `%T NO ${echo.join(' ')}\r\n`,
]
const selected = '* 2 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [HIGHESTMODSEQ 99] x\r\n* OK [PERMANENTFLAGS (\\Seen \\*)] x\r\n%T OK [READ-WRITE] in\r\n'
const imapDialogue = [
  '%T OK [CAPABILITY IMAP4rev1 UIDPLUS CONDSTORE LIST-EXTENDED LIST-STATUS SPECIAL-USE] in\r\n', '* LIST (\\Sent) "/" "Sent &AOQ-"\r\n* STATUS INBOX (MESSAGES 2 UIDNEXT 3 UIDVALIDITY 7 UNSEEN 1)\r\n* LIST () "/" INBOX\r\n%T OK\r\n', selected, '* 1 FETCH (UID 1 FLAGS (\\Seen))\r\n%T OK\r\n', '%T OK\r\n', '* SEARCH 1\r\n%T OK\r\n',
  selected, '* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 10)\r\n* 2 FETCH (UID 2 FLAGS () RFC822.SIZE 4000000)\r\n%T OK\r\n', '* 1 FETCH (UID 1 BODY[HEADER] {14}\r\nSubject: x\r\n\r\n)\r\n%T OK\r\n', '* 1 FETCH (UID 1 BODY[] {10}\r\nSubject: x)\r\n%T OK\r\n', '* 2 FETCH (UID 2 BODY[]<0> {5}\r\nA: 1\n)\r\n%T OK\r\n', '* 2 FETCH (UID 2 BODY[]<2097152> NIL)\r\n%T OK\r\n',
  '* SEARCH 1\r\n%T OK\r\n', '%T OK\r\n', '* 1 EXPUNGE\r\n%T OK\r\n',
]

const smtpWords = ['250-', '250 ', '421 ', '334 ', '354 ', '550 5.7.1 ', '4.3.2', 'PIPELINING', 'AUTH', 'SIZE', ...echo]
const smtpAnswers = [
  '250 ok\r\n', '250-me\r\n250-PIPELINING\r\n250-SIZE 100000\r\n250 AUTH PLAIN SCRAM-SHA-1\r\n', '354 go\r\n', '235 2.7.0 in\r\n', '334 cj1hYmM=\r\n', '535-5.7.8 no\r\n535 5.7.8 at all\r\n', '550 5.1.1 <a@b>: nobody\r\n', '421 4.3.2 bye\r\n', '452 4.2.2 full\r\n', `535 ${echo.join(' ')}\r\n`,
]
const smtpDialogue = ['235 2.7.0 in\r\n', '250 ok\r\n', '250 ok\r\n', '250 ok\r\n', '250 2.1.0 ok\r\n', '250 2.1.5 ok\r\n', '550 5.1.1 nobody\r\n', '354 go\r\n', '250 2.0.0 taken\r\n', '221 bye\r\n']

const played = (dialogue: readonly string[], others: readonly string[], words: readonly string[]) => fc.record({ answers: misheard(dialogue, others, words), sizes: segments })

async function playPop3({ answers, sizes }: { readonly answers: readonly string[]; readonly sizes: readonly number[] }): Promise<void> {
  const connection = playedConnection(answers, sizes)
  try {
    const capabilities = await askCapabilities(connection, evidence)
    if (!capabilities.ok) return checkOutcome(capabilities)
    const server = { connection, evidence, greeting: '+OK <1@h.example>', capabilities: capabilities.value }
    const signedIn = await signInToPop3(server, playedTarget, credentials)
    checkSecret(signedIn)
    checkOutcome(signedIn)
    if (!signedIn.ok) return
    const session = new Pop3Session(server)
    const listed = await session.list()
    checkOutcome(listed)
    if (!listed.ok) return
    const ids = listed.value.map(({ serverId }) => serverId)
    checkOutcome(await session.headers(ids.slice(0, 2)))
    checkOutcome(await session.fetch(ids, new CollectingReceiver()))
    checkOutcome(await session.removeAndClose(ids.slice(0, 1)))
  } finally {
    connection.close()
  }
}

async function playImap({ answers, sizes }: { readonly answers: readonly string[]; readonly sizes: readonly number[] }): Promise<void> {
  const lines = playedConnection(answers, sizes)
  try {
    const signedIn = await signInToImap({ connection: lines, evidence, capabilities: new Set(['AUTH=PLAIN', 'SASL-IR']) }, playedTarget, credentials)
    checkSecret(signedIn)
    checkOutcome(signedIn)
    if (!signedIn.ok) return
    const capabilities = signedIn.value.capabilities ?? new Set(['IMAP4REV1', 'UIDPLUS', 'LIST-EXTENDED', 'LIST-STATUS', 'CONDSTORE'])
    const { folders } = new ImapSession(new ImapConnection(lines, evidence, capabilities, playedTarget.timeoutSeconds))
    const listed = await folders.list({ uidValidity: '7', uidNext: 3, modseq: '5' }, 2)
    checkOutcome(listed)
    const looked = await folders.look('INBOX', null, 0)
    checkOutcome(looked)
    checkOutcome(await folders.headers('INBOX', ['7:1']))
    checkOutcome(await folders.fetch('INBOX', looked.ok ? looked.value.messages : [], new CollectingReceiver()))
    checkOutcome(await folders.holds('INBOX', ['<1@h.example>'], new Date(0)))
    checkOutcome(await folders.remove('INBOX', ['7:1']))
  } finally {
    lines.close()
  }
}

async function playSmtp({ answers, sizes }: { readonly answers: readonly string[]; readonly sizes: readonly number[] }): Promise<void> {
  const connection = playedConnection(answers, sizes)
  const server = { connection, evidence, extensions: new Map([['AUTH', 'PLAIN'], ...(answers.length % 2 === 0 ? [['PIPELINING', ''] as const] : [])]) }
  try {
    const signedIn = await signInToSmtp(server, playedTarget, credentials)
    checkSecret(signedIn)
    checkOutcome(signedIn)
    if (!signedIn.ok) return
    const session = new SmtpSession(server)
    checkOutcome(await session.rehearse('a@h.example', 'b@h.example'))
    const request = { mailFrom: 'a@h.example', recipients: ['b@h.example', 'c@h.example'], file: import.meta.filename, size: statSync(import.meta.filename).size, envelopeId: null, submitting: () => true }
    const taken = await session.submit(request)
    checkOutcome(taken)
    if (taken.recipients.length !== request.recipients.length) throw new Error('not an answer for each recipient')
  } finally {
    connection.close()
  }
}

/** All responses until it is no more one, whatever the pieces. */
async function responses(text: string, sizes: readonly number[]): Promise<readonly unknown[]> {
  const connection = playedConnection([], sizes, text)
  const reader = new ResponseReader(connection, evidence, 20)
  const all: Response[] = []
  for (;;) {
    const next = await reader.next(() => done(null))
    if (!next.ok) return [...all, next.failure.code]
    all.push(next.value)
  }
}

const ntlmChallenge = Buffer.from(`4e544c4d53535000020000000c000c003800000033828ae20123456789abcdef00000000000000002400240044000000060070170000000f53006500720076006500720002000c0044006f006d00610069006e0001000c0053006500720076006500720000000000`, 'hex').toString('latin1')
const challenges = mutated([
  'r=abcdef,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096', 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=', 'e=invalid-proof', 'realm="h.example",nonce="OA6MG9tEQGm2hh",qop="auth,auth-int",algorithm=md5-sess,charset=utf-8', 'rspauth=ea40f60335c427b5527b84dbabcdfffd',
  '<1896.697170952@postoffice.example>', 'Username:', '', '{"status":"invalid_token","schemes":"bearer"}',
  ntlmChallenge,
], ['r=abc', 'i=', 'i=1', 's=', ',', 'nonce="', 'NTLMSSP\0', '"\\"'])

export const protocolTargets: readonly Target[] = [
  target('POP3 sessions', played(pop3Dialogue, pop3Answers, pop3Words), playPop3),
  target('IMAP sessions', played(imapDialogue, imapAnswers, imapWords), playImap),
  target('SMTP sessions', played(smtpDialogue, smtpAnswers, smtpWords), playSmtp),
  target('POP3 answers, whatever their pieces', fc.tuple(mutated(pop3Answers, pop3Words), segments, segments), async ([text, one, other]) => {
    const read = async (sizes: readonly number[]) => {
      const bytes = await readBytes(playedConnection([], sizes, text), evidence, 1_000_000)
      return bytes.ok ? bytes.value.toString('latin1') : bytes.failure.code
    }
    checkSame(await read(one), await read(other), 'one answer read in two ways')
  }),
  target('IMAP responses, whatever their pieces', fc.tuple(fc.array(mutated([...imapAnswers, ...imapDialogue], imapWords), { maxLength: 3 }), segments, segments), async ([texts, one, other]) => {
    const text = texts.join('')
    checkSame(await responses(text, one), await responses(text, other), 'one response read in two ways')
  }),
  target('SMTP replies, whatever their pieces', fc.tuple(mutated(smtpAnswers, smtpWords), segments, segments), async ([text, one, other]) => {
    checkSame(await readReply(playedConnection([], one, text), evidence), await readReply(playedConnection([], other, text), evidence), 'one reply read in two ways')
  }),
  target('SASL challenges', fc.array(challenges, { minLength: 1, maxLength: 4 }), async (all) => {
    const service = { service: 'imap', host: 'h.example' } as const
    const provable = [scram('sha256', 'anna', 'x', 'none', 'abc'), scram('sha1', 'anna', 'x', 'none', 'abc'), digestMd5('anna', 'x', service)]
    for (const mechanism of [...provable, cramMd5('anna', 'x'), ntlm('anna', 'x'), login('anna', 'x'), plain('anna', 'x'), oauthBearer('anna', 'x', 'h.example', 1), xOauth2('anna', 'x')]) {
      for (const challenge of all) await mechanism.respond(Buffer.from(challenge, 'latin1'))
    }
    if (provable.some((mechanism) => mechanism.proven())) throw new Error('believed a server that knows nothing')
  }),
  target('NTLM challenges', mutated([ntlmChallenge], ['\xff\xff', '\x07\0\x08\0']), async (text) => {
    const answer = await ntlm('OFFICE\\anna', 'x').respond(Buffer.from(text, 'latin1'))
    if (answer !== null && answer.length > 20_000) throw new Error('more than was asked')
  }),
  target('names of folders', fc.string({ unit: 'binary', maxLength: 60 }), (name) => {
    const path = decodeName(encodeName(name))
    if (!/^inbox$/i.test(name)) checkSame(path, name.isWellFormed() ? name : path, 'a name there and back')
  }),
  target('sets of UIDs', mutated(['1:3,7', '41,43:116', '4294967295:1'], [':', ',', '*']), (set) => {
    if ((uidsIn(set, 1000)?.length ?? 0) > 1000) throw new Error('more than asked for')
  }),
]
