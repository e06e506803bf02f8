/**
 * Takes new messages into the records. A fetch does not wait for it (docs/decisions/contacts.md): what was filed stands in
 * `filing.until`, in the same transaction, so that every message is filed once, however often this is cut off.
 */
import { type Database, redoableTransaction, transaction } from '../storage/database.ts'

/** So few that nobody waits for longer than some ten milliseconds. */
const atOnce = 200

export type MailFiling = ReturnType<typeof mailFiling>

export function mailFiling(database: Database) {
  const until = database.prepare('SELECT until FROM filing')
  const end = database.prepare('SELECT max(id) AS id FROM (SELECT id FROM message WHERE id > ? ORDER BY id LIMIT ?)')
  const file = database.prepare(
    `INSERT INTO correspondence (key, direction, at, message_id, address, name, makes_contact)
     SELECT * FROM message_to_file WHERE message_id > ? AND message_id <= ? ON CONFLICT DO NOTHING`,
  )
  const setUntil = database.prepare('UPDATE filing SET until = ?')
  const knownOwn = database.prepare('SELECT 1 FROM own_address WHERE key = address_key(?)')
  const addOwn = database.prepare("INSERT INTO own_address SELECT address_key(?1) WHERE address_key(?1) <> ''")
  // Naming the column is what makes the trigger look again.
  const refileMessages = database.prepare('UPDATE message SET private = private WHERE id IN (SELECT message_id FROM correspondence WHERE key = address_key(?))')
  const refileOutgoing = database.prepare('UPDATE outgoing SET private = private WHERE id IN (SELECT outgoing_id FROM correspondence WHERE key = address_key(?))')

  /** False = there was nothing to do. */
  function fileSome(): boolean {
    const from = Number(until.get()?.['until'])
    const to = end.get(from, atOnce)?.['id']
    if (to === null || to === undefined) return false
    redoableTransaction(database, () => {
      file.run(from, Number(to))
      setUntil.run(Number(to))
    })
    return true
  }

  async function fileNewMail(): Promise<boolean> {
    let any = false
    while (database.isOpen && fileSome()) {
      any = true
      await new Promise((resolve) => setImmediate(resolve))
    }
    return any
  }

  /** What was somebody else's becomes one's own: such mail was sent, or is nobody's. */
  function setOwnAddresses(addresses: readonly string[]): void {
    const added = addresses.filter((address) => knownOwn.get(address) === undefined)
    if (added.length === 0) return
    transaction(database, () => {
      for (const address of added) {
        if (knownOwn.get(address) !== undefined) continue
        addOwn.run(address)
        refileMessages.run(address)
        refileOutgoing.run(address)
      }
    })
  }

  return { fileNewMail, setOwnAddresses }
}
