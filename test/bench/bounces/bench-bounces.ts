/**
 * `npm run bench -- bounces --dir FOLDER`: how many of the returned mails in a folder (`*.eml` and `expected.json`) are read right,
 * and how long one takes. What the folder does not expect anything of counts as no bounce. Nothing of it is kept.
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { BenchOptions, BenchResult } from '../bench-options.ts'
import { rounded } from '../statistics.ts'
import { scoreBounces, type FileScore, type Kind } from './score-bounces.ts'

const kinds: readonly Kind[] = ['hard', 'temporary', 'delivered', 'no-bounce']

export async function benchBounces({ dir, only, print }: BenchOptions): Promise<BenchResult> {
  if (dir === null || !existsSync(join(resolve(dir), 'expected.json'))) throw new Error('bounces needs --dir FOLDER: *.eml files and their expected.json')
  const scores = scoreBounces(resolve(dir)).filter(({ file }) => file.includes(only))
  const wrong = scores.filter((score) => score.right < score.expected.length || score.recipientRight === false)
  for (const score of wrong) print(lineOf(score))
  const figures = figuresOf(scores)
  print(`${figures.rightPercent} % right (${figures.right} of ${figures.entries} recipients in ${scores.length} mails); recipient named right in ${figures.recipientsRight} of ${figures.recipientsNamed} (${figures.recipientsPercent} %)`)
  for (const kind of kinds) print(`  ${kind.padEnd(10)} ${String(figures.byKind[kind].right).padStart(4)} of ${figures.byKind[kind].expected}`)
  print(`called a bounce and none: ${figures.falseBounces}. Time a mail: ${figures.meanMilliseconds} ms in the mean, ${figures.slowestMilliseconds} ms at most`)
  return { rows: [figures, ...scores.map(({ read: _read, ...score }) => ({ ...score, milliseconds: rounded(score.milliseconds) }))], failed: false }
}

function figuresOf(scores: readonly FileScore[]) {
  const sum = (value: (score: FileScore) => number) => scores.reduce((total, score) => total + value(score), 0)
  const [entries, right] = [sum(({ expected }) => expected.length), sum((score) => score.right)]
  const named = scores.filter(({ recipientRight }) => recipientRight !== null)
  const recipientsRight = named.filter(({ recipientRight }) => recipientRight).length
  const times = scores.map(({ milliseconds }) => milliseconds)
  return {
    mails: scores.length, entries, right, rightPercent: percent(right, entries),
    recipientsNamed: named.length, recipientsRight, recipientsPercent: percent(recipientsRight, named.length),
    falseBounces: scores.filter(isFalseBounce).length,
    byKind: Object.fromEntries(kinds.map((kind) => [kind, { expected: sum(({ expected }) => count(expected, kind)), right: sum(({ expected, found }) => Math.min(count(expected, kind), count(found, kind))) }])) as Record<Kind, { readonly expected: number; readonly right: number }>,
    meanMilliseconds: rounded(times.reduce((total, time) => total + time, 0) / Math.max(times.length, 1)), slowestMilliseconds: rounded(Math.max(0, ...times)),
  }
}

/** What arrived, or is no report at all, must never be shown as a bounce. */
function isFalseBounce({ expected, found }: FileScore): boolean {
  return expected.every((kind) => kind === 'no-bounce' || kind === 'delivered') && found.some((kind) => kind === 'hard' || kind === 'temporary')
}

function count(list: readonly Kind[], kind: Kind): number {
  return list.filter((one) => one === kind).length
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.round((part / whole) * 1000) / 10
}

function lineOf({ file, expected, found, recipientRight, read }: FileScore): string {
  const recipients = read.is === 'delivery-report' ? read.recipients.map(({ recipient, status, cause }) => `${recipient ?? '?'} ${status ?? '-'} ${cause ?? '-'}`).join('; ') : read.is
  return `${file}: expected ${expected.join(', ')}; found ${found.join(', ')}${recipientRight === false ? '; recipient not right' : ''} (${recipients})`
}
