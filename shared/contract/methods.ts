/**
 * Everything a window, a command line or another process can ask of Mailroom. A method exists here and nowhere else.
 *
 * Every method answers with an `Outcome`: the result, or a failure of the closed set in `shared/failures`. Parameters that
 * do not parse are the failure `input.invalid`; an exception in a handler is a bug and comes out as `program.error`.
 * Long work answers at once with a job's id; what becomes of it comes as `job.changed` events and can be asked with
 * `jobs.get`.
 */
import { z } from 'zod'
import { batchMailRowSchema, batchMailSchema, batchMoveSchema, batchOrderSchema, batchRowSchema, batchStandingSchema, openedTableIdSchema, openedTableSchema } from '../model/batch.ts'
import { accountDraftSchema, accountIdSchema, accountSchema, deliverySchema } from '../model/account.ts'
import { houseServerSchema, levelSchema, organizationSchema, signInHolderSchema, unitDraftSchema, unitIdSchema, unitSchema } from '../model/levels.ts'
import { mailAddress } from '../model/text-field.ts'
import { contactDraftSchema, contactIdSchema, contactRowSchema, contactViewSchema, keptMailSchema, letterSchema, partySchema } from '../model/contact.ts'
import { providerChangeSchema, providerViewSchema } from '../model/sign-in-provider.ts'
import { draftMailSchema } from '../model/draft-mail.ts'
import { folderChangeSchema, folderPathSchema, folderSchema } from '../model/folder.ts'
import { dayOfAccountSchema, jobIdSchema, jobSchema } from '../model/job.ts'
import { messageIdSchema, messageRowSchema, messageViewSchema } from '../model/message.ts'
import { composedMailSchema, copiedFolderViewSchema, outgoingIdSchema, outgoingRowSchema, shownStateSchema, outgoingViewSchema } from '../model/outgoing-mail.ts'
import { outgoingDaySchema, outgoingFilterSchema } from '../model/outgoing-filter.ts'
import { languageSchema, preferencesChangeSchema, preferencesSchema } from '../model/preferences.ts'
import { removalPreviewSchema, removedCopySchema } from '../model/removal.ts'
import { mailProblemSchema, mergedMailSchema, templateDraftSchema, templateFaultSchema, templateIdSchema, templateRowSchema, templateSchema, templateTextSchema } from '../model/template.ts'
import { watchedFolderDraftSchema, watchedFolderIdSchema, watchedFolderSchema, watchedFolderViewSchema } from '../model/watched-folder.ts'
import { guidanceSchema } from '../model/findings.ts'
import { failureSchema } from '../failures/failure.ts'
import { method } from './define.ts'

const nothing = z.object({})
const jobStarted = z.object({ jobId: jobIdSchema })
const jobsStarted = z.object({ jobIds: z.array(jobIdSchema) })

/** Base64 of at most 256 KiB of a file: small enough that no call blocks the window. */
export const chunkBytes = 256 * 1024
const chunk = z.base64().max(Math.ceil(chunkBytes / 3) * 4)

/**
 * Passwords on their way to the keychain. A direction left out keeps what is stored. They are never sent back, logged or
 * written into a job.
 */
export const secretsSchema = z.strictObject({
  incoming: z.string().min(1).max(4096).optional(),
  outgoing: z.string().min(1).max(4096).optional(),
  /** A finished sign-in over the web (`signIn.…`), for the direction that signs in so. */
  signedIn: z.string().min(1).max(64).optional(),
})
export type Secrets = z.infer<typeof secretsSchema>

/** The password of a level's server; left out keeps what is stored. */
const serverSecret = z.string().min(1).max(4096).optional()
const secretAtHand = z.enum(['stored', 'missing', 'unknown', 'not-needed'])

