/**
 * imapflow on a connection that is already dialled, secured and signed in. imapflow's own connect() would dial and upgrade by
 * itself: without the certificate trusted by fingerprint, without a refusal of early data that can be told apart, and with
 * only four of the sign-in mechanisms. See docs/decisions/one-way-to-connect.md.
 *
 * What is used of imapflow's inside is written down below and is checked against a real server by the protocol tests; the
 * version is pinned.
 */
import type net from 'node:net'
import type { ImapFlow, ImapFlowOptions } from 'imapflow'

/** The part of connect() that comes after signing in. */
interface Inside {
  _connectCalled: boolean
  greetingReceived: boolean
  authenticated: boolean
  state: unknown
  readonly states: { readonly AUTHENTICATED: unknown }
  socket: net.Socket
  writeSocket: net.Socket
  readonly streamer: NodeJS.WritableStream
  readonly untaggedHandlers: Record<string, (...args: readonly unknown[]) => unknown>
  readonly sectionHandlers: Record<string, (...args: readonly unknown[]) => unknown>
  configureSocket(socket: net.Socket): void
  setSocketHandlers(): void
  setEventHandlers(): void
  startSession(): Promise<void>
  serverBye(...args: readonly unknown[]): unknown
  untaggedCapability(untagged: unknown): unknown
  sectionCapability(section: unknown): unknown
  untaggedExists(untagged: unknown): unknown
  untaggedExpunge(untagged: unknown): unknown
  untaggedFetch(untagged: unknown): unknown
  untaggedVanished(untagged: unknown): unknown
}

export async function attachImapFlow(Flow: new (options: ImapFlowOptions) => ImapFlow, options: ImapFlowOptions, socket: net.Socket, onError: (error: unknown) => void): Promise<ImapFlow> {
  const client = new Flow(options)
  // Without a listener a reset connection ends the program.
  client.on('error', onError)
  const inside = client as unknown as Inside
  inside._connectCalled = true
  inside.greetingReceived = true
  inside.untaggedHandlers['BYE'] = (...args) => inside.serverBye(...args)
  inside.untaggedHandlers['CAPABILITY'] = (untagged) => inside.untaggedCapability(untagged)
  inside.sectionHandlers['CAPABILITY'] = (section) => inside.sectionCapability(section)
  inside.untaggedHandlers['EXISTS'] = (untagged) => inside.untaggedExists(untagged)
  inside.untaggedHandlers['EXPUNGE'] = (untagged) => inside.untaggedExpunge(untagged)
  inside.untaggedHandlers['FETCH'] = (untagged) => inside.untaggedFetch(untagged)
  inside.untaggedHandlers['VANISHED'] = (untagged) => inside.untaggedVanished(untagged)
  inside.socket = socket
  inside.writeSocket = socket
  inside.state = inside.states.AUTHENTICATED
  inside.authenticated = true
  inside.configureSocket(socket)
  inside.setSocketHandlers()
  inside.setEventHandlers()
  socket.pipe(inside.streamer)
  await inside.startSession()
  return client
}
