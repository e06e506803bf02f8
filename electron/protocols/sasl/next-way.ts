/**
 * Which way to sign in comes next (docs/decisions/signing-in.md). Strongest first. A server may announce what it cannot do for every
 * user, so a refusal is not always about the password; but a wrong password that is put to the test too often locks the account.
 *
 *   refused before the password was tested (no SCRAM for this user)  ─▶ the next one, as if that had not been there
 *   refused by SCRAM, with the server's challenge answered           ─▶ once more, by the password itself if it may be told
 *   the same with channel binding                                    ─▶ with the other binding there is; then no other way: somebody
 *                                                                       may stand in between
 *   refused by another challenge (DIGEST-MD5, CRAM-MD5, APOP)        ─▶ the next family
 *   the password itself was refused                                  ─▶ no other way
 *   three tests                                                      ─▶ no other way
 */
import type { Way } from './way.ts'

const mostTests = 3

export interface Tried {
  readonly way: Way
  /** The server got what it can judge the password by. */
  readonly tested: boolean
}

/** `ways`: those that may be used, strongest first. */
export function nextWay(ways: readonly Way[], tried: readonly Tried[]): Way | undefined {
  const tests = tried.filter(({ tested }) => tested).map(({ way }) => way)
  if (tests.length >= mostTests || tests.some((way) => way.clearText)) return undefined
  const bound = tests.filter(isBound)
  if (bound.length > 0) return ways.find((way) => isBound(way) && way.name === bound[0]?.name && bound.every(({ boundBy }) => boundBy !== way.boundBy))
  const left = ways.filter((way) => !tried.some((one) => isAnswered(way, one)))
  const asItIs = tests.some(isScram) || tests.length === mostTests - 1 ? left.find(({ clearText }) => clearText) : undefined
  return asItIs ?? left[0]
}

/** Would trying this one be doing the same again? */
function isAnswered(way: Way, { way: before, tested }: Tried): boolean {
  if (way.name === before.name) return true
  if (!isScram(way) || !isScram(before)) return false
  // Who has no SCRAM with this hash has none without channel binding either.
  return tested || hashOf(way) === hashOf(before)
}

const isScram = ({ name }: Way) => name.startsWith('SCRAM-')
const isBound = ({ name }: Way) => name.endsWith('-PLUS')
const hashOf = ({ name }: Way) => name.replace(/-PLUS$/, '')
