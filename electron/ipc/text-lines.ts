/** Texts over a stream of bytes: one per line, as JSON has no line breaks of its own. A line beyond `longest` is reported, not kept. */
import type { Socket } from 'node:net'
import { StringDecoder } from 'node:string_decoder'

export function onLines(socket: Socket, longest: number, onLine: (line: string) => void, onTooLong: () => void): void {
  const decoder = new StringDecoder('utf8')
  let pieces: string[] = []
  let length = 0
  socket.on('data', (bytes: Buffer) => {
    const lines = decoder.write(bytes).split('\n')
    for (const [index, line] of lines.entries()) {
      length += line.length
      if (length > longest) return onTooLong()
      pieces.push(line)
      if (index === lines.length - 1) return
      const whole = pieces.join('')
      pieces = []
      length = 0
      onLine(whole)
    }
  })
}
