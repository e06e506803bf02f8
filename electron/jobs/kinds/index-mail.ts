/**
 * Makes texts and attachments' names of messages findable, after they are safe (C7). Cut off anywhere, the next one goes on
 * where it was; a message whose text cannot be had is named, and costs the others nothing.
 */
import type { JobDetail } from '../../../shared/model/job.ts'
import type { MailStore } from '../../mail/mail-store.ts'
import type { Work } from '../job-engine.ts'

export interface IndexParts {
  readonly mail: Pick<MailStore, 'index'>
}

/** So many are named. */
const namesLimit = 100

export function indexMail({ mail }: IndexParts): Work<'index'> {
  return {
    kind: 'index',
    accountId: null,
    begin: { kind: 'index', indexed: 0, skipped: [] },
    lane: 'index',
    // It takes in what came meanwhile.
    serves: () => true,
    run({ signal, report }) {
      let detail: Extract<JobDetail, { kind: 'index' }> = { kind: 'index', indexed: 0, skipped: [] }
      let handled = 0
      let total = 0
      const tell = (count: number, change: Partial<typeof detail>) => {
        handled += count
        detail = { ...detail, ...change }
        report({ done: handled, total: Math.max(total, handled) }, detail)
      }
      return mail.index({
        signal,
        tell(news) {
          if (news.is === 'waiting') {
            total = handled + news.count
            tell(0, {})
          } else if (news.is === 'indexed') tell(news.count, { indexed: detail.indexed + news.count })
          else tell(1, { skipped: [...detail.skipped, news.subject].slice(0, namesLimit) })
        },
      })
    },
  }
}
