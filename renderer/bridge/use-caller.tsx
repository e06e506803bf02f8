/** The caller, within reach of every component. */
import { createContext, useContext, useEffect, useEffectEvent, type ReactNode } from 'react'
import type { Caller } from '../../shared/contract/caller.ts'
import type { EventData, EventName } from '../../shared/contract/events.ts'

const CallerContext = createContext<Caller | null>(null)

export function CallerProvider(props: { readonly caller: Caller; readonly children: ReactNode }) {
  return <CallerContext value={props.caller}>{props.children}</CallerContext>
}

export function useCaller(): Caller {
  const caller = useContext(CallerContext)
  if (caller === null) throw new Error('no CallerProvider above this component')
  return caller
}

/** Calls `listener` for every such event while the component is shown. */
export function useEvent<E extends EventName>(event: E, listener: (data: EventData<E>) => void): void {
  const caller = useCaller()
  const latest = useEffectEvent(listener)
  useEffect(() => caller.on(event, (data) => latest(data)), [caller, event])
}
