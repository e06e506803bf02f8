/** A small Dutch office with believable mail: a personal account, a paused team account, and one that only sends invoices. */
import type { FakeContact } from './handle-contacts.ts'
import type { AccountOverview } from '../../../shared/contract/methods.ts'
import { failure } from '../../../shared/failures/failure.ts'
import { type AccountDraftInput, accountSchema } from '../../../shared/model/account.ts'
import { type Organization, organizationSchema, type Unit, unitSchema } from '../../../shared/model/levels.ts'
import type { Folder } from '../../../shared/model/folder.ts'
import type { DayOfAccount, Job } from '../../../shared/model/job.ts'
import type { MailboxAddress, MessageView } from '../../../shared/model/message.ts'
import type { MailReturn } from '../../../shared/model/mail-return.ts'
import type { OutgoingState, OutgoingView } from '../../../shared/model/outgoing-mail.ts'
import { fetchDetail } from '../fetch-detail.ts'

export const minutesBefore = (now: string, minutes: number) => new Date(Date.parse(now) - minutes * 60_000).toISOString()

const emma: AccountDraftInput = {
  name: 'Emma de Vries',
  user: { displayName: 'Emma de Vries', address: 'emma@devries-advies.nl', organization: 'De Vries Advies', jobTitle: 'Owner', telephone: '+31 20 555 0142' },
  incoming: { protocol: 'imap', host: 'imap.devries-advies.nl', security: 'tls', signIn: { userName: 'emma@devries-advies.nl' } },
  outgoing: { server: { use: 'own', host: 'smtp.devries-advies.nl', security: 'tls' } },
}
const support: AccountDraftInput = {
  kind: 'team',
  name: 'Support',
  user: { displayName: 'De Vries Support', address: 'support@devries-advies.nl' },
  incoming: { protocol: 'pop3', host: 'pop.devries-advies.nl', security: 'tls', signIn: { userName: 'support@devries-advies.nl' } },
  outgoing: { server: { use: 'own', host: 'smtp.devries-advies.nl', security: 'starttls' } },
}
const invoices: AccountDraftInput = {
  kind: 'team',
  name: 'Invoices',
  unitId: 'advies',
  user: { displayName: 'De Vries Advies', address: 'facturen@devries-advies.nl' },
  outgoing: { server: { use: 'own', host: 'smtp.devries-advies.nl', security: 'tls' }, signIn: { use: 'own', signIn: { userName: 'facturen@devries-advies.nl' } } },
}

export function officeLevels(): { organization: Organization; units: Unit[] } {
  return {
    organization: organizationSchema.parse({
      name: 'De Vries Groep',
      footer: { text: 'De Vries Groep B.V., KvK 12345678. This message is for the addressee only.', html: '<p><b>De Vries Groep B.V.</b>, KvK 12345678. This message is for the addressee only.</p>' },
      server: { host: 'smtp.devries-groep.nl', signIn: { userName: 'post@devries-groep.nl' }, noReplyAddress: 'no-reply@devries-groep.nl', noReplyName: 'De Vries Groep', userNameMustBeAddress: true },
    }),
    units: [
      unitSchema.parse({ id: 'advies', name: 'De Vries Advies', footer: 'De Vries Advies, Kerkstraat 12, Utrecht' }),
      unitSchema.parse({ id: 'salaris', name: 'Salarisadministratie', kind: 'department', server: { enabled: false, host: 'smtp.salaris.devries-groep.nl', security: 'starttls', signIn: { userName: 'salaris@devries-groep.nl' } } }),
    ],
  }
}

export function officeAccounts(now: string): AccountOverview[] {
  const rejected = failure('signin.rejected', {
    host: 'pop.devries-advies.nl', port: 995, userName: 'support@devries-advies.nl', name: 'Support', serverWords: '[AUTH] Authentication failed.',
  })
  return [
    {
      account: accountSchema.parse({ id: 'emma', ...emma }), isDefault: true, secrets: { incoming: 'stored', outgoing: 'not-needed' },
      lastCheck: { at: minutesBefore(now, 60 * 26), failure: null }, lastFetch: { at: minutesBefore(now, 4), failure: null }, nextFetchAt: minutesBefore(now, -6), paused: null, webSignIn: null,
      messageCount: 240, unseenCount: 7, waitingCount: 2, unconfirmedRemovals: null,
    },
    {
      account: accountSchema.parse({ id: 'support', ...support }), isDefault: false, secrets: { incoming: 'stored', outgoing: 'not-needed' },
      lastCheck: { at: minutesBefore(now, 95), failure: rejected }, lastFetch: { at: minutesBefore(now, 95), failure: rejected }, nextFetchAt: null, paused: rejected, webSignIn: null,
      messageCount: 80, unseenCount: 3, waitingCount: 0, unconfirmedRemovals: null,
    },
    {
      account: accountSchema.parse({ id: 'invoices', ...invoices }), isDefault: false, secrets: { incoming: 'not-needed', outgoing: 'stored' },
      lastCheck: null, lastFetch: null, nextFetchAt: null, paused: null, webSignIn: null, messageCount: 0, unseenCount: 0, waitingCount: 3, unconfirmedRemovals: null,
    },
  ]
}

