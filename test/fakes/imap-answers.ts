/**
 * An IMAP server that answers by how a command begins (its tag left out), until the client leaves: for servers with habits of their
 * own. An inbox of three messages (UIDs 1 to 3, UIDVALIDITY 7) of 10 bytes, where nothing else is said.
 */
import type { Conversation } from './scripted-server.ts'

/** Lines of the server's; the last one is the tagged answer, without its tag. */
export type ImapAnswer = string | ((tag: string, command: string, conversation: Conversation) => Promise<void>)
export type ImapAnswers = Readonly<Record<string, ImapAnswer>>

const usual: ImapAnswers = {
  greeting: '* OK hi\r\n',
  CAPABILITY: '* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\nOK',
  SELECT: '* 3 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 4] x\r\n* FLAGS (\\Seen)\r\nOK [READ-WRITE]',
  'UID FETCH 1:* (UID FLAGS': [1, 2, 3].map((uid) => `* ${uid} FETCH (UID ${uid} FLAGS () RFC822.SIZE 10)\r\n`).join('') + 'OK',
}

export function answeringImap(answers: ImapAnswers, heard: string[] = []) {
  const all = Object.entries({ ...usual, ...answers })
  return async (conversation: Conversation): Promise<void> => {
    const say = async (answer: ImapAnswer, tag: string, command: string): Promise<void> => {
      if (typeof answer !== 'string') return answer(tag, command, conversation)
      const last = answer.includes('\r\n') ? answer.lastIndexOf('\r\n') + 2 : 0
      await conversation.says(`${answer.slice(0, last)}${tag} ${answer.slice(last)} done\r\n`)
    }
    const greeting = answers['greeting'] ?? usual['greeting'] ?? ''
    await (typeof greeting === 'string' ? conversation.says(greeting) : greeting('', '', conversation))
    for (let line = await conversation.hears(); line !== null; line = await conversation.hears()) {
      const [tag = '', ...words] = line.split(' ')
      const command = words.join(' ')
      heard.push(command)
      await say(all.find(([beginning]) => command.startsWith(beginning))?.[1] ?? 'OK', tag, command)
    }
  }
}

/** A message as a server sends it. */
export function sourceOf(uid: number, text: string): string {
  return `* ${uid} FETCH (UID ${uid} BODY[] {${text.length}}\r\n${text})\r\n`
}
