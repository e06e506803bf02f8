/**
 * `npm run bench -- NAME [--json FILE] [--quick] [--only TEXT]`: runs one bench, prints its tables on standard output and its
 * progress on standard error, and writes all medians as JSON. Ends with 0 when Mailroom itself failed nowhere.
 */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { BenchOptions } from './bench-options.ts'
import type { ResultRow } from './fetch/result-row.ts'

/** As in sysexits.h. */
const [usage, unavailable] = [64, 69]

const benches: Readonly<Record<string, () => Promise<(options: BenchOptions) => Promise<readonly ResultRow[]>>>> = {
  fetch: async () => (await import('./fetch/bench-fetch.ts')).benchFetch,
}

// Ending in order ends the servers and removes what was written. A signal may come twice, from a terminal and from npm: the second must not cut that short.
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) process.on(signal, () => process.exit(code))
process.exit(await run(process.argv.slice(2)))

async function run(words: readonly string[]): Promise<number> {
  const say = (text: string) => console.error(`bench: ${text}`)
  const given = read(words)
  const bench = benches[given?.name ?? '']
  if (given === null || bench === undefined) {
    say(`usage: npm run bench -- ${Object.keys(benches).join('|')} [--json FILE] [--quick] [--only "10000x4k pop3"]`)
    return usage
  }
  const { quick, only, json } = given
  try {
    const rows = await (await bench())({ quick, only, say, print: console.log })
    if (json !== null) writeFileSync(resolve(json), `${JSON.stringify(rows, null, 2)}\n`)
    return rows.some(({ contender, failure }) => failure !== undefined && contender.startsWith('mailroom')) ? 1 : 0
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    return unavailable
  }
}

function read(words: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options: { json: { type: 'string' }, quick: { type: 'boolean', default: false }, only: { type: 'string', default: '' } } })
    const [name, ...more] = positionals
    if (name === undefined || more.length > 0) return null
    return { name, quick: values.quick, only: values.only, json: values.json ?? null }
  } catch {
    return null
  }
}
