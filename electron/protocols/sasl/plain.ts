/** PLAIN (RFC 4616) and LOGIN (never standardised; draft-murchison-sasl-login): the password itself, for encrypted connections. */
import type { Mechanism } from './mechanism.ts'

const always = () => true

export function plain(userName: string, password: string): Mechanism {
  return { name: 'PLAIN', clearText: true, usesToken: false, initial: Buffer.from(`\0${userName}\0${password}`), respond: async () => null, proven: always }
}

/** Prompts are free text and differ between servers: the first asks for the name, the second for the password. */
export function login(userName: string, password: string): Mechanism {
  const answers = [userName, password]
  return {
    name: 'LOGIN',
    clearText: true,
    usesToken: false,
    initial: null,
    respond: async () => {
      const answer = answers.shift()
      return answer === undefined ? null : Buffer.from(answer)
    },
    proven: always,
  }
}
