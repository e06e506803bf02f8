/**
 * `npm run bench -- NAME [--json FILE] [--quick] [--only TEXT] [--dir FOLDER]`: runs one bench, prints its tables on standard
 * output and its progress on standard error, and writes its figures as JSON. Ends with 0 when Mailroom itself failed nowhere.
 */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { BenchOptions, BenchResult } from './bench-options.ts'

/** As in sysexits.h. */
const [usage, unavailable] = [64, 69]

const benches: Readonly<Record<string, (options: BenchOptions) => Promise<BenchResult>>> = {
  async batch(options) {
    const { benchBatch } = await import('./batch/bench-batch.ts')
    return benchBatch(options)
  },
  async bounces(options) {
    const { benchBounces } = await import('./bounces/bench-bounces.ts')
    return benchBounces(options)
  },
  async detect(options) {
    const { benchDetect } = await import('./detect/bench-detect.ts')
    return benchDetect(options)
  },
  async fetch(options) {
    const { benchFetch } = await import('./fetch/bench-fetch.ts')
    const rows = await benchFetch(options)
    return { rows, failed: rows.some(({ contender, failure }) => failure !== undefined && contender.startsWith('mailroom')) }
  },
  async list(options) {
    const { benchList } = await import('./list/bench-list.ts')
    return { rows: await benchList(options), failed: false }
  },
  async send(options) {
    const { benchSend } = await import('./send/bench-send.ts')
    const rows = await benchSend(options)
    return { rows, failed: rows.some(({ contender, failure }) => failure !== undefined && contender === 'mailroom') }
  },
  async providers(options) {
    const { benchProviders } = await import('./providers/bench-providers.ts')
    return benchProviders(options)
  },
  async search(options) {
    const { benchSearch } = await import('./search/bench-search.ts')
    return benchSearch(options)
  },
}

// Ending in order ends the servers and removes what was written. A signal may come twice, from a terminal and from npm: the second must not cut that short.
for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) process.on(signal, () => process.exit(code))
process.exit(await run(process.argv.slice(2)))

async function run(words: readonly string[]): Promise<number> {
  const say = (text: string) => console.error(`bench: ${text}`)
  const given = read(words)
  const bench = benches[given?.name ?? '']
  if (given === null || bench === undefined) {
    say(`usage: npm run bench -- ${Object.keys(benches).join('|')} [--json FILE] [--quick] [--only "10000x4k pop3"] [--dir FOLDER]`)
    return usage
  }
  const { quick, only, dir, json } = given
  try {
    const { rows, failed } = await bench({ quick, only, dir, say, print: console.log })
    if (json !== null) writeFileSync(resolve(json), `${JSON.stringify(rows, null, 2)}\n`)
    return failed ? 1 : 0
  } catch (error) {
    say(error instanceof Error ? error.message : String(error))
    return unavailable
  }
}

function read(words: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options: { json: { type: 'string' }, quick: { type: 'boolean', default: false }, only: { type: 'string', default: '' }, dir: { type: 'string' } } })
    const [name, ...more] = positionals
    if (name === undefined || more.length > 0) return null
    return { name, quick: values.quick, only: values.only, dir: values.dir ?? null, json: values.json ?? null }
  } catch {
    return null
  }
}
