/** How a method or an event of the contract is written down: once, as schemas; every type is inferred from them. */
import type { z } from 'zod'

export interface MethodSchemas<P extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  /** Parsed when a call comes in. */
  readonly params: P
  /** Parsed before an answer goes out. */
  readonly result: R
}

export function method<P extends z.ZodType, R extends z.ZodType>(params: P, result: R): MethodSchemas<P, R> {
  return { params, result }
}
