/** The bytes of the message a server knows by `id`: always the same, so that what was stored can be compared. */
export function bodyOf(id: string): Buffer {
  const header = Buffer.from(`From: ${id}@shop.example\r\nSubject: ${id}\r\nDate: Sun, 22 Nov 2026 09:00:00 +0000\r\n\r\n`)
  const size = id === 'large' ? 150_000 : 2000
  return Buffer.concat([header, Buffer.from(Array.from({ length: size }, (_, index) => (index * 31 + id.length) % 256))])
}