const people: readonly MailboxAddress[] = [
  { name: 'Pieter Bakker', address: 'pieter@bakker-bouw.nl' },
  { name: 'Sanne Jansen', address: 'sanne.jansen@jansen-installaties.nl' },
  { name: 'Joost Visser', address: 'j.visser@visser-transport.example' },
  { name: 'Groenteboer Mulder', address: 'info@mulder-groente.nl' },
  { name: 'Fatima El Amrani', address: 'fatima@elamrani-tandartsen.nl' },
  { name: '', address: 'no-reply@bank.example' },
  { name: 'Tom O’Brien', address: 'tom.obrien@cloud-hosting.example' },
]
const subjects = [
  'Re: Invoice 2026-0412', 'Question about the statement of October', 'Order confirmation 88213', 'Offerte dakgoten Kerkstraat 12',
  'Meeting on Thursday, new time', 'Your monthly statement is ready', 'Delivery of the printer paper has been delayed until the end of next week because of the storm',
  'Betaling ontvangen, dank u wel', 'Reminder: appointment 25 November', 'Lunch?',
]
const letter = (to: string) =>
  `Hello ${to},\n\nThank you for the invoice. We paid it this morning, so you should see it in your account by tomorrow.\n\nOne question: could you put our order number on the next one? It saves our bookkeeper a search.\n\nSee also https://www.bakker-bouw.nl/projecten for the pictures I promised.\n\nKind regards,\nPieter Bakker\n\n> On Friday Emma de Vries wrote:\n> Attached you will find invoice 2026-0412.\n`
const html = `<html><body style="font-family:Georgia,serif"><h2 style="color:#14437e">Your monthly statement</h2><p>Dear customer,</p><p>Your statement of <b>October 2026</b> is ready. Total due: <b>€ 1,284.50</b>.</p><img src="https://tracker.example/pixel.gif" width="600" height="80" alt="banner"><p><a href="https://bank.example/statements">Open the statement</a></p><script>alert(1)</script></body></html>`

export function officeMessages(now: string): MessageView[] {
  return Array.from({ length: 320 }, (_, index): MessageView => {
    const from = people[index % people.length] ?? null
    const accountId = index % 4 === 3 ? 'support' : 'emma'
    const isHtml = index % 6 === 5
    const attachments = index % 5 === 2
      ? [
          { index: 0, name: 'invoice-2026-0412.pdf', contentType: 'application/pdf', size: 184_223, inline: false },
          { index: 1, name: 'photo of the roof, north side.jpg', contentType: 'image/jpeg', size: 2_431_002, inline: false },
        ]
      : []
    return {
      id: index + 1, accountId, folder: 'INBOX', from,
      to: [{ name: 'Emma de Vries', address: accountId === 'emma' ? 'emma@devries-advies.nl' : 'support@devries-advies.nl' }],
      subject: index === 12 ? '' : (subjects[index % subjects.length] ?? ''), date: index === 13 ? null : minutesBefore(now, 7 + index * 173),
      storedAt: minutesBefore(now, 4 + index * 173), size: 4210 + index * 311 + attachments.length * 1_800_000, seen: index % 8 !== 0 && index > 6,
      flagged: index % 9 === 2, answered: index % 10 === 7, notOnServer: false,
      private: index % 11 === 4, hasAttachments: attachments.length > 0, readable: index !== 14, cc: index % 9 === 0 ? people.slice(1, 3) : [], replyTo: [],
      messageId: `<${String(index)}.a1b2@mail.example>`, text: isHtml ? null : letter('Emma'), html: isHtml ? html : null, attachments,
    }
  })
}

export const officeFolders = [
  { path: 'INBOX', name: 'INBOX', parent: null, use: 'inbox' },
  { path: 'Drafts', name: 'Drafts', parent: null, use: 'drafts' },
  { path: 'Sent', name: 'Sent', parent: null, use: 'sent' },
  { path: 'Archive', name: 'Archive', parent: null, use: 'archive' },
  { path: 'Projects', name: 'Projects', parent: null, use: null },
  { path: 'Projects/Roof', name: 'Roof', parent: 'Projects', use: null },
  { path: 'Junk', name: 'Junk', parent: null, use: 'junk' },
  { path: 'Trash', name: 'Trash', parent: null, use: 'trash' },
] as const satisfies readonly Partial<Folder>[]

