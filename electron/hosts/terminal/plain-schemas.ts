/**
 * Has schemas check what they are given step by step. Left alone, zod compiles each of them when it is first used: worth it in a
 * program that runs all day, and a tenth of the start of one that is over in half a second. To be called before any schema is made.
 */
export function keepSchemasPlain(): void {
  // What `z.config` changes, without loading zod: a schema reads it when it is made, and the bundle has all of them in one piece with zod.
  Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
}
