/** Opens a link or a folder with the system's own program. No shell is involved, so nothing in the text can become a command. */
import { spawn } from 'node:child_process'

function opener(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open']
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return ['xdg-open']
}

/** Resolves when the program was started; rejects when the system has none. */
export function openOutside(subject: string, platform = process.platform): Promise<void> {
  const [program, ...first] = opener(platform)
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...first, subject], { stdio: 'ignore', detached: true })
    child.once('error', reject)
    child.once('spawn', () => {
      child.unref()
      resolve()
    })
  })
}
