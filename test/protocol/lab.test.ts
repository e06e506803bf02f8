/** The lab itself: what every other test of this suite takes for granted. */
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:tls'
import { expect, test } from 'vitest'
import { lab } from '../servers/lab.ts'

test("a test process trusts the lab's certificate, and greets its IMAP server inside TLS", async () => {
  const socket = connect({ host: lab.host, port: lab.port('IMAPS') })
  await once(socket, 'secureConnect')
  const [greeting] = await once(socket.setEncoding('utf8'), 'data')
  socket.destroy()
  expect(socket.authorized).toBe(true)
  expect(greeting).toMatch(/^\* OK /)
})

test("the session's keychain is the lab's, never that of the person who runs the tests", () => {
  expect(process.env['DBUS_SESSION_BUS_ADDRESS']).toBe(lab.dbusAddress)
  expect(existsSync(lab.dbusAddress.replace('unix:path=', ''))).toBe(true)
})

test('a fresh user is a name that nobody has used', () => {
  expect(lab.freshUser('sales')).toMatch(/^sales-[0-9a-f]{8}-[0-9a-f]{4}$/)
  expect(lab.freshUser()).not.toBe(lab.freshUser())
})

test('a named user may have a password of its own', () => {
  expect(lab.passwordOf('plain')).toBe(lab.password)
  expect(lab.passwordOf('odd')).toContain('"a\\s %')
})
