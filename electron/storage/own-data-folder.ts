import type { Outcome } from '../../shared/failures/failure.ts'
import type { DataFolder } from './data-folder.ts'

export interface OwnedDataFolder {
  release(): void
}
export function ownDataFolder(_folder: DataFolder): Outcome<OwnedDataFolder> {
  throw new Error('being written')
}
