/**
 * Sessions in whose failures and words the password or token does not stand: a server knows it once somebody is signed in, and may repeat
 * it in any answer, minutes later. Everything else passes as it is.
 */
import type { Outcome } from '../../shared/failures/failure.ts'
import type { FolderSession, InboxSession, RecipientAnswer, Submission, SubmissionSession } from './mail-session.ts'
import type { MessageReceiver } from './net/server-target.ts'
import { withoutSecret, wordsWithout } from './net/server-words.ts'

export function discreetInbox(session: InboxSession, secret: string): InboxSession {
  const { clean, receiving } = without(secret)
  return {
    folders: session.folders === null ? null : discreetFolders(session.folders, secret),
    list: () => clean(session.list()),
    headers: (serverIds) => clean(session.headers(serverIds)),
    fetch: (serverIds, receiver) => clean(session.fetch(serverIds, receiving(receiver))),
    removeAndClose: (serverIds) => clean(session.removeAndClose(serverIds)),
    advice: () => session.advice(),
    close: () => session.close(),
    hangUp: () => session.hangUp(),
  }
}

function discreetFolders(session: FolderSession, secret: string): FolderSession {
  const { clean, receiving } = without(secret)
  return {
    usable: () => session.usable(),
    list: (mark, count) => clean(session.list(mark, count)),
    look: (path, mark, count) => clean(session.look(path, mark, count)),
    headers: (path, serverIds) => clean(session.headers(path, serverIds)),
    fetch: (path, messages, receiver) => clean(session.fetch(path, messages, receiving(receiver))),
    setFlags: (path, changes) => clean(session.setFlags(path, changes)),
    remove: (path, serverIds) => clean(session.remove(path, serverIds)),
    move: (path, serverIds, to) => clean(session.move(path, serverIds, to)),
    names: () => clean(session.names()),
    holds: (path, messageIds, since) => clean(session.holds(path, messageIds, since)),
    append: (path, message) => clean(session.append(path, message)),
    change: (change) => clean(session.change(change)),
  }
}

export function discreetSubmission(session: SubmissionSession, secret: string): SubmissionSession {
  const { clean } = without(secret)
  // Made once: there is an answer for every mail.
  const words = wordsWithout(secret)
  const said = (answers: readonly RecipientAnswer[]) => answers.map((answer) => (answer.words === null ? answer : { ...answer, words: words(answer.words) }))
  const submit = async (request: Parameters<SubmissionSession['submit']>[0]): Promise<Submission> => {
    const { recipients, tried, ...outcome } = await session.submit(request)
    const about = { recipients: said(recipients), tried }
    if (!outcome.ok) return { ...withoutSecret(outcome, secret), ...about }
    return { ok: true, value: { ...outcome.value, words: words(outcome.value.words), recipients: said(outcome.value.recipients) }, ...about }
  }
  return {
    ahead: session.ahead,
    submit,
    rehearse: async (mailFrom, recipient) => {
      const answer = await clean(session.rehearse(mailFrom, recipient))
      return answer.ok ? { ok: true, value: words(answer.value) } : answer
    },
    close: () => session.close(),
  }
}

function without(secret: string) {
  return {
    clean: async <T>(answer: Promise<Outcome<T>>): Promise<Outcome<T>> => withoutSecret(await answer, secret),
    receiving: (receiver: MessageReceiver): MessageReceiver => ({
      begin: (serverId, size) => receiver.begin(serverId, size),
      end: (serverId, outcome) => receiver.end(serverId, withoutSecret(outcome, secret)),
    }),
  }
}
