import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mailroomOn } from './run-mailroom.ts'

it('the demo, without display, keychain or account, sends three invoices and fetches the replies, every byte compared', async () => {
  const data = await mkdtemp(join(tmpdir(), 'mailroom-demo-test-'))
  const mailroom = mailroomOn(data, { DISPLAY: '', WAYLAND_DISPLAY: '', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' })
  const { code, out, errors } = await mailroom(['demo'])
  expect({ code, errors }).toEqual({ code: 0, errors: '' })
  expect(out).toMatch(/every byte is the same[^]*sent +3 invoices[^]*reply +“Re: Invoice 2026-043”[^]*Done in [\d.]+ seconds\./)
  expect(out).toContain(join(data, 'mail'))

  const again = await mailroom(['demo', '--json'])
  expect(again.code).toBe(0)
  const events = again.out.trim().split('\n').map((line) => JSON.parse(line) as { event: string; data: unknown })
  expect(events.at(-1)).toMatchObject({ event: 'demo.done', data: { sent: 3, replies: 3 } })
  await rm(data, { recursive: true, force: true })
})
