/** What a data folder holds, as it lies on the disk. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export async function everyFile(root: string): Promise<readonly { readonly path: string; readonly bytes: Buffer }[]> {
  const entries = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  return Promise.all(entries.map(async ({ parentPath, name }) => ({ path: join(parentPath, name), bytes: await readFile(join(parentPath, name)) })))
}

/** The received messages in a data folder. */
export async function storedIn(root: string): Promise<readonly Buffer[]> {
  return (await everyFile(join(root, 'mail'))).filter(({ path }) => path.endsWith('.eml')).map(({ bytes }) => bytes)
}
