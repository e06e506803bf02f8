/** A whole look-up, as the program makes it, within an Internet that is played. */
import { createDomainRecords } from '../../electron/discovery/domain-records.ts'
import { lookUp } from '../../electron/discovery/look-up.ts'
import { openHttps } from '../../electron/protocols/net/https-request.ts'
import { probeServer } from '../../electron/protocols/probe-server.ts'
import type { Findings } from '../../shared/model/findings.ts'
import { type Preferences, preferencesSchema } from '../../shared/model/preferences.ts'
import type { PlayedInternet } from './played-internet.ts'

export interface Looking {
  readonly allowed?: Partial<Pick<Preferences, 'lookUps' | 'tellAddress'>>
  readonly onChange?: (findings: Findings) => void
  readonly address?: string
}

const usual = preferencesSchema.parse({})

export function lookUpIn(internet: PlayedInternet, { allowed = {}, onChange = () => {}, address = 'jan@shop.example' }: Looking = {}): Promise<Findings> {
  const names = createDomainRecords([internet.nameServer.address])
  return lookUp(
    { probeServer, names, openWeb: (signal, lookUpName) => openHttps({ timeoutSeconds: 5, signal, lookUp: lookUpName }), allowed: () => ({ ...usual, ...allowed }) },
    address, onChange, new AbortController().signal,
  )
}
