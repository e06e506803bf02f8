/** What can be filled in, by where it comes from; the columns of a chosen table stand under the document. */
import { Button, Menu, MenuGroup, MenuGroupHeader, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components'
import { BracesVariableRegular } from '@fluentui/react-icons'
import { documentFields, fieldName, recipientFields } from '../../shared/model/template.ts'
import { useText } from '../text/use-text.tsx'

const senderOffered = ['name', 'address', 'organization', 'job_title', 'telephone', 'field_1', 'field_2', 'field_3', 'field_4', 'field_5', 'field_6'] as const
const groups = { sender: senderOffered, recipient: recipientFields, document: documentFields } as const
/** How it is usually printed. */
const filters: Readonly<Record<string, string>> = { 'document.date': ' | date', 'document.due_date': ' | date', 'document.amount': ' | amount' }

export function InsertField({ columns, onInsert }: { readonly columns: readonly string[]; readonly onInsert: (text: string) => void }) {
  const { templates } = useText()
  const item = (field: string, words: string) => (
    <MenuItem key={field} secondaryContent={field} onClick={() => onInsert(`{{ ${field}${filters[field] ?? ''} }}`)}>{words}</MenuItem>
  )
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button size="small" icon={<BracesVariableRegular />}>{templates.insert}</Button>
      </MenuTrigger>
      <MenuPopover style={{ maxHeight: '60vh' }}>
        <MenuList>
          {(['recipient', 'document', 'sender'] as const).map((group) => (
            <MenuGroup key={group}>
              <MenuGroupHeader>{templates.insertGroups[group]}</MenuGroupHeader>
              {groups[group].map((name) => item(`${group}.${name}`, templates.fields[`${group}.${name}`] ?? name))}
              {group === 'document' && columns.map((column) => item(`document.${fieldName(column)}`, column))}
            </MenuGroup>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