export function officeOutbox(now: string): OutgoingView[] {
  const rows: readonly [OutgoingState, string, ReturnType<typeof failure> | null][] = [
    ['ready', 'Invoice 2026-0415', null],
    ['ready', 'Invoice 2026-0416', null],
    ['sending', 'Invoice 2026-0417', null],
    ['scheduled', 'Statement of November', null],
    ['held', 'Offer for the extension', null],
    ['error', 'Invoice 2026-0409', failure('send.all-recipients-refused', { host: 'smtp.devries-advies.nl', port: 465, address: 'old@visser-transport.example', replyCode: 550, serverWords: '5.1.1 <old@visser-transport.example>: Recipient address rejected: User unknown' })],
    ['unknown', 'Invoice 2026-0411', failure('send.outcome-unknown', { host: 'smtp.devries-advies.nl', port: 465 })],
    ['sent', 'Invoice 2026-0412', null],
    ['sent', 'Invoice 2026-0413', null],
    ['sent', 'Invoice 2026-0414', null],
    ['cancelled', 'Invoice 2026-0408', null],
  ]
  const came: Readonly<Record<string, Omit<MailReturn, 'at'>>> = {
    'Invoice 2026-0413': { outcome: 'bounced', bounce: 'hard', status: '5.1.1', cause: 'no-such-address', words: '550 5.1.1 <no.longer@here.example>: Recipient address rejected: User unknown in virtual mailbox table' },
    'Invoice 2026-0414': { outcome: 'read', bounce: null, status: null, cause: null, words: '' },
  }
  return rows.map(([state, subject, problem], index): OutgoingView => {
    const to = people[index % 5] ?? { name: '', address: 'info@example.nl' }
    const at = minutesBefore(now, 12 + index * 95)
    const returned = came[subject] === undefined ? null : { ...came[subject], at: minutesBefore(now, 2 + index * 95) }
    const refused = problem?.code === 'send.all-recipients-refused'
    return {
      id: `out-${String(index)}`, accountId: 'invoices', state, messageId: `<out-${String(index)}@devries-advies.nl>`,
      from: { name: 'De Vries Advies', address: 'facturen@devries-advies.nl' },
      recipients: [{
        kind: 'to', ...(refused ? { name: 'Visser', address: 'old@visser-transport.example' } : to),
        state: state === 'sent' ? 'accepted' : refused ? 'refused' : 'waiting',
        replyCode: state === 'sent' ? 250 : refused ? 550 : null,
        words: state === 'sent' ? '2.1.5 Ok' : refused ? '5.1.1 User unknown' : null,
        returned,
      }],
      subject, size: 212_400 + index * 900, attachmentNames: [`${subject.toLowerCase().replaceAll(' ', '-')}.pdf`], createdAt: at, changedAt: at,
      notBefore: state === 'scheduled' ? minutesBefore(now, -60 * 17) : null, attempts: state === 'ready' ? 0 : 1, failure: problem, private: index === 8, resentFrom: null, resentAs: subject === 'Invoice 2026-0413' ? ['out-0'] : [], batchId: subject.startsWith('Invoice') ? 'batch-1' : null,
      history: [
        { at, state: 'ready', words: null, failure: null, nextAt: null },
        ...(subject === 'Invoice 2026-0413' ? [
          { at: minutesBefore(now, 11.8 + index * 95), state: 'sending' as const, words: null, failure: null, nextAt: null },
          { at: minutesBefore(now, 11.7 + index * 95), state: 'ready' as const, words: null, failure: failure('send.temporary', { host: 'smtp.devries-advies.nl', port: 465, replyCode: 450, serverWords: '450 4.2.0 <no.longer@here.example>: Recipient address rejected: Greylisted, see http://postgrey.example/help' }), nextAt: minutesBefore(now, 11 + index * 95) },
          { at: minutesBefore(now, 11.2 + index * 95), state: 'submitting' as const, words: null, failure: null, nextAt: null },
        ] : []),
        ...(state === 'ready' ? [] : [{ at: minutesBefore(now, 11 + index * 95), state, words: state === 'sent' ? '250 2.0.0 Ok: queued as 4F2A91C' : null, failure: problem, nextAt: null }]),
      ],
      sentCopy: state === 'sent' ? { state: 'there', at: minutesBefore(now, 10.9 + index * 95), folder: 'Verzonden items', added: index % 2 === 0, failure: null, nextAt: null } : state === 'unknown' ? { state: 'missing', at: minutesBefore(now, 5), folder: 'Verzonden items', added: false, failure: null, nextAt: null } : null,
      returns: returned === null ? [] : [{ ...returned, address: to.address }],
      text: `Dear ${to.name === '' ? 'customer' : to.name},\n\nAttached you will find ${subject.toLowerCase()}.\n\nKind regards,\nDe Vries Advies\n`,
    }
  })
}

