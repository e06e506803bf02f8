/** What is so where the cursor stands: which buttons are down, and whether there is anything to undo. */
import { $isListNode } from '@lexical/list'
import { $findMatchingParent, $getSelection, $isRangeSelection, $isTextNode, CAN_REDO_COMMAND, CAN_UNDO_COMMAND, COMMAND_PRIORITY_LOW, type LexicalEditor, mergeRegister } from 'lexical'
import { useEffect, useState } from 'react'
import { $linkAround, $quoteAround } from './format-commands.ts'
import { noStyle, readStyle, type TextStyle } from './text-style.ts'

export interface FormatState {
  readonly marks: readonly string[]
  readonly style: TextStyle
}

const nothing: FormatState = { marks: [], style: noStyle }

export function useFormatState(editor: LexicalEditor): FormatState & { readonly canUndo: boolean; readonly canRedo: boolean } {
  const [state, setState] = useState<FormatState>(nothing)
  const [canUndo, setCanUndo] = useState(false)
  const [canRedo, setCanRedo] = useState(false)
  useEffect(
    () => mergeRegister(
      editor.registerUpdateListener(({ editorState }) => {
        const now = editorState.read($formatState)
        setState((before) => (JSON.stringify(before) === JSON.stringify(now) ? before : now))
      }),
      editor.registerCommand(CAN_UNDO_COMMAND, (can) => (setCanUndo(can), false), COMMAND_PRIORITY_LOW),
      editor.registerCommand(CAN_REDO_COMMAND, (can) => (setCanRedo(can), false), COMMAND_PRIORITY_LOW),
    ),
    [editor],
  )
  return { ...state, canUndo, canRedo }
}

function $formatState(): FormatState {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return nothing
  const node = selection.anchor.getNode()
  const list = $findMatchingParent(node, $isListNode)
  const first = selection.isCollapsed() ? null : selection.getNodes().find($isTextNode)
  return {
    marks: [
      ...(['bold', 'italic', 'underline'] as const).filter((mark) => selection.hasFormat(mark)),
      ...(list === null ? [] : [list.getListType()]),
      ...($quoteAround(node) === null ? [] : ['quote']),
      ...($linkAround(node) === null ? [] : ['link']),
    ],
    style: readStyle(first?.getStyle() ?? selection.style),
  }
}
