import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Result } from '../../shared/contract/methods.ts'
import { deliver } from '../protocol/lab-mail.ts'
import { lab } from '../servers/lab.ts'
import { labDraft, mailroomOn } from './run-mailroom.ts'

let folder: string
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'mailroom-actions-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

const message = (user: string) => Buffer.from([
  `From: Ann <ann@${lab.domain}>`, `To: ${user}@${lab.domain}`, 'Subject: Two files', 'Date: Mon, 23 Nov 2026 08:00:00 +0000', 'Message-ID: <two@files>', 'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain; charset=windows-1252', 'Content-Transfer-Encoding: quoted-printable', '', '=93Hi=94, that is =80 5', '--b',
  'Content-Type: text/plain; name="../../.profile"', 'Content-Disposition: attachment; filename="../../.profile"', '', 'first', '--b',
  'Content-Type: text/plain', 'Content-Disposition: attachment; filename="r=?.txt"', '', 'second', '--b--', '',
].join('\r\n'))

it('an account gets its password later, and its mail is marked, deleted, brought back and its attachments saved where they are asked for', async () => {
  const mailroom = mailroomOn(await mkdtemp(join(folder, 'data-')))
  const user = lab.freshUser()
  deliver(user, [message(user)])
  const file = join(folder, `${user}.json`)
  await writeFile(file, JSON.stringify(labDraft(user, 'imap')))

  expect(await mailroom(['accounts', 'add', file])).toMatchObject({ code: 0, errors: expect.stringContaining('mailroom accounts password NAME') })
  expect((await mailroom(['accounts', 'list'])).out).toContain('No password at hand')
  expect(await mailroom(['fetch', user])).toMatchObject({ code: 77, errors: expect.stringContaining('mailroom accounts password NAME') })
  expect(await mailroom(['accounts', 'password', user])).toMatchObject({ code: 64 })
  expect(await mailroom(['accounts', 'password', user, '--secrets-stdin'], JSON.stringify({ incoming: lab.password }))).toMatchObject({ code: 0 })
  expect((await mailroom(['accounts', 'list'])).out).not.toContain('No password at hand')
  expect(await mailroom(['fetch', user])).toMatchObject({ code: 0 })

  const [one] = (await mailroom.json<Result<'mail.list'>>(['mail', 'list'])).messages
  const id = String(one?.id)
  expect((await mailroom(['mail', 'show', id])).out).toContain('“Hi”, that is € 5')
  expect(await mailroom(['mail', 'mark', id])).toMatchObject({ code: 64 })
  expect(await mailroom(['mail', 'mark', id, '--read', '--unread'])).toMatchObject({ code: 64 })
  expect(await mailroom(['mail', 'mark', id, '--read', '--flag'])).toMatchObject({ code: 0 })
  expect((await mailroom.json<Result<'mail.list'>>(['mail', 'list'])).messages).toMatchObject([{ seen: true, flagged: true }])

  expect(await mailroom(['mail', 'delete', id, '99'])).toMatchObject({ code: 65 })
  expect(await mailroom(['mail', 'delete', id])).toMatchObject({ code: 0 })
  expect((await mailroom.json<Result<'mail.list'>>(['mail', 'list'])).total).toBe(0)
  expect(await mailroom(['mail', 'restore', id])).toMatchObject({ code: 0, out: expect.stringContaining('Restored: 1') })
  expect((await mailroom.json<Result<'mail.list'>>(['mail', 'list'])).messages).toMatchObject([{ seen: true, flagged: true }])

  const there = await mkdtemp(join(folder, 'files-'))
  expect(await mailroom(['mail', 'attachments', id, '--to', there])).toMatchObject({ code: 0 })
  expect((await readdir(there)).toSorted()).toEqual(['_.._.profile', 'r=_.txt'])
  expect(await readFile(join(there, '_.._.profile'), 'utf8')).toBe('first')
  expect((await stat(join(there, '_.._.profile'))).mode & 0o777).toBe(0o600)
  await writeFile(join(there, '_.._.profile'), 'mine')
  expect(await mailroom(['mail', 'attachments', id, '--to', there])).toMatchObject({ code: 64, errors: expect.stringContaining('exists already') })
  expect(await readFile(join(there, '_.._.profile'), 'utf8')).toBe('mine')
})

it('every setting is told, can be set, and is refused with what is possible', async () => {
  const mailroom = mailroomOn(await mkdtemp(join(folder, 'data-')))
  expect(await mailroom(['settings', 'set', 'look-ups.ispdb', 'off'])).toMatchObject({ code: 0, out: 'look-ups.ispdb is off.\n' })
  expect(await mailroom.json<Result<'preferences.get'>>(['settings', 'list'])).toMatchObject({ lookUps: { ispdb: false, autoconfig: true } })
  expect(await mailroom(['settings', 'set', 'language', 'nl'])).toMatchObject({ code: 0 })
  expect((await mailroom(['settings', 'list'])).out).toMatch(/^Naam +Is +Kan zijn\nlanguage +nl +system, en, nl\n[^]*look-ups.ispdb +off/)
  expect(await mailroom(['settings', 'set', 'theme', 'blue'])).toMatchObject({ code: 64, errors: expect.stringContaining('system, light, dark') })
  expect(await mailroom(['settings', 'set', 'colour', 'blue'])).toMatchObject({ code: 64, errors: expect.stringContaining('look-ups.guess') })
})

it('a full disk behind the output ends with 74 and a sentence, never as if all were written', async () => {
  const data = await mkdtemp(join(folder, 'data-'))
  const full = await open('/dev/full', 'w')
  const errors = await open(join(data, '..', 'errors.txt'), 'w+')
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../electron/hosts/terminal/main.ts'), '--data', data, '--json', 'accounts', 'list'], { stdio: ['ignore', full.fd, errors.fd] })
  const [code] = await once(child, 'close')
  const said = await readFile(join(data, '..', 'errors.txt'), 'utf8')
  await Promise.all([full.close(), errors.close()])
  expect(code).toBe(74)
  expect(JSON.parse(said)).toMatchObject({ failure: { code: 'output.unwritten' } })
})
