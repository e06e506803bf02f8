/** Compares the stored mail with its index; with `rebuild`, puts the index right by the message files (PRODUCT C3). */
import { done } from '../../../shared/failures/failure.ts'
import { emptyStoreReport, type StoreReport } from '../../../shared/model/store-findings.ts'
import type { MailStore } from '../../mail/mail-store.ts'
import type { Work } from '../job-engine.ts'

export function examineMail(mail: Pick<MailStore, 'examine'>, rebuild: boolean): Work<'doctor'> {
  const detail = (report: StoreReport) => ({ kind: 'doctor' as const, rebuild, report })
  return {
    kind: 'doctor',
    accountId: null,
    begin: detail(emptyStoreReport),
    lane: 'doctor',
    async run({ signal, report }) {
      let total: number | null = null
      const examined = await mail.examine({
        rebuild,
        signal,
        progress(looked, of, soFar) {
          total = of
          report({ done: looked, total: of }, detail(soFar))
        },
      })
      if (!examined.ok) return examined
      report({ done: total ?? 0, total }, detail(examined.value))
      return done(undefined)
    },
  }
}
