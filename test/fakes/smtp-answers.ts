/** An SMTP server that answers by the whole command, or else by its first word, until the client leaves: for servers with habits of their own. */
import type { Conversation } from './scripted-server.ts'

export type SmtpAnswer = string | ((line: string, conversation: Conversation) => Promise<void>)
export type SmtpAnswers = Readonly<Record<string, SmtpAnswer>>

const usual: SmtpAnswers = { greeting: '220 hi\r\n', EHLO: '250-me\r\n250 AUTH PLAIN\r\n', AUTH: '235 in\r\n', MAIL: '250 ok\r\n', RCPT: '250 ok\r\n', DATA: '354 go\r\n', '.': '250 taken\r\n', QUIT: '221 bye\r\n' }

export function answeringSmtp(answers: SmtpAnswers, heard: string[] = []) {
  return async (conversation: Conversation): Promise<void> => {
    const say = (answer: SmtpAnswer, line: string) => (typeof answer === 'string' ? conversation.says(answer) : answer(line, conversation))
    await say(answers['greeting'] ?? usual['greeting'] ?? '', '')
    let isMessage = false
    for (let line = await conversation.hears(); line !== null; line = await conversation.hears()) {
      heard.push(line)
      if (isMessage && line !== '.') continue
      const word = line.split(' ', 1)[0] ?? ''
      isMessage = word === 'DATA'
      await say(answers[line] ?? answers[word] ?? usual[word] ?? '250 ok\r\n', line)
    }
  }
}
