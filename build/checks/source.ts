/** A source file, read for what it imports and for the words in it. Parsed, never matched by pattern: a comment is not an import. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync, Visitor } from 'vite'

export interface Source {
  /** Below the root, with `/`. */
  readonly path: string
  readonly imports: readonly Found[]
  /** Texts that a person would read: between tags, and in attributes that are shown or read aloud. */
  readonly words: readonly Found[]
  /** Why it can't be read, where it can't. */
  readonly unreadable?: string
}

export interface Found {
  readonly text: string
  readonly line: number
}

const shownAttributes = new Set(['title', 'alt', 'placeholder', 'label', 'hint', 'content', 'aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'summary', 'heading'])
const word = /\p{L}{2,}/u

export function readSource(root: string, path: string): Source {
  const code = readFileSync(join(root, path), 'utf8')
  const { program, errors } = parseSync(path, code)
  if (errors[0] !== undefined) return { path, imports: [], words: [], unreadable: errors[0].message }
  const imports: Found[] = []
  const words: Found[] = []
  const add = (list: Found[], text: unknown, start: number) => {
    if (typeof text === 'string') list.push({ text, line: code.slice(0, start).split('\n').length })
  }
  const literal = (node: object | null | undefined) => node && 'value' in node ? node.value : undefined
  new Visitor({
    ImportDeclaration: (node) => add(imports, node.source.value, node.start),
    ExportAllDeclaration: (node) => add(imports, node.source.value, node.start),
    ExportNamedDeclaration: (node) => add(imports, node.source?.value, node.start),
    ImportExpression: (node) => add(imports, literal(node.source), node.start),
    TSImportType: (node) => add(imports, node.source.value, node.start),
    CallExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') add(imports, literal(node.arguments[0]), node.start)
    },
    JSXText: (node) => {
      if (word.test(node.value)) add(words, node.value.trim(), node.start)
    },
    JSXAttribute: (node) => {
      const value = node.value?.type === 'JSXExpressionContainer' ? literal(node.value.expression) : literal(node.value)
      if (node.name.type === 'JSXIdentifier' && shownAttributes.has(node.name.name) && typeof value === 'string' && word.test(value)) add(words, value, node.start)
    },
  }).visit(program)
  return { path, imports, words }
}
