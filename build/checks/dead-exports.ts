/**
 * What is exported and imported nowhere: it looks as if others relied on it, and nobody dares to change it. Types are let be: those of a
 * function's parameters are part of what it is, whether somebody names them or not.
 */
import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync, Visitor } from 'vite'

/** Called by name by a program that is not ours. */
const calledFromOutside: ReadonlySet<string> = new Set(['test/servers/start-cyrus.ts setup', 'test/servers/start-lab.ts setup'])

interface Traffic {
  readonly path: string
  readonly exports: readonly { readonly name: string; readonly line: number }[]
  /** `FILE NAME`, or `FILE *` for all of a file. */
  readonly imports: readonly string[]
}

/** @param files every file of the project, below `root`, with `/` */
export function findDeadExports(root: string, files: readonly string[]): readonly string[] {
  const traffic = files.filter((file) => /^(electron|renderer|shared|build|test)\/.*\.(ts|tsx|mjs)$/.test(file)).map((file) => trafficOf(root, file))
  const imported = new Set(traffic.flatMap(({ imports }) => imports))
  return traffic.flatMap(({ path, exports }) =>
    exports.filter(({ name }) => ![`${path} ${name}`, `${path} *`].some((used) => imported.has(used)) && !calledFromOutside.has(`${path} ${name}`))
      .map(({ name, line }) => `${path}:${line} exports ${name}, which nobody imports`))
}

function trafficOf(root: string, path: string): Traffic {
  const code = readFileSync(join(root, path), 'utf8')
  const exports: { name: string; line: number }[] = []
  const imports: string[] = []
  const take = (from: string, name: string) => void imports.push(`${posix.join(posix.dirname(path), from)} ${name}`)
  const give = (name: string, start: number) => void exports.push({ name, line: code.slice(0, start).split('\n').length })
  new Visitor({
    ImportDeclaration({ source, specifiers }) {
      for (const one of specifiers) take(source.value, one.type === 'ImportSpecifier' && one.imported.type === 'Identifier' ? one.imported.name : '*')
    },
    ImportExpression({ source }) {
      if (source.type === 'Literal' && typeof source.value === 'string') take(source.value, '*')
    },
    TSImportType: ({ source }) => take(source.value, '*'),
    ExportAllDeclaration: ({ source }) => take(source.value, '*'),
    ExportNamedDeclaration({ declaration, source, specifiers, start }) {
      for (const { local } of specifiers) if (source !== null && local.type === 'Identifier') take(source.value, local.name)
      if (declaration?.type === 'VariableDeclaration') {
        for (const { id } of declaration.declarations) if (id.type === 'Identifier') give(id.name, start)
      } else if ((declaration?.type === 'FunctionDeclaration' || declaration?.type === 'ClassDeclaration') && declaration.id !== null) give(declaration.id.name, start)
    },
  }).visit(parseSync(path, code).program)
  return { path, exports, imports }
}
