import { expect, test } from 'vitest'
import { asksForCommand, commandNames } from '../../../electron/hosts/terminal/command-names.ts'
import { declareProgram } from '../../../electron/hosts/terminal/program.ts'
import { terminalWords } from '../../../shared/words/terminal.ts'
import { actionWords } from '../../../shared/words/terminal-actions.ts'
import { commandLineWords } from '../../../shared/words/command-line.ts'

test('the commands known without loading them are the commands there are', () => {
  const nothing = async () => undefined
  const program = declareProgram({ words: terminalWords.en, frame: commandLineWords.en, actions: actionWords.en, version: '0', run: nothing, runDemo: nothing, write: () => undefined, writeError: () => undefined })
  expect([...commandNames].filter((name) => name !== 'help').sort()).toEqual(program.commands.map((command) => command.name()).sort())
})

test('a command is told from what opens the window', () => {
  for (const words of [['accounts', 'list'], ['--data', '/d', '--json', 'fetch', '--all'], ['--version'], ['sendmail', '-t']]) expect([words, asksForCommand(words)]).toEqual([words, true])
  for (const words of [[], ['--minimised'], ['--data', 'mail'], ['--data', 'send', '--minimised'], ['--no-sandbox'], ['mailto:ann@example.org']]) expect([words, asksForCommand(words)]).toEqual([words, false])
})
