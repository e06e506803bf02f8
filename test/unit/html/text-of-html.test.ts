import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textOfHtml } from '../../../shared/html/text-of-html.ts'

describe('formatted words as plain text', () => {
  it.each([
    ['lines of the editor', '<div>a</div><div><br></div><div>b<br>c</div>', 'a\n\nb\nc'],
    ['several empty lines', '<div>a</div><div><br></div><div><br></div><div>b</div>', 'a\n\n\nb'],
    ['paragraphs', '<p>a</p>\n<p>b</p>', 'a\n\nb'],
    ['Outlook’s paragraphs', '<p class="MsoNormal">a</p><p class="MsoNormal">b</p>', 'a\nb'],
    ['spaces that count', '<div>&nbsp; a&nbsp; b</div>', '  a  b'],
    ['spaces that do not', '<div>\n  a \n <b> b</b>\n</div>', 'a b'],
    ['lists', '<ul><li>a</li><li>b<ol><li>c</li><li>d</li></ol></li></ul><div>e</div>', '- a\n- b\n  1. c\n  2. d\n\ne'],
    ['a list that goes on', '<ol start="3"><li>a<br>b</li></ol>', '3. a\n   b'.replace('   b', '  b')],
    ['quotes', '<div>a</div><blockquote>b<br>c<blockquote>d</blockquote></blockquote><div>e</div>', 'a\n\n> b\n> c\n>\n>> d\n\ne'],
    ['links', '<a href="https://shop.example/a">here</a>, <a href="https://shop.example/">shop.example</a>, <a href="mailto:a@b.example">a@b.example</a>', 'here <https://shop.example/a>, shop.example, a@b.example'],
    ['links that go nowhere', '<a href="javascript:alert(1)">here</a>', 'here'],
    ['a table', '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>', 'a  b\nc  d'],
    ['a picture', 'x<img src="https://shop.example/a.png" alt="Logo">', 'xLogo'],
    ['what is never shown', '<head><title>t</title><style>p{}</style></head>a<script>b</script><!-- c --><div style="display:none">d<div>e</div></div>f', 'a\nf'.replace('\n', '')],
    ['names of characters', '&lt;b&gt; &amp;amp; &euro; &eacute; &#8364; &hellip; &unknown; &', '<b> &amp; € é € … &unknown; &'],
    ['an end that is missing', 'a <b', 'a'],
  ])('%s', (_, html, text) => {
    expect(textOfHtml(html)).toBe(text)
  })

  it('takes time that grows with the length only, whatever stands there', () => {
    for (const piece of ['<', '<a ', '<a b="', "<a b='\"", '<!--', '</', '<style>', '<div>', '<blockquote>', '<ul><li>', '<div style="display:none">', '&', '<p x', '<a href="https://a.example">x</a>']) {
      expect(typeof textOfHtml(piece.repeat(100_000))).toBe('string')
    }
  })

  it('loses no word that is written as text', () => {
    fc.assert(fc.property(fc.array(fc.stringMatching(/^[a-zé€<>&"']{1,8}$/), { minLength: 1, maxLength: 20 }), (words) => {
      const html = words.map((word) => word.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')).join(' ')
      expect(textOfHtml(`<div>${html}</div>`)).toBe(words.join(' '))
    }))
  })
})