export function officeJobs(now: string): Job[] {
  const job = (id: string, minutes: number, rest: Pick<Job, 'kind' | 'accountId' | 'state' | 'cause' | 'progress' | 'detail' | 'failure'>): Job => ({
    id, createdAt: minutesBefore(now, minutes), startedAt: minutesBefore(now, minutes),
    endedAt: rest.state === 'running' ? null : minutesBefore(now, minutes - 0.3), ...rest,
  })
  const fetched = (count: number, bytes: number): Job['detail'] => fetchDetail({ fetched: count, known: 233, bytes, bytesTotal: 22_400_000 })
  return [
    job('job-1', 1, { kind: 'fetch-mail', accountId: 'emma', state: 'running', cause: 'person', progress: { done: 412, total: 1000 }, detail: fetched(412, 9_312_004), failure: null }),
    job('job-2', 4, { kind: 'fetch-mail', accountId: 'emma', state: 'done', cause: 'schedule', progress: { done: 7, total: 7 }, detail: fetched(7, 482_113), failure: null }),
    job('job-3', 9, { kind: 'send-mail', accountId: 'invoices', state: 'failed', cause: 'person', progress: { done: 5, total: 5 }, detail: { kind: 'send-mail', sent: 3, failed: 1, unknown: 1 }, failure: failure('send.all-recipients-refused', { host: 'smtp.devries-advies.nl', port: 465, address: 'old@visser-transport.example', replyCode: 550, serverWords: '5.1.1 User unknown' }) }),
    job('job-4', 95, { kind: 'fetch-mail', accountId: 'support', state: 'failed', cause: 'schedule', progress: { done: 0, total: null }, detail: fetched(0, 0), failure: failure('signin.rejected', { host: 'pop.devries-advies.nl', port: 995, userName: 'support@devries-advies.nl', serverWords: '[AUTH] Authentication failed.' }) }),
    job('job-8', 60 * 5, {
      kind: 'fetch-mail', accountId: 'emma', state: 'done', cause: 'wake', progress: { done: 31, total: 31 }, failure: null,
      detail: fetchDetail({
        fetched: 28, known: 205, bytes: 6_412_900, bytesTotal: 6_500_000, skippedTotal: 3,
        skipped: [
          ...['1668:204', '1668:207'].map((serverId) => ({ serverId, failure: failure('message.gone', { host: 'imap.devries-advies.nl', port: 993 }) })),
          { serverId: '1668:219', failure: failure('server.refused', { host: 'imap.devries-advies.nl', port: 993, serverWords: 'NO [SERVERBUG] Internal error occurred. Refer to server log.' }) },
        ],
      }),
    }),
    job('job-5', 60 * 26, { kind: 'check-account', accountId: 'emma', state: 'done', cause: 'person', progress: { done: 9, total: 9 }, detail: { kind: 'check-account', steps: [] }, failure: null }),
    job('job-6', 60 * 27, { kind: 'fetch-mail', accountId: 'emma', state: 'cancelled', cause: 'person', progress: { done: 120, total: 900 }, detail: fetched(120, 2_113_004), failure: null }),
    job('job-7', 60 * 30, { kind: 'doctor', accountId: null, state: 'done', cause: 'person', progress: { done: 1204, total: 1204 }, detail: { kind: 'doctor', rebuild: true, report: { files: 1204, found: { 'file-missing': 1, 'file-unknown': 2, double: 1 }, mended: 2, left: 1, named: [{ finding: 'file-missing', file: 'emma/3f/0c21d7a4f1b2-7.eml' }] } }, failure: null }),
  ]
}

export function officeHistory(now: string): DayOfAccount[] {
  return Array.from({ length: 14 }, (_, index) => minutesBefore(now, (13 - index) * 24 * 60).slice(0, 10)).flatMap((day, index) => {
    const busy = new Date(day).getUTCDay() % 6 === 0 ? 1 : 6
    return [
      { day, accountId: 'emma', fetched: ((index * 7) % 5) + 4 * busy, bytes: 480_000 * busy, sent: 0, failed: 0 },
      { day, accountId: 'support', fetched: ((index * 11) % 9) + 2 * busy, bytes: 210_000 * busy, sent: 0, failed: 0 },
      { day, accountId: 'invoices', fetched: 0, bytes: 0, sent: ((index * 3) % 7) + busy, failed: index % 6 === 5 ? 2 : 0 },
    ]
  })
}

/** Everybody who wrote, but not the newsletter. */
export function officeContacts(): FakeContact[] {
  return people.filter(({ address }) => !/^no-?reply/.test(address)).map(({ name, address }, index) => ({ id: index + 1, name: '', learntName: name, note: index === 0 ? 'Builds the extension. Calls back in the evening only.' : '', addresses: [address] }))
}
