import type { Outcome } from '../../shared/failures/failure.ts'
export function writeDurably(_path: string, _bytes: string | Uint8Array): Promise<Outcome<void>> {
  throw new Error('being written')
}
