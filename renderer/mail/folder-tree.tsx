/**
 * Accounts and their folders as a tree (WAI-ARIA tree view pattern): arrows walk it, Right and Left open and close, Home and
 * End, and the first letters of a name go there; Enter or the space bar shows the folder. One Tab stop.
 */
import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import {
  ArchiveRegular, ChevronDownRegular, ChevronRightRegular, CloudOffRegular, DeleteRegular, DraftsRegular, FlagRegular, FolderRegular, MailAllReadRegular, MailInboxAllRegular, MailInboxRegular,
  MailMultipleRegular, MailProhibitedRegular, PeopleTeamRegular, PersonRegular, SendRegular,
} from '@fluentui/react-icons'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { useFormat, useText } from '../text/use-text.tsx'
import { type FolderIcon, type FolderNode, openNodes, type Place, samePlace } from './folder-nodes.ts'
import { stepInTree } from './step-in-tree.ts'
import { onlyReadAloud } from '../ui/only-read-aloud.ts'

const useStyles = makeStyles({
  tree: { display: 'flex', flexDirection: 'column', padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalM}`, outline: 'none' },
  node: {
    position: 'relative', display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalSNudge, height: '32px', flexShrink: 0, minWidth: 0, paddingRight: tokens.spacingHorizontalS, boxSizing: 'border-box',
    borderRadius: tokens.borderRadiusMedium, cursor: 'default', userSelect: 'none', outline: 'none', color: tokens.colorNeutralForeground1,
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  account: { marginTop: tokens.spacingVerticalS },
  chosen: {
    backgroundColor: tokens.colorBrandBackground2, ':hover': { backgroundColor: tokens.colorBrandBackground2 },
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
  bold: { fontWeight: tokens.fontWeightSemibold },
  gone: { color: tokens.colorNeutralForeground3, fontStyle: 'italic' },
  toggle: { display: 'flex', width: '16px', flexShrink: 0, fontSize: '12px', color: tokens.colorNeutralForeground3, justifyContent: 'center' },
  icon: { display: 'flex', flexShrink: 0, fontSize: '18px', color: tokens.colorNeutralForeground2 },
  chosenIcon: { color: tokens.colorBrandForeground1 },
  name: { flexGrow: 1, minWidth: 0 },
  count: { flexShrink: 0, fontVariantNumeric: 'tabular-nums', color: tokens.colorNeutralForeground2 },
  unseen: { color: tokens.colorBrandForeground1, fontWeight: tokens.fontWeightSemibold },
  silent: onlyReadAloud,
})

const icons: Readonly<Record<FolderIcon, ReactNode>> = {
  inbox: <MailInboxRegular />, drafts: <DraftsRegular />, sent: <SendRegular />, archive: <ArchiveRegular />, junk: <MailProhibitedRegular />, trash: <DeleteRegular />, all: <MailAllReadRegular />,
  flagged: <FlagRegular />, 'not-on-server': <CloudOffRegular />, folder: <FolderRegular />, personal: <PersonRegular />, team: <PeopleTeamRegular />, inboxes: <MailInboxAllRegular />, everything: <MailMultipleRegular />,
}

export function FolderTree(props: { readonly nodes: readonly FolderNode[]; readonly place: Place; readonly onChoose: (place: Place) => void }) {
  const { mail } = useText()
  const format = useFormat()
  const styles = useStyles()
  const { nodes, place, onChoose } = props
  const element = useRef<HTMLDivElement>(null)
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const [focused, setFocused] = useState<string | null>(null)
  const shown = openNodes(nodes, collapsed)
  const isChosen = (node: FolderNode) => node.place !== null && samePlace(node.place, place)
  const stop = shown.find(({ key }) => key === focused) ?? shown.find(isChosen) ?? shown[0]

  const toggle = (node: FolderNode, open: boolean) => {
    const next = new Set(collapsed)
    if (open) next.delete(node.key)
    else next.add(node.key)
    setCollapsed(next)
  }
  const focus = (key: string) => {
    setFocused(key)
    element.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus()
  }
  const press = (event: KeyboardEvent) => {
    if (stop === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    const step = stepInTree(event.key, stop, shown, collapsed)
    if (step === null) return
    event.preventDefault()
    if (step.is === 'go') focus(step.key)
    else if (step.is === 'choose') {
      if (stop.place !== null) onChoose(stop.place)
    } else toggle(stop, step.is === 'open')
  }

  return (
    <div ref={element} role="tree" aria-label={mail.folders.label} className={styles.tree} onKeyDown={press}>
      {shown.map((node) => {
        const chosen = isChosen(node)
        const count = node.counted ?? node.unseen
        const words = [node.unseen > 0 ? mail.folders.unread(format.number(node.unseen)) : '', node.counted === null ? '' : mail.folders.messages(format.number(node.counted)), node.isGone ? mail.folders.gone : '']
        return (
          <div
            key={node.key}
            role="treeitem"
            data-key={node.key}
            aria-level={node.level}
            aria-posinset={node.position}
            aria-setsize={node.siblings}
            aria-selected={chosen}
            {...(node.hasChildren ? { 'aria-expanded': !collapsed.has(node.key) } : {})}
            title={node.isGone ? `${node.name}. ${mail.folders.gone}` : node.name}
            tabIndex={node === stop ? 0 : -1}
            className={mergeClasses(styles.node, node.level === 1 && node.hasChildren && styles.account, chosen && styles.chosen)}
            style={{ paddingLeft: `${String((node.level - 1) * 14)}px` }}
            onFocus={() => setFocused(node.key)}
            onClick={() => node.place === null ? toggle(node, collapsed.has(node.key)) : onChoose(node.place)}
          >
            <span className={styles.toggle} aria-hidden onClick={(event) => { event.stopPropagation(); if (node.hasChildren) toggle(node, collapsed.has(node.key)) }}>
              {node.hasChildren && (collapsed.has(node.key) ? <ChevronRightRegular /> : <ChevronDownRegular />)}
            </span>
            <span className={mergeClasses(styles.icon, chosen && styles.chosenIcon)} aria-hidden>{icons[node.icon]}</span>
            <Text truncate wrap={false} className={mergeClasses(styles.name, (node.unseen > 0 || (node.level === 1 && node.hasChildren)) && styles.bold, node.isGone && styles.gone)}>{node.name}</Text>
            {count > 0 && <Text size={200} aria-hidden className={mergeClasses(styles.count, node.unseen > 0 && styles.unseen)}>{format.number(count)}</Text>}
            <span className={styles.silent}>{words.filter((each) => each !== '').join(', ')}</span>
          </div>
        )
      })}
    </div>
  )
}
