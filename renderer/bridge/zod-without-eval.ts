/**
 * Imported before any schema is built: zod otherwise compiles its parsers with `Function`, which the window's content
 * security policy forbids.
 */
import { z } from 'zod'

z.config({ jitless: true })