/** Where passwords are kept now, and whether that place can be used. */
export const secretStoreSchema = z.object({
  place: z.enum(['keychain', 'vault', 'session']),
  /** `locked` = a person must unlock it; `absent` = this machine has none (keychain) or it was not made yet (vault). */
  state: z.enum(['ready', 'locked', 'absent']),
  /** The keychain's name on this system, as its user knows it. */
  name: z.string(),
})
export type SecretStore = z.infer<typeof secretStoreSchema>

const capabilitiesSchema = z.object({
  /** Each host's true differences; the renderer asks these, never which host it runs in. */
  tray: z.boolean(),
  startWithSystem: z.boolean(),
  notifications: z.boolean(),
  openFolder: z.boolean(),
  /** The window has a menu bar of the system. */
  nativeMenu: z.boolean(),
})
export type Capabilities = z.infer<typeof capabilitiesSchema>

const accountOverviewSchema = z.object({
  account: accountSchema,
  isDefault: z.boolean(),
  /** Which passwords are at hand; `unknown` when the keychain could not be asked. */
  secrets: z.object({ incoming: secretAtHand, outgoing: secretAtHand }),
  lastCheck: z.object({ at: z.string(), failure: failureSchema.nullable() }).nullable(),
  lastFetch: z.object({ at: z.string(), failure: failureSchema.nullable() }).nullable(),
  /** When it is fetched by itself next; null = not by itself. */
  nextFetchAt: z.string().nullable(),
  /** Why its runs are paused; null when they are not. */
  paused: failureSchema.nullable(),
  /** Whose sign-in over the web it is, where one belongs to it: of the half that is paused, else its own before a shared server's. */
  webSignIn: signInHolderSchema.nullable(),
  messageCount: z.number(),
  unseenCount: z.number(),
  waitingCount: z.number(),
  /** What becomes of the server's copies waits for a confirmation: so many would go with the next run. null = nothing waits. */
  unconfirmedRemovals: z.number().nullable(),
})
export type AccountOverview = z.infer<typeof accountOverviewSchema>

/** After a change of accounts: who is the default now, and whether that changed with it (A3 says so aloud). */
const defaultAfter = z.object({ defaultAccountId: accountIdSchema.nullable(), promoted: z.boolean() })

export const noticeSchema = z.object({ id: z.string(), at: z.string(), failure: failureSchema })

