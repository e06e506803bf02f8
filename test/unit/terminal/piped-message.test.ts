import { describe, expect, it } from 'vitest'
import { addresseesOf } from '../../../electron/hosts/terminal/commands/send.ts'
import { headerField, inWireForm, withFrom } from '../../../electron/hosts/terminal/piped-message.ts'

const wire = (text: string, dotEnds = false) => inWireForm(Buffer.from(text, 'latin1'), dotEnds).toString('latin1')

describe('a message piped in', () => {
  it.each([
    ['a\nb\n', 'a\r\nb\r\n'], ['a\r\nb\n', 'a\r\nb\r\n'], ['\n\n', '\r\n\r\n'], ['a', 'a\r\n'], ['', ''], ['a\rb\n', 'a\rb\r\n'], ['\xff\x00\n', '\xff\x00\r\n'],
  ])('%j goes over the wire as %j', (piped, expected) => expect(wire(piped)).toBe(expected))

  it.each([['a\n.\nb\n', 'a\r\n'], ['a\r\n.\r\nb', 'a\r\n'], ['.\n', ''], ['a\n..\n', 'a\r\n..\r\n'], ['a\n.b\n.', 'a\r\n.b\r\n'], ['a.\nb', 'a.\r\nb\r\n']])(
    'without -i, %j ends at the line with only a dot: %j', (piped, expected) => expect(wire(piped, true)).toBe(expected))

  it('with -i a dot is a dot', () => expect(wire('a\n.\nb\n')).toBe('a\r\n.\r\nb\r\n'))

  it('a field is found in the header only, unfolded', () => {
    const message = Buffer.from('Subject: x\r\nFROM: Anna\r\n <a@b.nl>\r\n\r\nFrom: body\r\nTo: body\r\n')
    expect(headerField(message, 'From')).toBe('Anna <a@b.nl>')
    expect(headerField(message, 'To')).toBeNull()
  })

  it('gets a From only where it has none, and no line break can come in through it', () => {
    const without = Buffer.from('Subject: x\r\n\r\n')
    expect(withFrom(without, { name: 'Anna, Bv', address: 'a@b.nl' }).toString()).toBe('From: "Anna, Bv" <a@b.nl>\r\nSubject: x\r\n\r\n')
    expect(withFrom(without, { name: 'Zoë', address: 'a@b.nl' }).toString()).toMatch(/^From: =\?utf-8\?B\?Wm/)
    expect(withFrom(without, { name: 'a\r\nBcc: x', address: 'a@b.nl>\r\nBcc: y' }).toString().split('\r\n')).toHaveLength(4)
    const having = Buffer.from('from: x@y.nl\r\n\r\n')
    expect(withFrom(having, { name: 'n', address: 'a@b.nl' })).toBe(having)
  })
})

it.each([
  ['a@b.nl', [{ name: '', address: 'a@b.nl' }]],
  ['Anna <a@b.nl>, b@c.nl', [{ name: 'Anna', address: 'a@b.nl' }, { name: '', address: 'b@c.nl' }]],
  ['"Jansen, A. \\"Ans\\"" <a@b.nl>', [{ name: 'Jansen, A. "Ans"', address: 'a@b.nl' }]],
])('the recipients %j are understood as people write them', (text, expected) => expect(addresseesOf(text)).toEqual(expected))
