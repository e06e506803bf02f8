/**
 * Checks the tree against `house-rules.ts`, and answers with every breach in words. The type checker and oxlint do what they
 * can (foreign globals, floating promises, cycles, barrels); this does what neither can.
 */
import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, posix } from 'node:path'
import { barrel, emptyNames, machinePath, ownPackages, packages, registryHost, rooms, wordless } from './house-rules.ts'
import { readSource, type Source } from './source.ts'

/** @param files every file of the project, below `root`, with `/` */
export function checkHouse(root: string, files: readonly string[]): readonly string[] {
  const sources = files.filter((file) => /^(electron|renderer|shared)\/.*\.(ts|tsx)$/.test(file)).map((file) => readSource(root, file))
  const named = namedPackages(root)
  return [
    ...sources.flatMap(({ path, unreadable }) => (unreadable === undefined ? [] : [`${path} can't be parsed: ${unreadable}`])),
    ...sources.flatMap((source) => source.imports.flatMap(({ text, line }) => checkImport(named, source, text).map((breach) => `${source.path}:${line} ${breach}`))),
    ...sources.flatMap(checkWords),
    ...files.flatMap(checkName),
    ...checkProjects(root, files),
    ...files.flatMap((file) => checkText(root, file)),
  ]
}

function roomOf(path: string): string | undefined {
  return Object.keys(rooms).filter((room) => path.startsWith(`${room}/`)).sort((a, b) => b.length - a.length)[0]
}

function checkImport(named: ReadonlySet<string>, source: Source, imported: string): readonly string[] {
  const room = roomOf(source.path)
  if (room === undefined) return ['lies in no room of build/checks/house-rules.ts']
  if (!imported.startsWith('.')) return checkPackage(named, room, imported)
  const target = posix.join(posix.dirname(source.path), imported)
  const targetRoom = roomOf(target)
  if (targetRoom === room || (targetRoom !== undefined && rooms[room]?.includes(targetRoom))) return []
  return [`imports ${target}: ${room} may import only ${rooms[room]?.join(', ') || 'itself'}`]
}

function checkPackage(named: ReadonlySet<string>, room: string, imported: string): readonly string[] {
  const full = isBuiltin(imported) && !imported.startsWith('node:') ? `node:${imported}` : imported
  const name = full.split('/').slice(0, full.startsWith('@') ? 2 : 1).join('/')
  const own = ownPackages[room]
  if (own !== undefined && !own.includes(name)) return [`imports ${imported}: ${room} may import only ${own.join(', ')}`]
  const allowed = packages[full] ?? packages[name]
  if (allowed !== undefined && !allowed.includes(room)) return [`imports ${imported}, which only ${allowed.join(', ')} may`]
  if (isBuiltin(full) || named.has(name)) return []
  return [`imports ${imported}, which package.json does not name`]
}

function namedPackages(root: string): ReadonlySet<string> {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Readonly<Record<string, Readonly<Record<string, string>> | undefined>>
  return new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)])
}

function checkWords(source: Source): readonly string[] {
  const counts = wordless.rooms.some((room) => source.path.startsWith(`${room}/`)) && !wordless.except.some((room) => source.path.startsWith(`${room}/`))
  return counts ? source.words.map(({ text, line }) => `${source.path}:${line} shows words of its own, "${text}": they belong into renderer/text, in every language`) : []
}

function checkName(file: string): readonly string[] {
  if (file.startsWith('test/servers/templates/')) return []
  if (barrel.test(file)) return [`${file} is a barrel file: import from where a thing is`]
  return emptyNames.test(file) ? [`${file} has a name that says nothing about what is in it`] : []
}

interface Project {
  readonly references?: readonly { readonly path: string }[]
}

function checkProjects(root: string, files: readonly string[]): readonly string[] {
  const project = (folder: string) => JSON.parse(readFileSync(join(root, folder, 'tsconfig.json'), 'utf8')) as Project
  const referencesOf = (folder: string) => (project(folder).references ?? []).map(({ path }) => posix.join(folder, path).replace(/\/$/, ''))
  const checked = new Set(referencesOf('.'))
  const present = files.filter((file) => file.endsWith('/tsconfig.json')).map((file) => posix.dirname(file))
  return [
    ...present.filter((folder) => !checked.has(folder)).map((folder) => `tsconfig.json does not refer to ${folder}: nobody type-checks it`),
    ...present.filter((folder) => folder in rooms).flatMap((room) => {
      const drawn = [...rooms[room] ?? []].sort().join(', ')
      const referred = referencesOf(room).sort().join(', ')
      return drawn === referred ? [] : [`${room}/tsconfig.json refers to ${referred || 'nothing'}, build/checks/house-rules.ts draws ${drawn || 'nothing'}`]
    }),
    ...present.filter((folder) => /^(electron|renderer|shared)/.test(folder) && !(folder in rooms)).map((folder) => `${folder} is a room that build/checks/house-rules.ts does not draw`),
  ]
}

const binary = /\.(png|ico|icns|pdf|eml|zip|gz|woff2?)$/

function checkText(root: string, file: string): readonly string[] {
  if (binary.test(file)) return []
  const text = readFileSync(join(root, file), 'utf8')
  const breaches = text.split('\n').flatMap((line, at) => {
    if (machinePath.test(line)) return [`${file}:${at + 1} names a path of one machine`]
    return registryHost.test(line) ? [`${file}:${at + 1} names a registry host`] : []
  })
  if (/(^|\/)package-lock\.json$/.test(file) && /"resolved":/.test(text)) return [...breaches, `${file} says where packages came from ("resolved")`]
  return breaches
}

