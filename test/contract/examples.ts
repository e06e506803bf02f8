/**
 * One honest call and one that must be refused for every method of the contract. A method without an example is a type error.
 *
 * `also` names the failures that are right answers too: hosts truly differ, and so do machines with and without a keychain.
 */
import { expect } from 'vitest'
import type { Caller } from '../../shared/contract/caller.ts'
import type { MethodName, Params } from '../../shared/contract/methods.ts'
import type { FailureCode, Outcome } from '../../shared/failures/failure.ts'
import type { Account, AccountDraftInput } from '../../shared/model/account.ts'
import { isOver, type Job } from '../../shared/model/job.ts'

export interface World {
  readonly caller: Caller
  /** Uses the practice server; its mail is fetched. */
  readonly account: Account
  readonly messageId: number
  /** The id of a message nobody minds losing. */
  readonly spareMessageId: number
}

interface Example<M extends MethodName> {
  good(world: World): Params<M> | Promise<Params<M>>
  readonly also?: readonly FailureCode[]
  /** Parameters that do not parse. `null` is refused by every method. */
  readonly bad: unknown
  /** What the bad parameters come to; `input.invalid` unless said otherwise. */
  readonly code?: FailureCode
}

let names = 0
/** An account that sends only: adding it asks for nothing but a name that nobody has. */
export function sendingDraft(change: Partial<AccountDraftInput> = {}): AccountDraftInput {
  names += 1
  return {
    name: `Sender ${names}`,
    user: { displayName: 'Sender', address: `sender-${names}@mailroom.example` },
    outgoing: { server: { use: 'own', host: '127.0.0.1', port: 1, security: 'none', clearTextConfirmed: true }, signIn: { use: 'none' } },
    ...change,
  }
}

export async function valueOf<T>(outcome: Outcome<T> | Promise<Outcome<T>>): Promise<T> {
  const settled = await outcome
  if (!settled.ok) throw new Error(`refused: ${JSON.stringify(settled.failure)}`)
  return settled.value
}

export async function over(caller: Caller, id: string): Promise<Job> {
  const ended = new Promise<Job>((resolve) => {
    caller.on('job.changed', (job) => {
      if (job.id === id && isOver(job.state)) resolve(job)
    })
  })
  const now = await valueOf(caller.call('jobs.get', { id }))
  return isOver(now.state) ? now : ended
}

const newAccount = async ({ caller }: World) => (await valueOf(caller.call('accounts.add', { draft: sendingDraft(), secrets: {} }))).account
const unitDraft = () => {
  names += 1
  return { name: `Unit ${names}`, kind: 'department' as const }
}
const newUnit = async ({ caller }: World) => (await valueOf(caller.call('levels.addUnit', { draft: unitDraft() }))).unit
const newFile = async ({ caller }: World, text = 'hello') => {
  const { handle } = await valueOf(caller.call('files.begin', { name: 'note.txt', size: text.length }))
  await valueOf(caller.call('files.append', { handle, base64: btoa(text) }))
  return handle
}
const newMail = async (world: World, hold = false) =>
  valueOf(world.caller.call('outbox.queue', { accountId: world.account.id, to: [{ address: 'accounts@bakery.example' }], subject: 'Hello', text: 'Hello', hold }))
const line = { finished: [{ name: '', address: 'half' }], typing: 'anna@' }
const draftMail = (accountId: string) => ({ accountId, to: line, cc: line, bcc: line, subject: 'Later', text: 'Dear', inReplyTo: null, when: 'now' as const, later: '', private: null, readReceipt: null, deliveryReport: null })
const newDraft = async ({ caller, account }: World) => (await valueOf(caller.call('drafts.save', { id: null, draft: draftMail(account.id), attachments: [] }))).id
const newContactDraft = () => {
  names += 1
  return { name: `Contact ${names}`, addresses: [`contact-${names}@people.example`] }
}
const newContact = ({ caller }: World) => valueOf(caller.call('contacts.create', newContactDraft()))
const newTemplateDraft = () => {
  names += 1
  return { name: `Template ${names}`, documentType: 'invoice', language: 'en' as const, subject: 'Invoice {{ document.number }}', text: 'Hello {{ recipient.address }}' }
}
const newTemplate = ({ caller }: World) => valueOf(caller.call('templates.save', { id: null, draft: newTemplateDraft() }))
const newTableText = () => {
  names += 1
  return `email,invoice\naccounts@bakery.example,2027-${names}\n`
}
const newTable = async (world: World) => (await valueOf(world.caller.call('batches.open', { handle: await newFile(world, newTableText()) }))).id
const newOrder = async (world: World) => ({ accountId: world.account.id, templateId: (await newTemplate(world)).id, mapping: { 'recipient.address': 'email', 'document.number': 'invoice' } })
const newBatch = async (world: World) => {
  const { jobId } = await valueOf(world.caller.call('batches.queue', { id: await newTable(world), order: await newOrder(world) }))
  await over(world.caller, jobId)
  return (await valueOf(world.caller.call('batches.list', {}))).batches[0]?.id ?? ''
}
const newJob = async ({ caller, account }: World) => (await valueOf(caller.call('mail.fetch', { accountIds: [account.id] }))).jobIds[0] ?? ''

