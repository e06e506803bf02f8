/** From the server into the search: what a fetch brings is found by its text and its attachments, with nobody asking for it. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { fetchMail } from '../../electron/jobs/kinds/fetch-mail.ts'
import { indexMail } from '../../electron/jobs/kinds/index-mail.ts'
import { keepIndexed } from '../../electron/jobs/keep-indexed.ts'
import { isOver, type Job } from '../../shared/model/job.ts'
import { lab } from '../servers/lab.ts'
import { labDraft, openParts, type RunningParts } from './running-parts.ts'

const open: RunningParts[] = []
afterEach(async () => {
  for (const parts of open.splice(0)) await parts.close()
})

const message = [
  'From: Klant <klant@example.nl>', 'Subject: A question', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '',
  '--b', 'Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: quoted-printable', '', '<p>De zonne<b>bloempitten</b> van caf=C3=A9 Zo&euml;</p>',
  '--b', 'Content-Type: application/pdf', 'Content-Disposition: attachment; filename="Kwartaaloverzicht.pdf"', '', '%PDF', '--b--', '',
].join('\r\n')

test.each(['pop3', 'imap'] as const)('mail fetched over %s is found by a word of its text and an attachment’s name once the index job has ended', async (protocol) => {
  const user = lab.freshUser('search')
  const home = join(lab.mail, user)
  mkdirSync(home)
  execFileSync('chown', ['--reference', lab.mail, home])
  execFileSync(join(import.meta.dirname, '../servers/gen-mail'), ['30', '8K', '1', join(home, 'Maildir')])
  const ours = join(home, 'Maildir', 'new', '1763800000.ours.example')
  writeFileSync(ours, message)
  execFileSync('chown', ['--reference', lab.mail, ours])

  const parts = openParts(labDraft(protocol, user))
  open.push(parts)
  const stop = keepIndexed({ ...parts, index: () => indexMail(parts) })
  const indexed = new Promise<Job>((resolve) => parts.jobs.onChange((job) => job.kind === 'index' && isOver(job.state) && resolve(job)))
  await parts.jobs.finished(parts.jobs.start(fetchMail(parts, 'office'), 'person'))
  expect(await indexed).toMatchObject({ state: 'done', cause: 'schedule', progress: { done: 31, total: 31 }, detail: { kind: 'index', indexed: 31, skipped: [] } })
  stop()
  for (const search of ['zonnebloempitten', 'CAFE zoe', 'kwartaaloverzicht.pdf', 'klant@example zonnebl kwartaal']) {
    expect(parts.mail.list({ accountId: null, search, offset: 0, limit: 10 }).messages.map(({ subject }) => subject), search).toEqual(['A question'])
  }
  expect(parts.bugs).toEqual([])
})