export const methods = {
  'app.info': method(
    nothing,
    z.object({
      version: z.string(),
      host: z.enum(['electron', 'chromium', 'terminal']),
      capabilities: capabilitiesSchema,
      /** BCP 47, the system's. */
      locale: z.string(),
      platform: z.enum(['linux', 'darwin', 'win32']),
      dataFolder: z.string(),
      /** What a person should know about this start, such as a settings file that was set aside. */
      notices: z.array(noticeSchema),
    }),
  ),
  /** https links and mailto only; opened outside the window. */
  'app.openLink': method(z.object({ url: z.string().max(2000).regex(/^(https:\/\/|mailto:)/) }), nothing),
  'app.openDataFolder': method(nothing, nothing),
  'app.showWindow': method(nothing, nothing),
  'app.dismissNotice': method(z.object({ id: z.string() }), nothing),

  'preferences.get': method(nothing, preferencesSchema),
  'preferences.change': method(z.object({ change: preferencesChangeSchema }), preferencesSchema),

  'secrets.store': method(nothing, secretStoreSchema),
  /** Chosen by the user, never silently. Entries are not moved; passwords not found there are asked again. */
  'secrets.usePlace': method(z.object({ place: secretStoreSchema.shape.place }), secretStoreSchema),
  'secrets.makeVault': method(z.object({ passphrase: z.string().min(10, 'passphrase-short').max(1024) }), secretStoreSchema),
  'secrets.unlockVault': method(z.object({ passphrase: z.string().max(1024) }), secretStoreSchema),
  /** For an account whose password is not remembered, or was lost. */
  'secrets.provide': method(z.object({ accountId: accountIdSchema, secrets: secretsSchema }), nothing),

  /** Who is meant, and what they are called, without asking the keychain or counting anything. `keys` as in `accounts.find`, in that order; null = all. */
  'accounts.names': method(z.object({ keys: z.array(z.string()).nullable() }), z.object({ accounts: z.array(z.object({ id: accountIdSchema, name: z.string() })) })),
  'accounts.list': method(nothing, z.object({ accounts: z.array(accountOverviewSchema) })),
  /** `key` is an id, or a name or address that belongs to one account only. */
  'accounts.find': method(z.object({ key: z.string() }), accountOverviewSchema),
  'accounts.add': method(z.object({ draft: accountDraftSchema, secrets: secretsSchema }), defaultAfter.extend({ account: accountSchema })),
  'accounts.change': method(z.object({ id: accountIdSchema, draft: accountDraftSchema, secrets: secretsSchema }), defaultAfter.extend({ account: accountSchema })),
  /** `mail`: what becomes of the messages fetched for it. `keep` leaves them readable in Mailroom. */
  'accounts.remove': method(z.object({ id: accountIdSchema, mail: z.enum(['keep', 'delete']) }), defaultAfter),
  'accounts.setDefault': method(z.object({ id: accountIdSchema }), defaultAfter),
  /** B8, without sending mail. A saved account by id, or a draft with the passwords typed so far. */
  'accounts.check': method(
    z.object({ subject: z.discriminatedUnion('is', [
      z.object({ is: z.literal('account'), id: accountIdSchema }),
      z.object({
        is: z.literal('draft'), draft: accountDraftSchema, secrets: secretsSchema, id: accountIdSchema.nullable(),
        /** Tried once when the user name is refused: what a look-up found does not always say which one the server wants. */
        otherUserName: z.string().max(320).nullable().default(null),
      }),
    ]), testMessage: z.boolean().default(false), /** B7: also ask whether mail may go out under this address. */ sendAs: mailAddress.nullable().default(null) }),
    jobStarted,
  ),
  /** Takes an account whose sign-in failed out of its pause. */
  'accounts.resume': method(z.object({ id: accountIdSchema }), nothing),

  /** B6, D6: the organization and its units. `secret` is whether the password of its server is at hand. */
  'levels.list': method(
    nothing,
    z.object({
      organization: organizationSchema,
      secret: secretAtHand,
      units: z.array(z.object({ unit: unitSchema, secret: secretAtHand, accounts: z.array(z.string()) })),
    }),
  ),
  /** `key` is an id or a name. */
  'levels.findUnit': method(z.object({ key: z.string() }), z.object({ unit: unitSchema, secret: secretAtHand })),
  'levels.changeOrganization': method(z.object({ organization: organizationSchema, secret: serverSecret }), defaultAfter),
  'levels.addUnit': method(z.object({ draft: unitDraftSchema, secret: serverSecret }), defaultAfter.extend({ unit: unitSchema })),
  'levels.changeUnit': method(z.object({ id: unitIdSchema, draft: unitDraftSchema, secret: serverSecret }), defaultAfter.extend({ unit: unitSchema })),
  /** Its accounts stay, and belong to no unit. */
  'levels.removeUnit': method(z.object({ id: unitIdSchema }), defaultAfter),
  /**
   * Proves a level's server as it stands in the form, with the password typed or else the one kept for `level`; with `sender` also
   * whether it takes mail under that address.
   */
  'levels.check': method(z.object({ server: houseServerSchema, level: levelSchema.nullable(), secret: serverSecret, sender: mailAddress.nullable().default(null) }), jobStarted),

  /** A2: what was typed into the wizard, without passwords, so that it can be left and resumed. The renderer owns its shape. */
  'wizard.keep': method(z.object({ state: z.string().max(200_000).nullable() }), nothing),
  'wizard.kept': method(nothing, z.object({ state: z.string().nullable() })),

  /** A8: where somebody with this address and these servers can sign in over the web; null = nowhere that is known. An issuer that is named is one. */
  'signIn.options': method(z.object({ address: z.string().max(320), servers: z.array(z.string().max(253)).max(10), issuer: z.string().max(500).nullable().default(null) }), z.object({
    provider: z.object({ name: z.string(), issuer: z.string(), /** False = Mailroom is not registered there: a client id is missing. */ ready: z.boolean() }).nullable(),
    /** B9: what the service of these names demands. */
    guidance: guidanceSchema.nullable(),
  })),
  /** Where people sign in over the web, and who Mailroom is there. No secret comes back out. */
  'signIn.providers': method(nothing, z.object({ providers: z.array(providerViewSchema) })),
  /** A client secret goes to the keychain. */
  'signIn.setProvider': method(z.object({ provider: providerChangeSchema }), nothing),
  'signIn.removeProvider': method(z.object({ issuer: z.string().max(500) }), nothing),
  /** For an account there is, or for one being set up: then the job's detail ends with a `signInId` for `secrets.signedIn`. */
  'signIn.begin': method(z.object({
    subject: z.discriminatedUnion('is', [
      ...signInHolderSchema.options,
      z.object({ is: z.literal('draft'), address: mailAddress, userName: z.string().min(1).max(320), issuer: z.string().max(500).nullable(), servers: z.array(z.string().max(253)).max(10), http: z.boolean() }),
    ]),
    /** `device` = with a code for another device, where the provider has that; else the browser all the same. */
    way: z.enum(['browser', 'device']).default('browser'),
    /** A shared mailbox: the sign-in may be somebody else's. */
    anyUser: z.boolean().default(false),
  }), jobStarted),
  /** The page of a sign-in that waits for the person; with `open` it is opened once more. `job.unknown` when none waits. */
  'signIn.page': method(z.object({ jobId: jobIdSchema, open: z.boolean() }), z.object({ url: z.string() })),
  /** As whom an account, or a level's server (`name`), is signed in, and where; null = not, or the provider did not say. */
  'signIn.of': method(z.object({ holder: signInHolderSchema }), z.object({ name: z.string(), provider: z.string(), signedIn: z.boolean(), signedInAs: z.string().nullable() })),
  /** Gives the permission back, here and at the provider. What uses it is paused until somebody signs in again. */
  'signIn.out': method(z.object({ holder: signInHolderSchema }), nothing),

  'discovery.lookUp': method(z.object({ address: z.string().max(320) }), jobStarted),

  /** The log, newest first. `news`: without runs that went well and had nothing to do. */
  'jobs.list': method(
    z.object({
      limit: z.number().int().min(1).max(500).default(100),
      accountId: accountIdSchema.nullable().default(null),
      kind: jobSchema.shape.kind.nullable().default(null),
      news: z.boolean().default(false),
    }),
    z.object({ jobs: z.array(jobSchema) }),
  ),
  /** What came in and went out on each of the last days, today included, per account; days without any are left out. */
  'jobs.history': method(z.object({ days: z.number().int().min(1).max(90) }), z.object({ days: z.array(dayOfAccountSchema) })),
  'jobs.get': method(z.object({ id: jobIdSchema }), jobSchema),
  'jobs.cancel': method(z.object({ id: jobIdSchema }), jobSchema),

  /**
   * null = every account that receives. One run at a time per account: `joined` are those of the runs that were on their way
   * already and bring all that is on the server now; a run that comes too late for that is followed by a new one.
   */
  'mail.fetch': method(z.object({ accountIds: z.array(accountIdSchema).nullable() }), jobsStarted.extend({ joined: z.array(jobIdSchema) })),
  /** The folders of one account, or of all that receive, in the order people look for them. */
  'mail.folders': method(z.object({ accountId: accountIdSchema.nullable() }), z.object({ folders: z.array(folderSchema) })),
  'mail.list': method(
    z.object({
      accountId: accountIdSchema.nullable(),
      /** Path of a folder, of every account where none is named; null = wherever it is. */
      folder: folderPathSchema.nullable().default(null),
      search: z.string().max(200).default(''),
      offset: z.number().int().nonnegative().default(0),
      limit: z.number().int().min(1).max(500).default(100),
      /** A message whose place in this list is asked for too, so that who looks at it can keep it in view when others come above. */
      placeOf: messageIdSchema.nullable().default(null),
    }),
    /** `place`: of the message asked for, counted from 0; null = it is not in this list. */
    z.object({ messages: z.array(messageRowSchema), total: z.number(), place: z.number().nullable() }),
  ),
  'mail.read': method(z.object({ id: messageIdSchema }), messageViewSchema),
  'mail.markSeen': method(z.object({ ids: z.array(messageIdSchema), seen: z.boolean() }), nothing),
  'mail.markFlagged': method(z.object({ ids: z.array(messageIdSchema), flagged: z.boolean() }), nothing),
  'mail.markPrivate': method(z.object({ ids: z.array(messageIdSchema), private: z.boolean() }), nothing),
  /** Deleted here; what becomes of the server's copy is the account's delivery option. */
  /** On the server of an IMAP account; what that changes here comes with the fetch it starts. Folders that have a use, or still hold mail, are refused. */
  'mail.changeFolder': method(z.object({ accountId: accountIdSchema, change: folderChangeSchema }), z.object({ jobId: jobIdSchema })),
  /**
   * On the server, to another folder of the same account, from the folder that is shown, or else from where a message stands first. What that
   * changes here comes with the fetches it starts. `message.gone`: the server has one of them no more.
   */
  'mail.move': method(z.object({ ids: z.array(messageIdSchema).min(1).max(1000), from: folderPathSchema.nullable().default(null), to: folderPathSchema.min(1) }), jobsStarted),
  /** From this folder; a message that stands in others too stays in those. Left out or null = wherever it stands. */
  'mail.delete': method(z.object({ ids: z.array(messageIdSchema), folder: folderPathSchema.nullable().optional() }), nothing),
  /**
   * Takes deletions back, for as long as the server was not told to remove its copy. Answers with those it could be done for;
   * `again`: of these, those that are no longer here, and that the next fetch brings if the server still has them.
   */
  'mail.undoDelete': method(z.object({ ids: z.array(messageIdSchema) }), z.object({ undone: z.array(messageIdSchema), again: z.array(messageIdSchema) })),
  /** C2: what the next run takes from the server, and what later ones do, under the account's delivery option or another one. */
  'mail.previewRemovals': method(
    z.object({ accountId: accountIdSchema, delivery: deliverySchema.optional() }),
    removalPreviewSchema.extend({ delivery: deliverySchema, /** It takes effect as it is. */ confirmed: z.boolean() }),
  ),
  /** Agrees to the option that was previewed. Nothing is removed under any other one. */
  'mail.confirmRemovals': method(z.object({ accountId: accountIdSchema, delivery: deliverySchema }), nothing),
  /** What was removed from the server at Mailroom's request, the last one first. */
  'mail.removals': method(
    z.object({ accountId: accountIdSchema, limit: z.number().int().min(1).max(500).default(100) }),
    z.object({ removals: z.array(removedCopySchema), total: z.number() }),
  ),
  /** The message's bytes from `offset`, at most `chunkBytes`. */
  'mail.source': method(z.object({ id: messageIdSchema, offset: z.number().int().nonnegative() }), z.object({ base64: chunk, size: z.number() })),
  'mail.attachment': method(
    z.object({ id: messageIdSchema, index: z.number().int().nonnegative(), offset: z.number().int().nonnegative() }),
    z.object({ base64: chunk, size: z.number() }),
  ),

  /** Lets texts of messages that wait for it be found; null = none waits. A window does so by itself. */
  'store.index': method(nothing, z.object({ jobId: jobIdSchema.nullable() })),
  /** Compares every message file with the index, and changes nothing. */
  'store.check': method(nothing, jobStarted),
  /** The same, and puts the index right by the files. No message file is ever deleted or changed. */
  'store.rebuild': method(nothing, jobStarted),

  /** A file on its way in, in pieces; `handle` then stands for it, until the program ends. */
  'files.begin': method(z.object({ name: z.string().min(1).max(255), size: z.number().int().nonnegative() }), z.object({ handle: z.string() })),
  'files.append': method(z.object({ handle: z.string(), base64: chunk }), nothing),
  'files.discard': method(z.object({ handle: z.string() }), nothing),

  /** D1: what is typed is kept as a draft while it is being written; `id` null = a new one. Attachments as in `outbox.queue`. */
  'drafts.save': method(z.object({ id: outgoingIdSchema.nullable(), draft: draftMailSchema, attachments: z.array(z.string()).max(1000) }), z.object({ id: outgoingIdSchema })),
  'drafts.open': method(
    z.object({ id: outgoingIdSchema }),
    z.object({ draft: draftMailSchema, attachments: z.array(z.object({ handle: z.string(), name: z.string(), size: z.number() })) }),
  ),
  'drafts.discard': method(z.object({ id: outgoingIdSchema }), nothing),

  'outbox.queue': method(composedMailSchema, outgoingRowSchema),
  /** A finished message (RFC 5322) as another program wrote it; recipients null = those of its header (sendmail -t). */
  'outbox.queueMessage': method(
    z.object({ accountId: accountIdSchema, handle: z.string(), recipients: z.array(z.string()).nullable() }),
    outgoingRowSchema,
  ),
  'outbox.list': method(
    outgoingFilterSchema.extend({ offset: z.number().int().nonnegative().default(0), limit: z.number().int().min(1).max(500).default(200) }),
    z.object({ mails: z.array(outgoingRowSchema), total: z.number(), counts: z.partialRecord(shownStateSchema, z.number()) }),
  ),
  'outbox.get': method(z.object({ id: outgoingIdSchema }), outgoingViewSchema),
  /** What a person should look at: mails that came back and were not looked at since, errors, and outcomes nobody knows. */
  'outbox.attention': method(nothing, z.object({ bounced: z.array(outgoingIdSchema), failed: z.number(), unknown: z.number() })),
  /** D2: accounts whose ready mails do not go out, all for the same reason; when that is tried next by itself, null = not by itself. */
  'outbox.heldUp': method(
    nothing,
    z.object({ queues: z.array(z.object({ accountId: accountIdSchema, waiting: z.number(), failure: failureSchema, nextAt: z.string().nullable() })) }),
  ),
  /** D3: the data folder is a copy of another one, and mails are in doubt for that alone. */
  'outbox.copiedFolder': method(nothing, z.object({ copied: copiedFolderViewSchema.nullable() })),
  /** A person's word that it was moved, and nothing was sent from elsewhere since: its mails are again what they were. */
  'outbox.wasMoved': method(nothing, z.object({ changed: z.array(outgoingIdSchema) })),
  'outbox.markLooked': method(z.object({ ids: z.array(outgoingIdSchema).max(500) }), nothing),
  /** The last days, today included, by the day mails were put in the outbox; days without any are left out. */
  'outbox.days': method(outgoingFilterSchema.pick({ accountId: true, batchId: true }).extend({ days: z.number().int().min(1).max(366) }), z.object({ days: z.array(outgoingDaySchema) })),
  /** D12: the sending log as CSV, piece by piece, the oldest first: `next` of one piece is `after` of the next; null = that was all. */
  'outbox.exportLog': method(
    outgoingFilterSchema.extend({ language: languageSchema, after: z.string().max(40).nullable().default(null) }),
    z.object({ csv: z.string(), lines: z.number(), next: z.string().nullable(), mails: z.number() }),
  ),
  /** D1: a stuck Sending goes back to Ready, only where nothing was submitted. Answers with the ids that changed. */
  'outbox.reset': method(z.object({ ids: z.array(outgoingIdSchema).nullable() }), z.object({ changed: z.array(outgoingIdSchema) })),
  /** D1: an Error goes back to Ready, or, dismissed, is cancelled. */
  'outbox.clear': method(z.object({ ids: z.array(outgoingIdSchema).nullable(), dismiss: z.boolean().default(false) }), z.object({ changed: z.array(outgoingIdSchema) })),
  'outbox.hold': method(z.object({ ids: z.array(outgoingIdSchema) }), z.object({ changed: z.array(outgoingIdSchema) })),
  'outbox.release': method(z.object({ ids: z.array(outgoingIdSchema) }), z.object({ changed: z.array(outgoingIdSchema) })),
  'outbox.cancel': method(z.object({ ids: z.array(outgoingIdSchema) }), z.object({ changed: z.array(outgoingIdSchema) })),
  /** C5: sent or still to be sent; the copies of it that came from the server go with it. */
  'outbox.markPrivate': method(z.object({ ids: z.array(outgoingIdSchema), private: z.boolean() }), z.object({ changed: z.array(outgoingIdSchema) })),
  /** D3: what a person found out about mails whose outcome was unknown. */
  'outbox.resolve': method(z.object({ ids: z.array(outgoingIdSchema), outcome: z.enum(['was-sent', 'was-not-sent']) }), z.object({ changed: z.array(outgoingIdSchema) })),
  /** D12: the same messages as new mails of their own, all or none; recipients null = all each was meant for. Those that may not are left alone. */
  'outbox.resend': method(
    z.object({ ids: z.array(outgoingIdSchema).min(1).max(5000), recipients: z.array(z.string().max(320)).min(1).max(1000).nullable() }),
    z.object({ queued: z.array(outgoingIdSchema) }),
  ),
  /** Sends what is ready; null = of every account. */
  'outbox.run': method(z.object({ accountIds: z.array(accountIdSchema).nullable() }), jobsStarted),

  /** C6: every word of `search` is in the name, an address or the note. */
  'contacts.list': method(
    z.object({ search: z.string().max(200).default(''), order: z.enum(['name', 'last']).default('name'), offset: z.number().int().nonnegative().default(0), limit: z.number().int().min(1).max(500).default(100) }),
    z.object({ contacts: z.array(contactRowSchema), total: z.number() }),
  ),
  'contacts.get': method(z.object({ id: contactIdSchema }), contactViewSchema),
  /** By an address, else by a name that only one contact has. */
  'contacts.find': method(z.object({ key: z.string().min(1).max(320) }), contactViewSchema),
  'contacts.create': method(contactDraftSchema, contactViewSchema),
  /** An address that is left out stands for itself again. */
  'contacts.change': method(z.object({ id: contactIdSchema, draft: contactDraftSchema }), contactViewSchema),
  'contacts.merge': method(z.object({ into: contactIdSchema, others: z.array(contactIdSchema).min(1).max(50) }), contactViewSchema),
  /** The mail stays. Answers with how many there were. */
  'contacts.remove': method(z.object({ ids: z.array(contactIdSchema) }), z.object({ removed: z.number() })),
  /** The mail on a contact's record, both directions, the newest first; never a private one. */
  'contacts.messages': method(
    z.object({ id: contactIdSchema, search: z.string().max(200).default(''), offset: z.number().int().nonnegative().default(0), limit: z.number().int().min(1).max(500).default(100) }),
    z.object({ letters: z.array(letterSchema), total: z.number() }),
  ),
  /** Who is on the other side of one mail; `filed` = it is on their records. */
  'contacts.ofMail': method(z.object({ mail: keptMailSchema }), z.object({ parties: z.array(partySchema), filed: z.boolean() })),

  /** D8. By name. */
  'templates.list': method(nothing, z.object({ templates: z.array(templateRowSchema) })),
  'templates.get': method(z.object({ id: templateIdSchema }), templateSchema),
  /** By name, whatever its case, or by number. */
  'templates.find': method(z.object({ key: z.string().min(1).max(200) }), templateSchema),
  /** `id` null = a new one. A wrong one is refused, with the places. */
  'templates.save': method(z.object({ id: templateIdSchema.nullable(), draft: templateDraftSchema }), templateSchema),
  'templates.remove': method(z.object({ id: templateIdSchema }), nothing),
  /** While it is written: where it is wrong, or what it says for a row of an opened table; without one, for made-up values. */
  'templates.preview': method(
    z.object({ template: templateTextSchema, accountId: accountIdSchema.nullable(), table: z.object({ id: openedTableIdSchema, index: z.number().int().nonnegative() }).nullable().default(null) }),
    z.object({ faults: z.array(templateFaultSchema), problem: mailProblemSchema.nullable(), mail: mergedMailSchema.nullable(), to: z.string(), fields: z.array(z.string()) }),
  ),

  /** D9. A table that was handed over; it is read to its end. */
  'batches.open': method(z.object({ handle: z.string() }), openedTableSchema),
  'batches.close': method(z.object({ id: openedTableIdSchema }), nothing),
  /** Looks at every row; what it found is asked with `batches.rows` and `batches.mail`. */
  'batches.check': method(z.object({ id: openedTableIdSchema, order: batchOrderSchema }), jobStarted),
  'batches.rows': method(
    z.object({ id: openedTableIdSchema, only: z.enum(['all', 'problems']).default('all'), offset: z.number().int().nonnegative().default(0), limit: z.number().int().min(1).max(200).default(50) }),
    z.object({ rows: z.array(batchMailRowSchema), total: z.number(), problems: z.number(), leftOut: z.number() }),
  ),
  /** One mail as its recipient will see it. */
  'batches.mail': method(z.object({ id: openedTableIdSchema, index: z.number().int().nonnegative() }), batchMailSchema),
  /** Queues one mail as it was checked, to oneself or to `to`: nobody else gets it, and it counts as no document sent. */
  'batches.sendTest': method(z.object({ id: openedTableIdSchema, index: z.number().int().nonnegative(), to: z.string().max(254).nullable().default(null) }), outgoingRowSchema),
  /** All mails of the table, or none; the job's detail then names the batch. */
  'batches.queue': method(z.object({ id: openedTableIdSchema, order: batchOrderSchema }), jobStarted),
  /** Those that were queued, the latest first. */
  'batches.list': method(z.object({ limit: z.number().int().min(1).max(500).default(50) }), z.object({ batches: z.array(batchRowSchema) })),

  /** What could be done to the whole batch, and to how many of its mails. */
  'batches.standing': method(z.object({ id: z.string().max(64) }), z.object({ batch: batchRowSchema, standing: batchStandingSchema })),
  /** Its mails that are not sent yet; never one that is being sent. Answers with how many changed. */
  'batches.move': method(z.object({ id: z.string().max(64), move: batchMoveSchema }), z.object({ changed: z.number(), standing: batchStandingSchema })),

  'watched.list': method(nothing, z.object({ folders: z.array(watchedFolderViewSchema) })),
  /** `id` null = one more. A window watches it from now on. */
  'watched.save': method(z.object({ id: watchedFolderIdSchema.nullable(), draft: watchedFolderDraftSchema }), watchedFolderSchema),
  /** The folder stays as it is. */
  'watched.remove': method(z.object({ id: watchedFolderIdSchema }), nothing),
  /** Takes what stands in the watched folders now; for who runs no window. */
  'watched.look': method(nothing, jobsStarted),
  /** Watches them from now on until this program ends, as a window does by itself; for who runs no window. */
  'watched.keep': method(nothing, nothing),

  /** Starts the built-in practice server and answers with an account that uses it. */
  'practice.start': method(nothing, z.object({ draft: accountDraftSchema, secrets: secretsSchema })),
} as const

export type Methods = typeof methods
export type MethodName = keyof Methods
/** What a caller passes (defaults may be left out). */
export type Params<M extends MethodName> = z.input<Methods[M]['params']>
/** What a handler gets. */
export type ParsedParams<M extends MethodName> = z.output<Methods[M]['params']>
export type Result<M extends MethodName> = z.output<Methods[M]['result']>
