import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanHtml } from '../../../shared/html/clean-html.ts'
import { textOfHtml } from '../../../shared/html/text-of-html.ts'

const body = (html: string) => cleanHtml(html).body

describe('HTML made fit for a mail', () => {
  it.each([
    ['<p>a<b>b</b></p>', '<p>a<b>b</b></p>'],
    ['<b>a', '<b>a</b>'],
    ['</div></body>a', 'a'],
    ['<p>a<p>b</p>', '<p>a<p>b</p>'],
    ['<div><p>a</div>b', '<div><p>a</div>b'],
    ['<script>alert(1)</script>a<svg><script>b</script></svg>', 'a'],
    ['<img src=x onerror=alert(1)>', '<img>'],
    ['<img src="https://shop.example/l.png" alt="" width=20>', '<img src="https://shop.example/l.png" alt="" width="20">'],
    ['<img src="data:image/svg+xml,<svg onload=alert(1)>">', '<img>'],
    ['<a href=" java\nscript:alert(1)">a</a>', '<a>a</a>'],
    ['<a href="https://a.example/?b=1&amp;c=2" onclick="x()">a</a>', '<a href="https://a.example/?b=1&amp;c=2">a</a>'],
    ['<iframe src="https://a.example">b</iframe><form action="x"><input value="y">z</form>', 'z'],
    ['<span style="color:red;background:url(https://a.example/x);width:expression(alert(1))">a</span>', '<span style="color:red">a</span>'],
    ['<body bgcolor="#eeeeee"><p>a</body>', '<div bgcolor="#eeeeee"><p>a</div>'],
    ['<p title=\'"><script>alert(1)</script>\'>a</p>', '<p title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;">a</p>'],
    ['a&nbsp;b < c', 'a&nbsp;b &lt; c'],
  ])('%s', (html, clean) => {
    expect(body(html)).toBe(clean)
  })

  it('a style sheet goes to the head, and one that fetches something goes nowhere', () => {
    expect(cleanHtml('<style>td > p { color: red }</style>a')).toEqual({ body: 'a', styles: 'td > p { color: red }\n' })
    expect(cleanHtml('<style>@import "https://a.example/x"; p { }</style>a').styles).toBe('')
    expect(cleanHtml('<style>p{}</style').styles).toBe('p{}\n')
  })

  const hostile = fc.array(fc.oneof(
    fc.constantFrom('<script>', '</script>', '<svg/onload=alert(1)>', '<a href="javascript:x">', '<img src=x onerror=y>', '<p', '">', "'>", '<!--', '-->', '</div>', '<div>', '<table>', '<td>', '<style>', '</style>', '<b/x=', '&lt;script&gt;', '<math>', '<iframe srcdoc="', '<plaintext>', '<body onload=x>', '<template>', '\0', '&#x3c;script>'),
    fc.string({ maxLength: 10 }),
  ), { maxLength: 30 }).map((pieces) => pieces.join(''))

  it('leaves nothing but known elements and attributes, whatever is put in', () => {
    fc.assert(fc.property(hostile, (html) => {
      const clean = body(html)
      for (const [tag] of clean.matchAll(/<[^>]*>?/g)) expect(tag).toMatch(/^<\/?(?!script|svg|math|iframe|plaintext|body|template|style)[a-z]+\d?(?: (?!on)[a-z]+="[^"<>]*")*>$/)
      expect(clean).not.toMatch(/<[^>]*(?:javascript:|\son\w+=)/i)
      expect(clean.split('<div').length).toBe(clean.split('</div>').length)
    }), { numRuns: 500 })
  })

  it('is clean the first time, and says what it said before', () => {
    fc.assert(fc.property(hostile, (html) => {
      const clean = body(html)
      expect(body(clean)).toBe(clean)
      expect(textOfHtml(clean)).toBe(textOfHtml(clean.replaceAll(/ style="[^"]*"/g, '')))
    }), { numRuns: 300 })
  })

  it('takes time that grows with the length only', () => {
    for (const piece of ['<div>', '</div>', '<p>', '<b>x</i>', '<a href="', '<td><div>', '<style>', '<p style=";']) expect(typeof body(piece.repeat(100_000))).toBe('string')
  })
})
