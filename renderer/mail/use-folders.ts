/**
 * The accounts that receive with their folders, and which of them is shown. Until somebody chooses, that is the inbox: of the
 * one account, or of all. A folder that vanishes gives way to its account.
 */
import { useCallback, useMemo, useState } from 'react'
import type { AccountOverview } from '../../shared/contract/methods.ts'
import type { Failure } from '../../shared/failures/failure.ts'
import type { AccountId } from '../../shared/model/account.ts'
import { type Folder, inboxPath } from '../../shared/model/folder.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useText } from '../text/use-text.tsx'
import { type FolderNode, folderNodes, type Place, type ReceivingAccount, samePlace } from './folder-nodes.ts'

export interface LiveFolders {
  readonly nodes: readonly FolderNode[]
  readonly all: readonly Folder[]
  readonly place: Place
  /** Of the place that is shown: by itself, and with its account. */
  readonly name: string
  readonly title: string
  readonly unseen: number
  /** Some folder here has messages. */
  readonly holdsSomething: boolean
  readonly overviews: readonly AccountOverview[]
  readonly receiving: readonly ReceivingAccount[]
  /** The accounts are known. */
  readonly loaded: boolean
  readonly failure: Failure | null
  nameOf(accountId: AccountId | null): string
  choose(place: Place): void
  refresh(): void
}

const noAccounts: readonly AccountOverview[] = []

export function useFolders(): LiveFolders {
  const { mail } = useText()
  const accounts = useAnswer('accounts.list', {}, { refreshOn: ['accounts.changed', 'mail.changed'] })
  const answer = useAnswer('mail.folders', { accountId: null }, { refreshOn: ['accounts.changed', 'mail.changed'] })
  const [chosen, setChosen] = useState<Place | null>(null)
  const overviews = accounts.value?.accounts ?? noAccounts
  const receiving = useMemo(
    () => overviews.filter(({ account }) => account.incoming !== null).map(({ account: { id, name, kind } }) => ({ id, name, kind })),
    [overviews],
  )
  const names = useMemo(() => new Map(overviews.map(({ account: { id, name } }) => [id, name])), [overviews])
  const nameOf = useCallback((id: AccountId | null) => names.get(id ?? '') ?? mail.run.someAccount, [names, mail])
  const folders = useMemo(() => answer.value?.folders ?? [], [answer.value])
  const nodes = useMemo(() => folderNodes(receiving, folders, mail.folders), [receiving, folders, mail])

  const start = useMemo(() => startOf(receiving, accounts.value !== null), [receiving, accounts.value])
  const isThere = (place: Place) => answer.value === null || nodes.some((node) => node.place !== null && samePlace(node.place, place))
  const place = chosen === null ? start : isThere(chosen) ? chosen : chosen.folder !== null && isThere({ ...chosen, folder: null }) ? { ...chosen, folder: null } : start

  const node = nodes.find((each) => each.place !== null && samePlace(each.place, place))
  const name = node?.name ?? (place.folder === null ? mail.folders.everything : mail.folders.uses.inbox)
  const within = (account: AccountOverview['account']) => place.accountId === null || account.id === place.accountId
  return {
    nodes,
    all: folders,
    place,
    name,
    title: place.accountId === null || place.folder === null ? name : mail.folders.in(name, nameOf(place.accountId)),
    unseen: place.folder === null ? overviews.filter(({ account }) => within(account)).reduce((sum, { unseenCount }) => sum + unseenCount, 0) : (node?.unseen ?? 0),
    holdsSomething: folders.some(({ messages }) => messages > 0),
    overviews,
    receiving,
    loaded: accounts.value !== null,
    failure: accounts.failure ?? answer.failure,
    nameOf,
    choose: setChosen,
    refresh() {
      accounts.refresh()
      answer.refresh()
    },
  }
}

function startOf(receiving: readonly ReceivingAccount[], loaded: boolean): Place {
  const [first, ...more] = receiving
  if (first === undefined) return { accountId: null, folder: loaded ? null : inboxPath }
  return { accountId: more.length === 0 ? first.id : null, folder: inboxPath }
}
