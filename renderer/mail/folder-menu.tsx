/** What can be done with the folder that is shown, on its server: one made beside or in it, renamed, deleted when nothing is in it. */
import { Button, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Spinner, Text, Tooltip } from '@fluentui/react-components'
import { DeleteRegular, FolderAddRegular, MoreHorizontalRegular, RenameRegular } from '@fluentui/react-icons'
import { type FormEvent, useState } from 'react'
import type { Failure } from '../../shared/failures/failure.ts'
import { type Folder, type FolderChange, folderChangeSchema } from '../../shared/model/folder.ts'
import { useCaller } from '../bridge/use-caller.tsx'
import { useNavigation } from '../shell/navigate.tsx'
import { useText } from '../text/use-text.tsx'
import { FailureBar } from '../ui/failure-bar.tsx'
import { TextField } from '../ui/field.tsx'
import { ModalDialog } from '../ui/modal-dialog.tsx'
import { delimiterOf, pathOf } from './folder-names.ts'

type Asked = { readonly do: 'create'; readonly parent: Folder | null } | { readonly do: 'rename' | 'delete'; readonly folder: Folder }

/** `accountId`: of an account whose server has folders. `folder`: the one that is shown; null = none of its own. */
export function FolderMenu(props: { readonly accountId: string; readonly accountName: string; readonly folder: Folder | null; readonly folders: readonly Folder[]; readonly onGone: () => void }) {
  const { mail: { folders: words } } = useText()
  const { accountId, accountName, folder, folders, onGone } = props
  const [asked, setAsked] = useState<Asked | null>(null)
  const own = folders.filter((one) => one.accountId === accountId)
  const delimiter = delimiterOf(own)
  const changeable = folder !== null && folder.use === null && folder.onServer ? folder : null
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Tooltip content={words.menu} relationship="label"><Button appearance="subtle" icon={<MoreHorizontalRegular />} /></Tooltip>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem icon={<FolderAddRegular />} onClick={() => setAsked({ do: 'create', parent: null })}>{words.create}</MenuItem>
            {changeable !== null && delimiter !== null && <MenuItem icon={<FolderAddRegular />} onClick={() => setAsked({ do: 'create', parent: changeable })}>{words.createIn(changeable.name)}</MenuItem>}
            <MenuItem icon={<RenameRegular />} disabled={changeable === null} onClick={() => changeable !== null && setAsked({ do: 'rename', folder: changeable })}>{words.rename}</MenuItem>
            <MenuItem icon={<DeleteRegular />} disabled={changeable === null} onClick={() => changeable !== null && setAsked({ do: 'delete', folder: changeable })}>{words.remove}</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
      {asked !== null && <FolderDialog asked={asked} accountId={accountId} accountName={accountName} delimiter={delimiter} onClose={(isGone) => { setAsked(null); if (isGone) onGone() }} />}
    </>
  )
}

function FolderDialog({ asked, accountId, accountName, delimiter, onClose }: { readonly asked: Asked; readonly accountId: string; readonly accountName: string; readonly delimiter: string | null; readonly onClose: (isGone: boolean) => void }) {
  const { mail: { folders: words }, ui } = useText()
  const caller = useCaller()
  const { say } = useNavigation()
  const [name, setName] = useState(asked.do === 'rename' ? asked.folder.name : '')
  const [attempted, setAttempted] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const isEmpty = name.trim() === ''

  const change = (): FolderChange => {
    if (asked.do === 'create') return { do: 'create', path: pathOf(name, asked.parent?.path ?? null, delimiter) }
    return asked.do === 'rename' ? { do: 'rename', path: asked.folder.path, to: pathOf(name, asked.folder.parent, delimiter) } : { do: 'delete', path: asked.folder.path }
  }
  const valid = asked.do === 'delete' || (!isEmpty && folderChangeSchema.safeParse(change()).success)
  const run = async (event: FormEvent) => {
    event.preventDefault()
    setAttempted(true)
    if (busy || !valid) return
    setBusy(true)
    const outcome = await caller.call('mail.changeFolder', { accountId, change: change() })
    setBusy(false)
    setFailure(outcome.ok ? null : outcome.failure)
    if (!outcome.ok) return
    say(asked.do === 'create' ? words.created(name.trim()) : asked.do === 'rename' ? words.renamed(name.trim()) : words.removed(asked.folder.name))
    onClose(asked.do !== 'create')
  }
  const title = asked.do === 'create' ? (asked.parent === null ? words.createTitle(accountName) : words.createTitleIn(asked.parent.name)) : asked.do === 'rename' ? words.renameTitle(asked.folder.name) : words.removeTitle(asked.folder.name)
  return (
    <ModalDialog open modalType={asked.do === 'delete' ? 'alert' : 'modal'} onOpenChange={(_, data) => !data.open && onClose(false)}>
      <DialogSurface>
        <form noValidate onSubmit={(event) => void run(event)}>
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent>
              {failure !== null && <FailureBar failure={failure} />}
              {asked.do === 'delete' ? <Text>{words.removeBody}</Text> : <TextField label={words.folderName} hint={words.onServer} required autoFocus value={name} onChange={setName} problem={!attempted || valid ? null : isEmpty ? 'empty' : 'not-a-choice'} />}
            </DialogContent>
            <DialogActions fluid>
              {busy && <Spinner size="tiny" />}
              <Button onClick={() => onClose(false)}>{ui.cancel}</Button>
              <Button type="submit" appearance="primary">{asked.do === 'delete' ? words.remove.replace('…', '') : ui.save}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </ModalDialog>
  )
}
