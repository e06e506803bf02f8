/** Tells whether a file is still what it was when somebody looked at it. */
import { stat } from 'node:fs/promises'

export interface FileFacts {
  readonly ino: bigint
  readonly size: bigint
  readonly mtimeNs: bigint
}

export function stampOf({ ino, size, mtimeNs }: FileFacts): string {
  return `${ino}-${size}-${mtimeNs}`
}

/** null = it is not there any more. */
export async function stampAt(path: string): Promise<string | null> {
  return stat(path, { bigint: true }).then(stampOf, () => null)
}
