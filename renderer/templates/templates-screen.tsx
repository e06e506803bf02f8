/** All templates, and the one that is chosen, to be changed. What is not saved is never lost without asking. */
import { Badge, Button, makeStyles, mergeClasses, Spinner, Text, tokens, useArrowNavigationGroup } from '@fluentui/react-components'
import { DocumentAddRegular, DocumentMultipleRegular, FolderArrowRightRegular, TableArrowUpRegular } from '@fluentui/react-icons'
import { useCallback, useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import { isKnownType, type TemplateId } from '../../shared/model/template.ts'
import { useAnswer } from '../bridge/use-answer.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { TwoPanes } from '../list/two-panes.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useFormat, useLanguage, useText } from '../text/use-text.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { ScreenFrame } from '../ui/screen-frame.tsx'
import { WatchedDialog } from '../batches/watched-dialog.tsx'
import { TemplateEditor } from './template-editor.tsx'
import { draftOf, newTemplate } from './template-form.ts'

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', overflowY: 'auto', minHeight: 0, listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex', flexDirection: 'column', gap: '2px', width: '100%', boxSizing: 'border-box', textAlign: 'left', padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`, border: 'none',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`, backgroundColor: 'transparent', color: tokens.colorNeutralForeground1, fontFamily: tokens.fontFamilyBase, cursor: 'pointer', minWidth: 0,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover }, ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  chosen: { backgroundColor: tokens.colorBrandBackground2, ':hover': { backgroundColor: tokens.colorBrandBackground2 }, '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' } },
  line: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, minWidth: 0 },
  name: { flexGrow: 1, minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  wait: { flexGrow: 1 },
})

type Chosen = TemplateId | 'new' | null

export function TemplatesScreen() {
  const { templates, batches, ui } = useText()
  const format = useFormat()
  const language = useLanguage()
  const caller = useCaller()
  const styles = useStyles()
  const { makeBatch, say } = useNavigation()
  const arrows = useArrowNavigationGroup({ axis: 'vertical' })
  const listed = useAnswer('templates.list', {}, { refreshOn: ['templates.changed'], keepPrevious: true })
  const [chosen, setChosen] = useState<Chosen>(null)
  const [wanted, setWanted] = useState<{ readonly to: Chosen } | null>(null)
  const [dirty, setDirty] = useState(false)
  const [watched, setWatched] = useState(false)
  const [removing, setRemoving] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const open = useAnswer('templates.get', typeof chosen === 'number' ? { id: chosen } : null, { refreshOn: ['templates.changed'] })
  const all = listed.value?.templates ?? []
  const noteDirty = useCallback((is: boolean) => setDirty(is), [])

  const go = (to: Chosen) => {
    if (to === chosen) return
    if (dirty && chosen !== null) setWanted({ to })
    else setChosen(to)
  }
  const leave = (confirmed: boolean) => {
    if (confirmed && wanted !== null) {
      setDirty(false)
      setChosen(wanted.to)
    }
    setWanted(null)
  }
  const remove = async (confirmed: boolean) => {
    setRemoving(false)
    if (!confirmed || typeof chosen !== 'number') return
    const name = open.value?.name ?? ''
    const outcome = await caller.call('templates.remove', { id: chosen })
    setFailure(outcome.ok ? null : outcome.failure)
    if (!outcome.ok) return
    say(templates.removed(name))
    setDirty(false)
    setChosen(null)
  }
  const saved = chosen === 'new' ? newTemplate('', language) : open.value === null ? null : draftOf(open.value)
  const shownFailure = failure ?? listed.failure
  return (
    <ScreenFrame
      flush
      title={templates.title}
      subtitle={listed.value === null ? ' ' : templates.subtitle(format.number(all.length))}
      actions={
        <>
          <Button icon={<TableArrowUpRegular />} appearance="primary" disabled={all.length === 0} onClick={() => makeBatch()}>{templates.makeBatch}</Button>
          <Button icon={<FolderArrowRightRegular />} disabled={all.length === 0} onClick={() => setWatched(true)}>{batches.watched.open}</Button>
          <Button icon={<DocumentAddRegular />} onClick={() => go('new')}>{templates.add}</Button>
        </>
      }
    >
      <div style={{ display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0, minHeight: 0 }}>
        {shownFailure !== null && <FailureBar failure={shownFailure} onDismiss={() => setFailure(null)} actions={<Button onClick={listed.refresh}>{ui.tryAgain}</Button>} />}
        {listed.value !== null && all.length === 0 && chosen === null ? (
          <EmptyState icon={<DocumentMultipleRegular />} title={templates.empty.title} body={templates.empty.body} action={<Button icon={<DocumentAddRegular />} onClick={() => go('new')}>{templates.add}</Button>} />
        ) : (
          <TwoPanes
            opened={chosen !== null}
            onBack={() => go(null)}
            backWords={templates.backToList}
            list={
              <ul className={styles.list} aria-label={templates.list} {...arrows}>
                {all.map((template) => (
                  <li key={template.id}>
                    <button type="button" className={mergeClasses(styles.item, template.id === chosen && styles.chosen)} aria-current={template.id === chosen ? 'true' : undefined} onClick={() => go(template.id)}>
                      <span className={styles.line}>
                        <Text weight="semibold" truncate wrap={false} className={styles.name}>{template.name}</Text>
                        <Badge appearance="outline" size="small">{templates.languages[template.language]}</Badge>
                      </span>
                      <Text size={200} className={styles.quiet}>{isKnownType(template.documentType) ? templates.types[template.documentType] : template.documentType}</Text>
                    </button>
                  </li>
                ))}
              </ul>
            }
            detail={
              chosen === null ? (
                <EmptyState icon={<DocumentMultipleRegular />} title={templates.choose.title} body={templates.choose.body} />
              ) : saved === null ? (
                open.failure === null ? <Spinner className={styles.wait} label={ui.loading} /> : <FailureBar failure={open.failure} />
              ) : (
                <TemplateEditor
                  key={`${chosen} ${open.value?.changedAt ?? ''}`}
                  id={chosen === 'new' ? null : chosen}
                  saved={saved}
                  onSaved={(template) => {
                    say(templates.saved(template.name))
                    setDirty(false)
                    setChosen(template.id)
                  }}
                  onRemove={() => setRemoving(true)}
                  onUse={() => typeof chosen === 'number' && makeBatch(chosen)}
                  onDirty={noteDirty}
                />
              )
            }
          />
        )}
      </div>
      {watched && <WatchedDialog templates={all} onClose={() => setWatched(false)} />}
      <ConfirmDialog open={wanted !== null} title={templates.leaveTitle} confirm={templates.leave} cancel={templates.stay} dangerous onClose={leave}>{templates.leaveBody}</ConfirmDialog>
      <ConfirmDialog open={removing} title={templates.removeTitle(open.value?.name ?? '')} confirm={templates.remove} dangerous onClose={(confirmed) => void remove(confirmed)}>{templates.removeBody}</ConfirmDialog>
    </ScreenFrame>
  )
}
