/** A POP3 server that answers by the whole command, or else by its first word, until the client leaves: for servers with habits of their own. */
import type { Conversation } from './scripted-server.ts'

export type Pop3Answer = string | ((line: string, conversation: Conversation) => Promise<void>)
export type Pop3Answers = Readonly<Record<string, Pop3Answer>>

const usual: Pop3Answers = { greeting: '+OK ready\r\n', CAPA: '-ERR\r\n', USER: '+OK\r\n', PASS: '+OK\r\n', QUIT: '+OK\r\n' }

export function answering(answers: Pop3Answers, heard: string[] = []) {
  return async (conversation: Conversation): Promise<void> => {
    const say = (answer: Pop3Answer, line: string) => (typeof answer === 'string' ? conversation.says(answer) : answer(line, conversation))
    await say(answers['greeting'] ?? usual['greeting'] ?? '', '')
    for (let line = await conversation.hears(); line !== null; line = await conversation.hears()) {
      heard.push(line)
      const word = line.split(' ', 1)[0] ?? ''
      await say(answers[line] ?? answers[word] ?? usual[word] ?? '-ERR unknown\r\n', line)
    }
  }
}

/** A multi-line answer (RFC 1939 section 3) of lines that do not begin with a dot. */
export function lines(...all: readonly string[]): string {
  return `+OK\r\n${all.map((line) => `${line}\r\n`).join('')}.\r\n`
}
