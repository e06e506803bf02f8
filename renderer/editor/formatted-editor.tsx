/**
 * The formatted text editor itself, loaded when it is first needed. It is given HTML once and tells the HTML it has after every
 * change; nothing from outside is ever loaded or run in it (`import-html.ts`, `clean-paste.ts`).
 */
import { AutoFocusPlugin } from '@lexical/react/LexicalAutoFocusPlugin'
import { LexicalComposer } from '@lexical/react/LexicalComposer'
import { useLexicalComposerContext } from '@lexical/react/LexicalComposerContext'
import { ContentEditable } from '@lexical/react/LexicalContentEditable'
import { LexicalErrorBoundary } from '@lexical/react/LexicalErrorBoundary'
import { HistoryPlugin } from '@lexical/react/LexicalHistoryPlugin'
import { RichTextPlugin } from '@lexical/react/LexicalRichTextPlugin'
import { LinkNode } from '@lexical/link'
import { ListItemNode, ListNode, registerList } from '@lexical/list'
import { QuoteNode } from '@lexical/rich-text'
import { makeStyles, tokens } from '@fluentui/react-components'
import { $getRoot, $getSelection, $isElementNode, $isRangeSelection, type BaseSelection, COMMAND_PRIORITY_HIGH, HISTORY_MERGE_TAG, KEY_DOWN_COMMAND, KEY_ENTER_COMMAND, mergeRegister, PASTE_COMMAND, TextNode, $setSelection } from 'lexical'
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { useText } from '../text/use-text.tsx'
import { cleanPaste, longestPaste } from './clean-paste.ts'
import { EditorToolbar } from './editor-toolbar.tsx'
import { $exportHtml } from './export-html.ts'
import { $splitFields, FieldNode } from './field-node.ts'
import { $leaveQuote, $linkAround, $removeLink, $setLink } from './format-commands.ts'
import { $importHtml } from './import-html.ts'
import { LinkDialog, type LinkHere } from './link-dialog.tsx'
import { inks } from './text-style.ts'

const useStyles = makeStyles({
  page: {
    flexGrow: 1, minHeight: 0, overflowY: 'auto', padding: tokens.spacingHorizontalM, outlineStyle: 'none', overflowWrap: 'anywhere', whiteSpace: 'pre-wrap',
    fontFamily: 'Calibri, Carlito, Arial, sans-serif', fontSize: '15px', lineHeight: 1.35, color: tokens.colorNeutralForeground1,
    '& p, & ul, & ol': { margin: 0 }, '& ul, & ol': { paddingLeft: '28px' }, '& a': { color: tokens.colorBrandForegroundLink, textDecorationLine: 'underline' },
    '& blockquote': { margin: `0 0 0 ${tokens.spacingHorizontalS}`, paddingLeft: tokens.spacingHorizontalS, borderLeft: `2px solid ${tokens.colorNeutralStroke1}` },
    // An item that only holds the next list has no dot of its own.
    '& li:has(> ul:first-child), & li:has(> ol:first-child)': { listStyleType: 'none' },
    // Colours are chosen for white paper; the dark window has its own ink for each.
    ...inks,
  },
  bar: { order: -1 },
  bold: { fontWeight: tokens.fontWeightBold },
  italic: { fontStyle: 'italic' },
  underline: { textDecorationLine: 'underline' },
  strikethrough: { textDecorationLine: 'line-through' },
  underlineStrikethrough: { textDecorationLine: 'underline line-through' },
  field: { padding: '0 2px', borderRadius: tokens.borderRadiusSmall, backgroundColor: tokens.colorBrandBackground2, color: tokens.colorBrandForeground2, fontSize: '13px', '@media (forced-colors: active)': { outline: '1px solid' } },
})

export interface EditorHandle {
  focus(): void
  /** Where the cursor is, or at the end. */
  insert(text: string): void
}

export interface EditorProps {
  readonly label: string
  readonly describedBy?: string | undefined
  readonly html: string
  readonly onChange: (html: string) => void
  /** Once: what it made of the HTML it was given. */
  readonly onBegin: (html: string) => void
  /** `{{ … }}` is one piece. */
  readonly hasFields: boolean
  /** Opens with the cursor before the first word. */
  readonly focused: boolean
  readonly rows: number
  readonly handle: RefObject<EditorHandle | null>
  /** More buttons, at the end of the others. */
  readonly children: ReactNode
}

export default function FormattedEditor(props: EditorProps) {
  const styles = useStyles()
  return (
    <LexicalComposer
      initialConfig={{
        namespace: 'mailroom',
        nodes: [LinkNode, ListNode, ListItemNode, QuoteNode, FieldNode],
        theme: { text: { bold: styles.bold, italic: styles.italic, underline: styles.underline, strikethrough: styles.strikethrough, underlineStrikethrough: styles.underlineStrikethrough }, field: styles.field },
        editorState: () => void $getRoot().clear().append(...$importHtml(props.html)),
        onError: (error) => { throw error },
      }}
    >
      <Inside {...props} />
    </LexicalComposer>
  )
}

