import { expect, test } from 'vitest'
import type { ZodType } from 'zod'
import { moveEmails } from '../../../electron/protocols/jmap/change-emails.ts'
import type { JmapClient } from '../../../electron/protocols/jmap/jmap-client.ts'
import { done } from '../../../shared/failures/failure.ts'

/** Takes up to two messages a call, and answers each with what is said here. */
function client(answers: readonly unknown[]) {
  const asked: unknown[] = []
  const left = [...answers]
  const fake = {
    evidence: { host: 'jmap.example' },
    session: { limits: { objectsInSet: 2, objectsInGet: 2 } },
    call(methods: readonly { readonly with: unknown }[]) {
      asked.push(...methods.map((method) => method.with))
      const answer = left.shift()
      return Promise.resolve(done({ read: (_as: string, _name: string, schema: ZodType) => done(schema.parse(answer)) }))
    },
  }
  return { client: fake as unknown as JmapClient, asked }
}

test('a message goes from one mailbox to the other in one step, and stays in those where it stands besides', async () => {
  const { client: jmap, asked } = client([{ updated: { a: null, b: null } }, { updated: { c: null } }])
  expect(await moveEmails(jmap, 'from', 'to', ['a', 'b', 'c'])).toEqual({ ok: true, value: undefined })
  const patch = { 'mailboxIds/from': null, 'mailboxIds/to': true }
  expect(asked).toEqual([{ update: { a: patch, b: patch } }, { update: { c: patch } }])
})

test('what the server refuses is said', async () => {
  expect(await moveEmails(client([{ notUpdated: { a: { type: 'notFound' } } }]).client, 'from', 'to', ['a'])).toMatchObject({ failure: { code: 'message.gone' } })
  expect(await moveEmails(client([{ notUpdated: { a: { type: 'forbidden' } } }]).client, 'from', 'to', ['a'])).toMatchObject({ failure: { code: 'server.refused', evidence: { host: 'jmap.example' } } })
})
