/** A time on a command line: with a zone, or without one and then of this computer. */
import { done, failed, type Outcome } from '../../../shared/failures/failure.ts'

/** → ISO 8601 in UTC; left out = null. A time that is none is refused: it was meant. */
export function timeFrom(option: string, text: string | undefined): Outcome<string | null> {
  if (text === undefined) return done(null)
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[-+]\d\d:\d\d)?$/.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? failed('input.invalid', { fields: [{ path: `${option} ${text}`, problem: 'not-a-time' }] }) : done(new Date(time).toISOString())
}