function Inside({ label, describedBy, onChange, onBegin, hasFields, focused, rows, handle, children }: EditorProps) {
  const { editor: words } = useText()
  const styles = useStyles()
  const [editor] = useLexicalComposerContext()
  const bar = useRef<HTMLDivElement>(null)
  const [link, setLink] = useState<{ readonly here: LinkHere; readonly selection: BaseSelection | null } | null>(null)
  const told = useRef(onChange)
  useEffect(() => void (told.current = onChange), [onChange])
  const begun = useRef(onBegin)
  useEffect(() => begun.current(editor.read($exportHtml)), [editor])

  const askForLink = () => editor.read(() => {
    const selection = $getSelection()
    if (!$isRangeSelection(selection)) return editor.focus()
    const around = $linkAround(selection.anchor.getNode())
    setLink({ here: { address: around?.getURL() ?? '', hasWords: !selection.isCollapsed() }, selection: selection.clone() })
  })
  const answerLink = (work: () => void) => {
    const selection = link?.selection ?? null
    setLink(null)
    // When the dialog is gone. A selection that moves into the text while the dialog is still there looks to Fluent's focus trap
    // like a slip, and on a slow machine it put the keys into the list behind the mail.
    requestAnimationFrame(() => {
      editor.getRootElement()?.focus({ preventScroll: true })
      editor.update(() => {
        $setSelection(selection?.clone() ?? null)
        work()
      })
    })
  }
  const ask = useRef(askForLink)
  useEffect(() => void (ask.current = askForLink))

  useEffect(() => {
    handle.current = {
      focus: () => editor.focus(),
      insert(text) {
        editor.update(() => ($getSelection() ?? $getRoot().selectEnd()).insertText(text))
        editor.focus()
      },
    }
    return () => void (handle.current = null)
  }, [editor, handle])

  useEffect(
    () => mergeRegister(
      registerList(editor),
      hasFields ? editor.registerNodeTransform(TextNode, $splitFields) : () => undefined,
      editor.registerUpdateListener(({ editorState, dirtyElements, dirtyLeaves, tags }) => {
        if (tags.has(HISTORY_MERGE_TAG) || (dirtyElements.size === 0 && dirtyLeaves.size === 0)) return
        told.current(editorState.read($exportHtml))
      }),
      editor.registerCommand(KEY_ENTER_COMMAND, (event) => {
        // Ctrl+Enter is for the form around it.
        if (event !== null && (event.ctrlKey || event.metaKey)) return true
        const left = event?.shiftKey !== true && $leaveQuote()
        if (left) event?.preventDefault()
        return left
      }, COMMAND_PRIORITY_HIGH),
      editor.registerCommand(KEY_DOWN_COMMAND, (event) => {
        const isLink = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k'
        const isBar = event.altKey && event.key === 'F10'
        if (!isLink && !isBar) return false
        event.preventDefault()
        if (isLink) ask.current()
        else bar.current?.querySelector<HTMLElement>('button:not([tabindex="-1"])')?.focus()
        return true
      }, COMMAND_PRIORITY_HIGH),
      editor.registerCommand(PASTE_COMMAND, (event) => {
        const selection = $getSelection()
        const data = event instanceof ClipboardEvent ? event.clipboardData : null
        const html = data?.getData('text/html') ?? ''
        if (!$isRangeSelection(selection) || html === '' || html.length > longestPaste) return false
        event.preventDefault()
        const nodes = $importHtml(cleanPaste(html, window))
        const [only] = nodes
        // One line goes into the line one is on.
        selection.insertNodes(nodes.length === 1 && $isElementNode(only) && only.getType() === 'paragraph' ? only.getChildren() : nodes)
        return true
      }, COMMAND_PRIORITY_HIGH),
    ),
    [editor, hasFields],
  )

  const toText = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    event.stopPropagation()
    editor.focus()
  }
  return (
    <>
      <RichTextPlugin
        ErrorBoundary={LexicalErrorBoundary}
        contentEditable={<ContentEditable className={styles.page} style={{ minHeight: `${rows * 20 + 24}px` }} ariaLabel={label} aria-multiline aria-keyshortcuts="Alt+F10" aria-description={words.help} {...(describedBy === undefined ? {} : { ariaDescribedBy: describedBy })} />}
      />
      {/* Above the text for the eye; after it for Tab, which goes from the subject to the words, as everywhere. */}
      <div ref={bar} className={styles.bar} onKeyDown={toText}><EditorToolbar editor={editor} label={label} onLink={askForLink}>{children}</EditorToolbar></div>
      <HistoryPlugin />
      {focused && <AutoFocusPlugin defaultSelection="rootStart" />}
      {link !== null && <LinkDialog here={link.here} onSet={(address, shown) => answerLink(() => $setLink(address, shown))} onRemove={() => answerLink($removeLink)} onClose={() => answerLink(() => {})} />}
    </>
  )
}
