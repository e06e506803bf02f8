/**
 * What only the two ends of this very TLS connection know (RFC 5056): a sign-in that includes it cannot be passed on by
 * somebody in the middle. TLS 1.3 has `tls-exporter` (RFC 9266), TLS 1.2 `tls-unique` (RFC 5929 section 3), which are also
 * what servers take by default. Cyrus 3.6 knows `tls-unique` alone and goes by it over TLS 1.3 too, whose Finished messages are
 * this connection's own as well. Never after a resumed session: none is resumed here.
 */
import type net from 'node:net'
import { TLSSocket } from 'node:tls'

export interface ChannelBinding {
  readonly type: 'tls-exporter' | 'tls-unique'
  readonly data: Buffer
}

/** The one to begin with first; none = a connection in clear, or one that gives none. */
export function channelBindingsOf(socket: net.Socket): readonly ChannelBinding[] {
  if (!(socket instanceof TLSSocket)) return []
  const finished = socket.isSessionReused() ? undefined : socket.getFinished()
  const unique = finished === undefined ? [] : [{ type: 'tls-unique', data: finished } as const]
  if (socket.getProtocol() !== 'TLSv1.3') return unique
  return [{ type: 'tls-exporter', data: socket.exportKeyingMaterial(32, 'EXPORTER-Channel-Binding', Buffer.alloc(0)) }, ...unique]
}
