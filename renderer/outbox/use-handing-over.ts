/** The files of a mail on their way into Mailroom: several at a time, each stoppable; all discarded when the mail is not sent. */
import { useCallback, useEffect, useRef } from 'react'
import { useCaller } from '../bridge/use-caller.tsx'
import type { ComposeAction, ComposeFile } from './compose-state.ts'
import { handOverFile } from './hand-over-file.ts'

export interface HandingOver {
  attach(files: readonly File[]): void
  remove(file: ComposeFile): void
  /** Stops what is on its way and gives back what had arrived. */
  discardAll(files: readonly ComposeFile[]): void
}

export function useHandingOver(change: (action: ComposeAction) => void): HandingOver {
  const caller = useCaller()
  const running = useRef(new Map<string, AbortController>())
  const made = useRef(0)

  const attach = useCallback(
    (files: readonly File[]) => {
      const keyed = files.map((file) => ({ file, key: `file-${String(++made.current)}` }))
      change({ do: 'attach', files: keyed.map(({ file, key }) => ({ key, name: file.name, size: file.size })) })
      for (const { file, key } of keyed) {
        const stop = new AbortController()
        running.current.set(key, stop)
        void handOverFile(caller, file, { signal: stop.signal, onProgress: (bytes) => change({ do: 'handed', key, bytes }) }).then((outcome) => {
          running.current.delete(key)
          if (outcome.ok) change({ do: 'file-done', key, handle: outcome.value.handle })
          else if (outcome.failure.code !== 'job.cancelled') change({ do: 'file-failed', key, failure: outcome.failure })
        })
      }
    },
    [caller, change],
  )
  const giveBack = useCallback(
    (file: ComposeFile) => {
      running.current.get(file.key)?.abort()
      if (file.handle !== null) void caller.call('files.discard', { handle: file.handle })
    },
    [caller],
  )
  const remove = useCallback(
    (file: ComposeFile) => {
      giveBack(file)
      change({ do: 'detach', key: file.key })
    },
    [change, giveBack],
  )
  useEffect(() => {
    const all = running.current
    return () => all.forEach((stop) => stop.abort())
  }, [])

  return { attach, remove, discardAll: (files) => files.forEach(giveBack) }
}
