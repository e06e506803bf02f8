/** The fields of a delivery status (RFC 3464 section 2), also where a server writes them without the parts that belong around them. */
import { typedAddress } from './addresses.ts'
import type { DeliveryAction } from './returned-mail.ts'

export interface DeliveryStatus {
  readonly reportingServer: string | null
  readonly envelopeId: string | null
  readonly recipients: readonly StatusFields[]
}

export interface StatusFields {
  readonly finalRecipient: string | null
  readonly originalRecipient: string | null
  /** Null = none of the five that there are. */
  readonly action: DeliveryAction | null
  readonly status: string | null
  readonly diagnostic: string
  readonly remoteServer: string | null
  /** PowerMTA's own verdict (its user's guide, "Bounce Categories"); '' = none. */
  readonly category: string
}

/** So many recipients of one report are read: more than any server takes for one mail. */
const recipientsLimit = 500
const valueLimit = 2000

/** These stand once for each recipient: when one comes again, the next recipient begins. */
const once: ReadonlySet<string> = new Set(['final-recipient', 'action', 'status', 'original-recipient'])
const ofRecipient: ReadonlySet<string> = new Set([...once, 'diagnostic-code', 'remote-mta', 'x-actual-recipient', 'x-powermta-bouncecategory', 'last-attempt-date', 'final-log-id', 'will-retry-until'])
const field = /^([A-Za-z][A-Za-z0-9-]{0,60})\s{0,5}:(.*)$/

export function readDeliveryStatus(text: string): DeliveryStatus {
  const about = new Map<string, string>()
  const recipients: Map<string, string>[] = []
  let name = ''
  let target = about
  for (const line of text.split(/\r?\n/)) {
    const [, said, value = ''] = field.exec(line) ?? []
    if (said === undefined) {
      // Folded, or meant to be: some servers do not indent what goes on.
      const before = target.get(name)
      if (line.trim() === '') name = ''
      else if (before !== undefined && before.length < valueLimit) target.set(name, `${before} ${line.trim()}`)
      continue
    }
    name = said.toLowerCase()
    if (!ofRecipient.has(name)) {
      if (!name.startsWith('x-') && !about.has(name)) {
        target = about
        target.set(name, value.trim())
      } else name = ''
      continue
    }
    const last = recipients.at(-1)
    if (last === undefined || (once.has(name) && last.has(name))) {
      if (recipients.length === recipientsLimit) break
      recipients.push(new Map())
    }
    target = recipients.at(-1) ?? about
    if (!target.has(name)) target.set(name, value.trim())
  }
  return {
    reportingServer: serverName(about.get('reporting-mta')),
    envelopeId: about.get('original-envelope-id')?.slice(0, 200) || null,
    recipients: recipients.filter((one) => one.has('final-recipient') || one.has('original-recipient') || (one.has('action') && one.has('status'))).map(fieldsOf),
  }
}

function fieldsOf(one: ReadonlyMap<string, string>): StatusFields {
  const [status, comment = ''] = splitStatus(one.get('status') ?? '')
  const diagnostic = (one.get('diagnostic-code') ?? '').replace(/^[\w.-]{1,40}\s{0,5};\s{0,20}/, '')
  return {
    finalRecipient: typedAddress(one.get('final-recipient') ?? '') ?? typedAddress(one.get('x-actual-recipient') ?? ''),
    originalRecipient: typedAddress(one.get('original-recipient') ?? ''),
    action: actionOf(one.get('action') ?? ''),
    status,
    diagnostic: diagnostic === '' ? comment : diagnostic,
    remoteServer: serverName(one.get('remote-mta')),
    category: (one.get('x-powermta-bouncecategory') ?? '').toLowerCase(),
  }
}

/** RFC 3463 section 2; comments after it are common. */
function splitStatus(value: string): readonly [string | null, string?] {
  const [whole, status] = /^([245]\.\d{1,3}\.\d{1,3})(?!\d)/.exec(value) ?? []
  return whole === undefined ? [null] : [status ?? null, value.slice(whole.length).replaceAll(/^[\s(]+|\)+$/g, '')]
}

/** RFC 3464 section 2.3.3, and what Postfix answers when asked to verify only. */
const actions: Readonly<Record<string, DeliveryAction>> = {
  failed: 'failed', failure: 'failed', error: 'failed', undeliverable: 'failed', expired: 'failed',
  delayed: 'delayed', deferred: 'delayed',
  delivered: 'delivered', deliverable: 'delivered', relayed: 'relayed', expanded: 'expanded',
}

function actionOf(value: string): DeliveryAction | null {
  const [word = ''] = /^[a-z]+/.exec(value.toLowerCase()) ?? []
  return actions[word] ?? null
}

function serverName(value: string | undefined): string | null {
  return value?.replace(/^[\w-]{1,30}\s{0,5};/, '').trim().slice(0, 255) || null
}
