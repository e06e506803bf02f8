/** Moves messages to another folder of their account: a menu of the folders, by the names people know them by. */
import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Text, ToolbarButton, Tooltip } from '@fluentui/react-components'
import { FolderArrowRightRegular, FolderRegular } from '@fluentui/react-icons'
import type { Folder } from '../../shared/model/folder.ts'
import { useText } from '../text/use-text.tsx'

/** `targets` null = the messages are of several accounts. `wide`: the button says its words, as those beside it do. */
export function MoveMenu({ targets, wide = false, onMove }: { readonly targets: readonly Folder[] | null; readonly wide?: boolean; readonly onMove: (to: Folder, name: string) => void }) {
  const { mail: { folders: words } } = useText()
  const nameOf = ({ use, name, parent }: Folder) => (use !== null ? words.uses[use] : parent === null || parent === 'INBOX' ? name : `${parent} › ${name}`)
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        {wide ? <Button icon={<FolderArrowRightRegular />}>{words.move}</Button> : <Tooltip content={words.moveTo} relationship="label"><ToolbarButton icon={<FolderArrowRightRegular />} /></Tooltip>}
      </MenuTrigger>
      <MenuPopover style={{ maxHeight: '60vh', maxWidth: '320px' }}>
        {targets === null || targets.length === 0 ? (
          <Text style={{ padding: '8px 12px', display: 'block' }}>{targets === null ? words.severalAccounts : words.noFolders}</Text>
        ) : (
          <MenuList aria-label={words.moveTo}>
            {targets.map((folder) => <MenuItem key={folder.path} icon={<FolderRegular />} onClick={() => onMove(folder, nameOf(folder))}>{nameOf(folder)}</MenuItem>)}
          </MenuList>
        )}
      </MenuPopover>
    </Menu>
  )
}
