/** The editor's buttons: one stop for Tab, the arrow keys go from one to the next. */
import { INSERT_ORDERED_LIST_COMMAND, INSERT_UNORDERED_LIST_COMMAND, REMOVE_LIST_COMMAND } from '@lexical/list'
import { makeStyles, Menu, MenuItemRadio, MenuList, MenuPopover, MenuTrigger, tokens, Toolbar, ToolbarButton, ToolbarDivider, ToolbarToggleButton, Tooltip } from '@fluentui/react-components'
import { ArrowRedoRegular, ArrowUndoRegular, CircleFilled, LinkRegular, TextBoldRegular, TextBulletListRegular, TextClearFormattingRegular, TextColorRegular, TextFontSizeRegular, TextItalicRegular, TextNumberListLtrRegular, TextQuoteRegular, TextUnderlineRegular } from '@fluentui/react-icons'
import { FORMAT_TEXT_COMMAND, type LexicalEditor, REDO_COMMAND, UNDO_COMMAND } from 'lexical'
import type { ReactElement, ReactNode } from 'react'
import { useText } from '../text/use-text.tsx'
import { $clearFormats, $setStyle, $toggleQuote } from './format-commands.ts'
import { type Colour, colours, type Size, sizes } from './text-style.ts'
import { useFormatState } from './use-format-state.ts'

const useStyles = makeStyles({
  root: { flexWrap: 'wrap', padding: '2px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, rowGap: '2px' },
  button: { minWidth: '28px', padding: '3px' },
})

const sizeNames = Object.keys(sizes) as Size[]
const colourNames = Object.keys(colours) as Colour[]
const pixelsOf = (size: Size) => (sizes[size] === null ? null : Number.parseInt(sizes[size], 10))

export function EditorToolbar(props: { readonly editor: LexicalEditor; readonly label: string; readonly onLink: () => void; readonly children: ReactNode }) {
  const { editor: words } = useText()
  const styles = useStyles()
  const { editor, label, onLink, children } = props
  const { marks, style, canUndo, canRedo } = useFormatState(editor)
  const size = sizeNames.find((name) => pixelsOf(name) === style.size) ?? 'normal'
  const colour = colourNames.find((name) => (colours[name]?.written ?? null) === style.colour) ?? 'none'

  const change = (work: () => void) => {
    editor.update(work)
    // A menu gives the focus back to its button first.
    requestAnimationFrame(() => editor.focus())
  }
  const toggle = (mark: string, name: string, icon: ReactElement, run: () => void) => (
    <Tooltip key={mark} content={name} relationship="label">
      <ToolbarToggleButton className={styles.button} appearance="subtle" size="small" name="marks" value={mark} icon={icon} onClick={run} />
    </Tooltip>
  )
  const button = (name: string, icon: ReactElement, run: () => void, disabled = false) => (
    <Tooltip content={name} relationship="label">
      <ToolbarButton className={styles.button} icon={icon} disabled={disabled} onClick={run} />
    </Tooltip>
  )
  const list = (kind: 'bullet' | 'number') => editor.dispatchCommand(marks.includes(kind) ? REMOVE_LIST_COMMAND : kind === 'bullet' ? INSERT_UNORDERED_LIST_COMMAND : INSERT_ORDERED_LIST_COMMAND, undefined)
  return (
    // The text keeps what is chosen in it while a button is pressed.
    <Toolbar className={styles.root} size="small" aria-label={words.toolbar(label)} checkedValues={{ marks: [...marks] }} onMouseDown={(event) => event.preventDefault()}>
      {toggle('bold', words.bold, <TextBoldRegular />, () => editor.dispatchCommand(FORMAT_TEXT_COMMAND, 'bold'))}
      {toggle('italic', words.italic, <TextItalicRegular />, () => editor.dispatchCommand(FORMAT_TEXT_COMMAND, 'italic'))}
      {toggle('underline', words.underline, <TextUnderlineRegular />, () => editor.dispatchCommand(FORMAT_TEXT_COMMAND, 'underline'))}
      <Choice name={words.size} icon={<TextFontSizeRegular />} value={size} choices={sizeNames.map((one) => ({ value: one, words: words.sizes[one] }))} onChoose={(one) => change(() => $setStyle({ size: pixelsOf(one) }))} />
      <Choice name={words.colour} icon={<TextColorRegular />} value={colour} choices={colourNames.map((one) => ({ value: one, words: words.colours[one], icon: <ColourDot colour={one} /> }))} onChoose={(one) => change(() => $setStyle({ colour: colours[one]?.written ?? null }))} />
      <ToolbarDivider />
      {toggle('bullet', words.bullets, <TextBulletListRegular />, () => list('bullet'))}
      {toggle('number', words.numbers, <TextNumberListLtrRegular />, () => list('number'))}
      {toggle('quote', words.quote, <TextQuoteRegular />, () => editor.update($toggleQuote))}
      {toggle('link', words.link, <LinkRegular />, onLink)}
      {button(words.clear, <TextClearFormattingRegular />, () => editor.update($clearFormats))}
      <ToolbarDivider />
      {button(words.undo, <ArrowUndoRegular />, () => editor.dispatchCommand(UNDO_COMMAND, undefined), !canUndo)}
      {button(words.redo, <ArrowRedoRegular />, () => editor.dispatchCommand(REDO_COMMAND, undefined), !canRedo)}
      {children}
    </Toolbar>
  )
}

function ColourDot({ colour }: { readonly colour: Colour }) {
  const shown = colours[colour]
  return <CircleFilled style={{ color: shown === null ? tokens.colorNeutralForeground1 : `light-dark(${shown.written}, ${shown.inDark})` }} />
}

function Choice<T extends string>(props: { readonly name: string; readonly icon: ReactElement; readonly value: T; readonly choices: readonly { readonly value: T; readonly words: string; readonly icon?: ReactElement }[]; readonly onChoose: (value: T) => void }) {
  const styles = useStyles()
  return (
    <Menu checkedValues={{ choice: [props.value] }} onCheckedValueChange={(_, { checkedItems }) => props.onChoose(checkedItems[0] as T)}>
      <MenuTrigger disableButtonEnhancement>
        <Tooltip content={props.name} relationship="label">
          <ToolbarButton className={styles.button} icon={props.icon} />
        </Tooltip>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {props.choices.map(({ value, words, icon }) => <MenuItemRadio key={value} name="choice" value={value} icon={icon ?? null}>{words}</MenuItemRadio>)}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
