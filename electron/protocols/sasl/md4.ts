/** MD4 (RFC 1320), which NTLM's password hash is made of and OpenSSL 3 no longer offers. For nothing else. */
const rounds = [
  { order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], shifts: [3, 7, 11, 19], constant: 0, mix: (x: number, y: number, z: number) => (x & y) | (~x & z) },
  { order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15], shifts: [3, 5, 9, 13], constant: 0x5a827999, mix: (x: number, y: number, z: number) => (x & y) | (x & z) | (y & z) },
  { order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15], shifts: [3, 9, 11, 15], constant: 0x6ed9eba1, mix: (x: number, y: number, z: number) => x ^ y ^ z },
] as const

export function md4(message: Buffer): Buffer {
  const padded = Buffer.alloc(((message.length + 8) >> 6) * 64 + 64)
  message.copy(padded)
  padded[message.length] = 0x80
  padded.writeUInt32LE((message.length * 8) >>> 0, padded.length - 8)
  padded.writeUInt32LE(Math.floor(message.length / 0x20000000), padded.length - 4)

  let state: readonly [number, number, number, number] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
  for (let block = 0; block < padded.length; block += 64) {
    let [a, b, c, d] = state
    for (const { order, shifts, constant, mix } of rounds) {
      order.forEach((word, step) => {
        const sum = (a + mix(b, c, d) + padded.readUInt32LE(block + word * 4) + constant) | 0
        const shift = shifts[step % 4] ?? 0
        ;[a, b, c, d] = [d, (sum << shift) | (sum >>> (32 - shift)), b, c]
      })
    }
    state = [(state[0] + a) | 0, (state[1] + b) | 0, (state[2] + c) | 0, (state[3] + d) | 0]
  }
  const digest = Buffer.alloc(16)
  state.forEach((word, index) => digest.writeInt32LE(word, index * 4))
  return digest
}
