/** What answers the contract's methods: one function per method, its types taken from the schemas. */
import type { MethodName, ParsedParams, Result } from '../../shared/contract/methods.ts'
import type { Outcome } from '../../shared/failures/failure.ts'

export type Handlers = {
  readonly [M in MethodName]: (params: ParsedParams<M>) => Outcome<Result<M>> | Promise<Outcome<Result<M>>>
}

/** The methods of one area, such as `mail.…`: one file in `handlers/` each. */
export type HandlersOf<Area extends string> = Pick<Handlers, Extract<MethodName, `${Area}.${string}`>>
