import { expect, it } from 'vitest'
import { guidanceFor } from '../../../electron/discovery/guidance.ts'
import { createOutput } from '../../../electron/hosts/terminal/output.ts'
import { tellFailure } from '../../../electron/hosts/terminal/tell-failure.ts'
import type { Caller } from '../../../shared/contract/caller.ts'
import type { ParsedParams } from '../../../shared/contract/methods.ts'
import { done, failure, type Failure } from '../../../shared/failures/failure.ts'

async function told(reason: Failure, language: 'en' | 'nl' = 'en', json = false): Promise<string> {
  let errors = ''
  const caller = { call: async (_: string, { servers }: ParsedParams<'signIn.options'>) => done({ provider: null, guidance: guidanceFor(servers) }) } as unknown as Caller
  const output = createOutput({ output: { write: () => true }, errors: { write: (text) => { errors += String(text) } } }, json, () => language)
  await tellFailure(caller, output, language, reason)
  return errors
}

it('who is refused where an app password is needed is told so, with the very pages, in the language of the rest', async () => {
  const rejected = failure('signin.rejected', { host: 'imap.gmail.com', port: 993 })
  expect(await told(rejected)).toMatch(/User name or password.*Gmail needs an app password.*1\. .*two-step-verification.*2\. .*https:\/\/myaccount\.google\.com\/apppasswords/s)
  expect(await told(rejected, 'nl')).toContain('Gmail wil een app-wachtwoord')
  expect(await told(failure('policy.basic-auth-off', { host: 'outlook.office365.com' }))).toContain('Microsoft 365 signs you in on its website')
})

it('with --json the page is in the failure, and nothing but JSON is written', async () => {
  expect(JSON.parse(await told(failure('signin.app-password-needed', { host: 'smtp.mail.yahoo.com' }), 'en', true))).toMatchObject({ failure: { evidence: { host: 'smtp.mail.yahoo.com', page: 'https://login.yahoo.com/account/security/app-passwords' } } })
})

it('where the service demands nothing, or something else failed, nothing is added', async () => {
  expect(await told(failure('signin.rejected', { host: 'imap.example.nl' }))).toMatch(/^([^\n]+\n){3}$/)
  expect(await told(failure('connect.timeout', { host: 'imap.gmail.com' }))).not.toContain('Gmail')
})

it('who must sign in again is told the command for it', async () => {
  expect(await told(failure('signin.again', { host: 'login.microsoftonline.com' }))).toMatch(/mailroom sign-in NAME.*mailroom organization sign-in/)
})