export const examples: { readonly [M in MethodName]: Example<M> } = {
  'app.info': { good: () => ({}), bad: null },
  'app.openLink': { good: () => ({ url: 'https://example.nl/' }), also: ['host.not-possible'], bad: { url: 'file:///etc/passwd' } },
  'app.openDataFolder': { good: () => ({}), also: ['host.not-possible'], bad: null },
  'app.showWindow': { good: () => ({}), also: ['host.not-possible'], bad: null },
  'app.dismissNotice': { good: () => ({ id: 'none' }), bad: { id: 1 } },

  'preferences.get': { good: () => ({}), bad: null },
  'preferences.change': { good: () => ({ change: { theme: 'dark' } }), bad: { change: { theme: 'purple' } } },

  'secrets.store': { good: () => ({}), bad: null },
  'secrets.usePlace': { good: () => ({ place: 'session' }), bad: { place: 'drawer' } },
  // Made last of all in `contract-suite.ts`, which goes back to the session afterwards.
  'secrets.makeVault': { good: () => ({ passphrase: 'correct horse battery' }), bad: { passphrase: 'short' } },
  'secrets.unlockVault': { good: () => ({ passphrase: 'correct horse battery' }), bad: { passphrase: 7 } },
  'secrets.provide': { good: ({ account }) => ({ accountId: account.id, secrets: {} }), bad: { accountId: 'x', secrets: { sideways: 'x' } } },

  'accounts.names': { good: ({ account }) => ({ keys: [account.user.address] }), bad: { keys: 'x' } },
  'accounts.list': { good: () => ({}), bad: null },
  'accounts.find': { good: ({ account }) => ({ key: account.user.address }), bad: { key: 3 } },
  'accounts.add': { good: () => ({ draft: sendingDraft(), secrets: {} }), bad: { draft: { ...sendingDraft(), timeoutSeconds: 1 }, secrets: {} } },
  'accounts.change': {
    good: async (world) => ({ id: (await newAccount(world)).id, draft: sendingDraft({ timeoutSeconds: 30 }), secrets: {} }),
    bad: { id: 'x', draft: {}, secrets: {} },
  },
  'accounts.remove': { good: async (world) => ({ id: (await newAccount(world)).id, mail: 'delete' }), bad: { id: 'x', mail: 'perhaps' } },
  'accounts.setDefault': { good: ({ account }) => ({ id: account.id }), bad: { id: 'unknown' }, code: 'account.unknown' },
  'accounts.check': { good: ({ account }) => ({ subject: { is: 'account', id: account.id } }), bad: { subject: { is: 'guess' } } },
  'accounts.resume': { good: ({ account }) => ({ id: account.id }), bad: { id: 'unknown' }, code: 'account.unknown' },

  'levels.list': { good: () => ({}), bad: null },
  'levels.findUnit': { good: async (world) => ({ key: (await newUnit(world)).name }), bad: { key: 'nobody' }, code: 'unit.unknown' },
  'levels.changeOrganization': {
    good: () => ({ organization: { name: 'Acme', footer: 'KvK 123', server: { enabled: false, host: 'smtp.acme.example', signIn: { userName: 'house@acme.example' } } }, secret: 'not-a-secret' }),
    bad: { organization: { name: 'Acme', server: { host: 'not a host' } } },
  },
  'levels.addUnit': { good: () => ({ draft: unitDraft() }), bad: { draft: { name: '', kind: 'company' } } },
  'levels.changeUnit': { good: async (world) => ({ id: (await newUnit(world)).id, draft: unitDraft() }), bad: { id: 'nobody', draft: { name: 'X' } }, code: 'unit.unknown' },
  'levels.removeUnit': { good: async (world) => ({ id: (await newUnit(world)).id }), bad: { id: 'nobody' }, code: 'unit.unknown' },
  'levels.check': { good: () => ({ server: { host: '127.0.0.1', port: 1 }, level: null }), bad: { server: { host: '' }, level: null } },

  'wizard.keep': { good: () => ({ state: '{"step":2}' }), bad: { state: 2 } },
  'wizard.kept': { good: () => ({}), bad: null },
  // No address: the run says so before it asks anybody, so that no test asks hosts of others.
  'signIn.options': { good: () => ({ address: 'anna@gmail.com', servers: ['imap.gmail.com'] }), bad: { address: 'anna@gmail.com' } },
  'signIn.providers': { good: () => ({}), bad: null },
  'signIn.setProvider': { good: () => ({ provider: { issuer: 'https://id.example', clientId: 'mailroom', clientSecret: 'not-a-secret' } }), bad: { provider: { issuer: 'id.example', clientId: 'mailroom' } } },
  'signIn.removeProvider': { good: () => ({ issuer: 'https://id.example' }), bad: {} },
  'signIn.begin': { good: ({ account }) => ({ subject: { is: 'account', id: account.id } }), bad: { subject: { is: 'draft', address: 'nobody', userName: '', issuer: null, servers: [], http: false } } },
  'signIn.page': { good: () => ({ jobId: 'ghost', open: false }), also: ['job.unknown'], bad: { jobId: 'ghost' } },
  'signIn.of': { good: ({ account }) => ({ holder: { is: 'account', id: account.id } }), also: ['account.no-web-sign-in'], bad: {} },
  'signIn.out': { good: () => ({ holder: { is: 'level', level: { is: 'organization' } } }), also: ['account.no-web-sign-in', 'send.no-server'], bad: { holder: { is: 'level' } } },
  'discovery.lookUp': { good: () => ({ address: 'anna' }), bad: { address: 'a'.repeat(321) } },

  'jobs.list': { good: ({ account }) => ({ accountId: account.id, kind: 'fetch-mail', news: true }), bad: { limit: 0 } },
  'jobs.history': { good: () => ({ days: 14 }), bad: { days: 0 } },
  'jobs.get': { good: async (world) => ({ id: await newJob(world) }), bad: { id: 'unknown' }, code: 'job.unknown' },
  'jobs.cancel': { good: async (world) => ({ id: await newJob(world) }), bad: { id: 'unknown' }, code: 'job.unknown' },

  'mail.fetch': { good: ({ account }) => ({ accountIds: [account.id] }), bad: { accountIds: ['unknown'] }, code: 'account.unknown' },
  'mail.list': { good: () => ({ accountId: null, search: 'invoice' }), bad: { accountId: null, limit: 1000 } },
  'mail.changeFolder': { good: ({ account }) => ({ accountId: account.id, change: { do: 'create', path: 'Projects' } }), also: ['mailbox.one-only'], bad: { accountId: 'unknown', change: { do: 'delete', path: 'Projects' } }, code: 'account.unknown' },
  'mail.move': { good: ({ messageId }) => ({ ids: [messageId], to: 'Archive' }), also: ['mailbox.one-only', 'message.gone'], bad: { ids: [], to: 'Archive' } },
  'mail.folders': { good: ({ account }) => ({ accountId: account.id }), bad: { accountId: 'unknown' }, code: 'account.unknown' },
  'mail.read': { good: ({ messageId }) => ({ id: messageId }), bad: { id: 999_999 }, code: 'mail.unknown' },
  'mail.markSeen': { good: ({ messageId }) => ({ ids: [messageId], seen: true }), bad: { ids: 'all', seen: true } },
  'mail.markFlagged': { good: ({ messageId }) => ({ ids: [messageId], flagged: true }), bad: { ids: [1], flagged: 'yes' } },
  'mail.markPrivate': { good: ({ messageId }) => ({ ids: [messageId], private: true }), bad: { ids: [1], private: 'yes' } },
  'mail.delete': { good: ({ spareMessageId }) => ({ ids: [spareMessageId] }), bad: { ids: [-1] } },
  'mail.undoDelete': { good: ({ messageId }) => ({ ids: [messageId] }), bad: { ids: ['one'] } },
  'mail.previewRemovals': { good: ({ account }) => ({ accountId: account.id, delivery: { leaveCopy: false } }), bad: { accountId: 'unknown' }, code: 'account.unknown' },
  'mail.confirmRemovals': { good: ({ account }) => ({ accountId: account.id, delivery: account.delivery }), bad: { accountId: 'unknown', delivery: { leaveCopy: 'no' } } },
  'mail.removals': { good: ({ account }) => ({ accountId: account.id }), bad: { accountId: 'unknown', limit: 501 } },
  'mail.source': { good: ({ messageId }) => ({ id: messageId, offset: 0 }), bad: { id: 1, offset: -1 } },
  'mail.attachment': { good: ({ messageId }) => ({ id: messageId, index: 0, offset: 0 }), also: ['file.unknown', 'mail.unknown'], bad: { id: 1, index: 0.5, offset: 0 } },

  'store.index': { good: () => ({}), bad: null },
  'store.check': { good: () => ({}), bad: null },
  'store.rebuild': { good: () => ({}), bad: null },

  'files.begin': { good: () => ({ name: 'a.pdf', size: 3 }), bad: { name: 'a.pdf', size: 10 ** 12 }, code: 'file.too-large' },
  'files.append': { good: async (world) => ({ handle: (await valueOf(world.caller.call('files.begin', { name: 'a', size: 3 }))).handle, base64: 'AAEC' }), bad: { handle: 'x', base64: '***' } },
  'files.discard': { good: async (world) => ({ handle: await newFile(world) }), bad: { handle: null } },

  'drafts.save': { good: async (world) => ({ id: null, draft: draftMail(world.account.id), attachments: [await newFile(world)] }), bad: { id: null, draft: { text: 1 }, attachments: [] } },
  'drafts.open': { good: async (world) => ({ id: await newDraft(world) }), bad: { id: 'unknown' }, code: 'outbox.unknown' },
  'drafts.discard': { good: async (world) => ({ id: await newDraft(world) }), bad: { id: 7 } },
  'outbox.queue': {
    good: async (world) => ({ accountId: world.account.id, to: [{ address: 'accounts@bakery.example' }], attachments: [await newFile(world)] }),
    bad: { accountId: 'x', to: [], subject: 'nobody' },
  },
  'outbox.queueMessage': {
    good: async (world) => ({
      accountId: world.account.id, recipients: null,
      handle: await newFile(world, `From: ${world.account.user.address}\r\nTo: accounts@bakery.example\r\nSubject: Hi\r\n\r\nHi\r\n`),
    }),
    bad: { accountId: 'unknown', handle: 'unknown', recipients: null }, code: 'account.unknown',
  },
  'outbox.list': { good: () => ({}), bad: { states: ['lost'] } },
  'outbox.get': { good: async (world) => ({ id: (await newMail(world)).id }), bad: { id: 'unknown' }, code: 'outbox.unknown' },
  'outbox.copiedFolder': { good: () => ({}), bad: null },
  'outbox.wasMoved': { good: () => ({}), bad: null },
  'outbox.attention': { good: () => ({}), bad: 'everything' },
  'outbox.heldUp': { good: () => ({}), bad: 'everything' },
  'outbox.markLooked': { good: async (world) => ({ ids: [(await newMail(world)).id] }), bad: { ids: null } },
  'outbox.days': { good: () => ({ days: 14 }), bad: { days: 0 } },
  'outbox.exportLog': { good: () => ({ language: 'nl', since: '2026-01-01', search: 'bakery' }), bad: { language: 'nl', since: 'yesterday' } },
  'outbox.reset': { good: () => ({ ids: null }), bad: { ids: 'all' } },
  'outbox.clear': { good: () => ({ ids: null }), bad: { ids: [1] } },
  'outbox.hold': { good: async (world) => ({ ids: [(await newMail(world)).id] }), bad: { ids: null } },
  'outbox.release': { good: async (world) => ({ ids: [(await newMail(world, true)).id] }), bad: { ids: null } },
  'outbox.cancel': { good: async (world) => ({ ids: [(await newMail(world)).id] }), bad: { ids: null } },
  'outbox.resolve': { good: async (world) => ({ ids: [(await newMail(world)).id], outcome: 'was-sent' }), bad: { ids: ['x'], outcome: 'perhaps' } },
  'outbox.resend': { good: async (world) => ({ ids: [(await newMail(world)).id], recipients: null }), bad: { ids: [], recipients: null } },
  'outbox.run': { good: ({ account }) => ({ accountIds: [account.id] }), bad: { accountIds: ['unknown'] }, code: 'account.unknown' },
  'outbox.markPrivate': { good: async (world) => ({ ids: [(await newMail(world)).id], private: true }), bad: { ids: null, private: true } },
  'contacts.list': { good: () => ({ search: 'example' }), bad: { order: 'size' } },
  'contacts.get': { good: async (world) => ({ id: (await newContact(world)).id }), bad: { id: 999_999 }, code: 'contact.unknown' },
  'contacts.find': { good: async (world) => ({ key: (await newContact(world)).addresses[0] ?? '' }), bad: { key: 'nobody@nowhere.example' }, code: 'contact.unknown' },
  'contacts.create': { good: () => newContactDraft(), bad: { name: 'Nobody', addresses: [] } },
  'contacts.change': { good: async (world) => ({ id: (await newContact(world)).id, draft: newContactDraft() }), bad: { id: 1, draft: { addresses: ['nobody'] } } },
  'contacts.merge': { good: async (world) => ({ into: (await newContact(world)).id, others: [(await newContact(world)).id] }), bad: { into: 999_999, others: [999_998] }, code: 'contact.unknown' },
  'contacts.remove': { good: async (world) => ({ ids: [(await newContact(world)).id] }), bad: { ids: ['all'] } },
  'contacts.messages': { good: async (world) => ({ id: (await newContact(world)).id }), bad: { id: 999_999 }, code: 'contact.unknown' },
  'contacts.ofMail': { good: ({ messageId }) => ({ mail: { in: 'mail', id: messageId } }), bad: { mail: { in: 'drawer', id: 1 } } },
  'templates.list': { good: () => ({}), bad: null },
  'templates.get': { good: async (world) => ({ id: (await newTemplate(world)).id }), bad: { id: 999_999 }, code: 'template.unknown' },
  'templates.find': { good: () => ({ key: 'invoice' }), bad: { key: 'no such thing' }, code: 'template.unknown' },
  'templates.save': { good: () => ({ id: null, draft: newTemplateDraft() }), bad: { id: null, draft: { ...newTemplateDraft(), text: '{{ nothing' } }, code: 'template.wrong' },
  'templates.remove': { good: async (world) => ({ id: (await newTemplate(world)).id }), bad: { id: 999_999 }, code: 'template.unknown' },
  'templates.preview': { good: ({ account }) => ({ template: { language: 'nl', subject: '{{ document.number }}', text: '{{ nothing' }, accountId: account.id }), bad: { template: { language: 'xx' }, accountId: null } },
  'batches.open': { good: async (world) => ({ handle: await newFile(world, newTableText()) }), bad: { handle: 'unknown' }, code: 'file.unknown' },
  'batches.close': { good: () => ({ id: 'unknown' }), bad: { id: 7 } },
  'batches.check': { good: async (world) => ({ id: await newTable(world), order: await newOrder(world) }), bad: { id: 'unknown', order: { accountId: 'x' } } },
  'batches.rows': { good: async (world) => ({ id: await newTable(world), only: 'problems' }), bad: { id: 'unknown' }, code: 'batch.gone' },
  'batches.mail': {
    async good(world) {
      const id = await newTable(world)
      await over(world.caller, (await valueOf(world.caller.call('batches.check', { id, order: await newOrder(world) }))).jobId)
      return { id, index: 0 }
    },
    bad: { id: 'unknown', index: 0 }, code: 'batch.gone',
  },
  'batches.sendTest': {
    async good(world) {
      const id = await newTable(world)
      await over(world.caller, (await valueOf(world.caller.call('batches.check', { id, order: await newOrder(world) }))).jobId)
      return { id, index: 0 }
    },
    bad: { id: 'unknown', index: 0 }, code: 'batch.gone',
  },
  'batches.queue': { good: async (world) => ({ id: await newTable(world), order: await newOrder(world) }), bad: { id: 'unknown', order: { templateId: 'Invoice' } } },
  'batches.standing': { good: async (world) => ({ id: await newBatch(world) }), bad: { id: 'unknown' }, code: 'batch.unknown' },
  'batches.move': { good: async (world) => ({ id: await newBatch(world), move: 'pause' }), bad: { id: 'unknown', move: 'cancel' }, code: 'batch.unknown' },
  'batches.list': { good: () => ({}), bad: { limit: 0 } },
  'watched.list': { good: () => ({}), bad: null },
  'watched.save': { good: async (world) => ({ id: null, draft: { path: '/no such folder', templateId: (await newTemplate(world)).id } }), also: ['folder.unusable'], bad: { id: null, draft: { path: '' } } },
  'watched.remove': { good: () => ({ id: 999_999 }), also: ['folder.unknown'], bad: { id: 0 } },
  'watched.look': { good: () => ({}), bad: null },
  'watched.keep': { good: () => ({}), bad: null },
  'practice.start': { good: () => ({}), bad: null },
}


export function expectRight(outcome: Outcome<unknown>, also: readonly FailureCode[] = []): void {
  if (outcome.ok) return
  expect(also).toContain(outcome.failure.code)
}
