/** One way to sign in, and what became of it. */
import type { Failure, Outcome } from '../../../shared/failures/failure.ts'
import type { Mechanism } from './mechanism.ts'

/** `tested`: the server got what it can judge the password by. */
export type Verdict = { readonly kind: 'accepted' } | { readonly kind: 'refused'; readonly failure: Failure; readonly tested: boolean }

/** A SASL mechanism or a command of the protocol's own (USER/PASS, APOP, LOGIN). Strongest first in a list. */
export interface Way {
  readonly name: string
  readonly clearText: boolean
  readonly boundBy?: Mechanism['boundBy']
  /** Not ok = the connection is of no more use. */
  attempt(): Promise<Outcome<Verdict>>
}
