/** What is wrong with a new passphrase, typed twice, beside its field. Ten characters is the contract's own minimum. */
export interface PassphraseTyped {
  readonly first: string
  readonly second: string
}

export interface PassphraseProblems {
  readonly first?: 'passphrase-short' | 'too-long'
  readonly second?: 'differs'
}

const shortest = 10
const longest = 1024

export function passphraseProblems(typed: PassphraseTyped): PassphraseProblems {
  if (typed.first.length < shortest) return { first: 'passphrase-short' }
  if (typed.first.length > longest) return { first: 'too-long' }
  return typed.first === typed.second ? {} : { second: 'differs' }
}
