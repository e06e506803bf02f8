/** What the program needs from whatever it runs in: Electron, a Chromium window, or a terminal. */
import type { Capabilities } from '../../shared/contract/methods.ts'

export interface Host {
  readonly name: 'electron' | 'chromium' | 'terminal'
  readonly capabilities: Capabilities
  /** BCP 47, the system's. */
  readonly locale: string
  /** Opens an https or mailto link outside Mailroom. */
  openLink(url: string): Promise<void>
  openFolder(path: string): Promise<void>
  showWindow(): void
  /** A system notification; does nothing where `capabilities.notifications` is false. */
  notify(title: string, body: string): void
  /** Unread messages on the program's icon, where the system shows that. */
  badge(count: number): void
  startWithSystem(on: boolean, minimised: boolean): void
  /** Called when the machine woke up, and when its network came or changed. Answers with a function that stops listening. */
  onMachine(listener: (event: 'wake' | 'network') => void): () => void
}
