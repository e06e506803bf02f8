/** Messages on disk, counted by their files. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export function makeMaildir(path: string): string {
  for (const part of ['tmp', 'new', 'cur']) mkdirSync(join(path, part), { recursive: true, mode: 0o700 })
  return path
}

export function countMaildir(path: string): number {
  return ['new', 'cur'].reduce((sum, part) => sum + (existsSync(join(path, part)) ? readdirSync(join(path, part)).length : 0), 0)
}

export function countBelow(path: string, ending: string): number {
  if (!existsSync(path)) return 0
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(ending)).length
}
