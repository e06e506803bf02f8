import fc from 'fast-check'
import { $nodesOfType, TextNode } from 'lexical'
import { describe, expect, it } from 'vitest'
import { prepareTemplate } from '../../../../electron/outbox/templates/template-engine.ts'
import { editorKeeps } from '../../../../renderer/editor/editor-keeps.ts'
import { FieldNode } from '../../../../renderer/editor/field-node.ts'
import { linkAddress } from '../../../../renderer/editor/link-address.ts'
import { withLiquidMarks, withoutLiquidMarks } from '../../../../renderer/editor/liquid-html.ts'
import { htmlOfText } from '../../../../shared/html/html-of-text.ts'
import { isFormatted, keptWords } from '../../../../shared/html/is-formatted.ts'
import { textOfHtml } from '../../../../shared/html/text-of-html.ts'
import { starterTemplates } from '../../../../shared/words/starter-templates.ts'
import { throughEditor } from './headless.ts'

describe('formatted words go through the editor', () => {
  it.each([
    '<div>a<b>b</b> <i>c</i> <u>d</u><s>e</s></div>\n<div><br></div>\n<div>f<br>g</div>',
    '<div><span style="color: #c50f1f; font-size: 20px">a</span></div>',
    '<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>',
    '<ol start="3"><li>a</li></ol>',
    '<div>a</div>\n<blockquote style="margin:0 0 0 8px; padding-left:8px; border-left:2px solid #b0b0b0"><div>b</div>\n<ul><li>c</li></ul></blockquote>',
    '<div><a href="https://shop.example/?a=1&amp;b=2">a<b>b</b></a> c</div>',
    '<div>&nbsp;&nbsp;a&nbsp; b&nbsp;</div>',
  ])('unchanged: %s', (html) => {
    expect(throughEditor(html)).toBe(html)
    expect(editorKeeps(html)).toBe(true)
  })

  it.each([
    ['paragraphs with room between them', '<p>a</p><p>b</p>', '<div>a</div>\n<div><br></div>\n<div>b</div>'],
    ['Word’s paragraphs and lists', '<p class=MsoNormal>a</p><p class=MsoListParagraph style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span>&nbsp;</span></span>b</p><p class=MsoListParagraph style="mso-list:l0 level1 lfo1">c</p><p class=MsoNormal>d</p>', '<div>a</div>\n<ul><li>b</li><li>c</li></ul>\n<div>d</div>'],
    ['what runs or loads', '<p onclick="x()">a<img src="https://spy.example/1.gif"><script>b</script><a href="javascript:c()">d</a></p>', '<div>ad</div>'],
    ['a table', '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', '<div>a&nbsp; b</div>\n<div>c</div>'],
    ['black on white', '<span style="color:black;background:white;font-size:11pt">a</span>', '<div>a</div>'],
    ['paragraphs in a list', '<ul><li><p>a</p></li><li>b<div>c</div></li></ul>', '<ul><li>a</li><li>b<br>c</li></ul>'],
  ])('made fit: %s', (_, html, made) => {
    expect(throughEditor(html)).toBe(made)
  })

  it('a plain text comes out as it went in, with its lines and spaces, and needs no HTML', () => {
    const line = fc.stringMatching(/^[a-z <&€-]{0,12}$/).filter((text) => !/^[>]| $/.test(text))
    fc.assert(fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      const text = lines.join('\n').replace(/^\n+|\n+$/g, '')
      const html = throughEditor(htmlOfText(text))
      expect(keptWords(html)).toEqual({ text, html: null })
    }))
  })

  it('an address alone needs no HTML; one behind words does', () => {
    expect(isFormatted(htmlOfText('see https://shop.example/a'))).toBe(false)
    expect(isFormatted('<div><a href="https://shop.example">shop</a></div>')).toBe(true)
  })

  it('what the editor cannot hold is not given to it', () => {
    for (const html of ['<table><tr><td>a</td></tr></table>', '<p style="margin:0">a</p>', '<img src="cid:a">', '<style>p{}</style>a', '<div><span style="font-family:Arial">a</span></div>', '<!doctype html><p>a</p>', '<div {% if a %}class="b"{% endif %}>a</div>']) expect(editorKeeps(html)).toBe(false)
  })
})

describe('a template goes through the editor and then through strict Liquid', () => {
  const values = {
    sender: { name: 'Jo', organization: 'A & B', job_title: 'Sales', telephone: '' }, recipient: { name: 'Anna' },
    document: { number: '7', date: '2026-11-02', due_date: '2026-12-01', amount: '1234.50', currency: 'EUR', period: 'May', description: 'you' }, today: '2026-11-23',
  }
  const merged = (text: string, html: string) => {
    const prepared = prepareTemplate({ language: 'en', documentType: 'letter', subject: 's', text, html })
    expect(prepared).toMatchObject({ ok: true })
    const answer = prepared.ok ? prepared.template.merge(values) : null
    expect(answer).toHaveProperty('mail')
    return (answer as { readonly mail: { readonly text: string; readonly html: string } }).mail
  }

  it.each(starterTemplates.map((template) => [template.name, template.text] as const))('%s says the same, as text and formatted', (_, text) => {
    const html = throughEditor(htmlOfText(text))
    const kept = textOfHtml(html)
    expect(kept).toBe(text.trim())
    const before = merged(text, '<p>x</p>')
    const after = merged(kept, withLiquidMarks(html))
    expect(after.text.trim()).toBe(before.text.trim())
    expect(textOfHtml(after.html).replaceAll(/\n+/g, '\n')).toBe(before.text.trim().replaceAll(/\n+/g, '\n'))
  })

  it('formatting goes around a field, never into it, and Liquid’s own signs stay', () => {
    const template = '<div>Pay {% if document.amount != "0" and 2 > 1 %}{{ document.amount | amount: "EUR" }}{% endif %} & <b>soon</b></div>'
    const html = withLiquidMarks(throughEditor(withoutLiquidMarks(template), {
      change: () => { for (const node of [...$nodesOfType(TextNode), ...$nodesOfType(FieldNode)]) node.setFormat(1) },
    }))
    expect(html).toContain('<b>{% if document.amount != "0" and 2 > 1 %}</b><b>{{ document.amount | amount: "EUR" }}</b><b>{% endif %}')
    expect(textOfHtml(merged('x', html).html)).toBe('Pay €1,234.50 & soon')
    expect(withoutLiquidMarks(withLiquidMarks('<div>{{ a | default: &quot;b&quot; }}</div>'))).toBe('<div>{{ a | default: &quot;b&quot; }}</div>')
  })

  it('a field as a link’s address stays one', () => {
    const html = '<div><a href="{{ document.link }}">pay</a></div>'
    expect(editorKeeps(html)).toBe(true)
    expect(withLiquidMarks(throughEditor(withoutLiquidMarks(html)))).toBe(html)
  })
})

it.each([
  ['https://shop.example/a?b=1', 'https://shop.example/a?b=1'], ['shop.example/a', 'https://shop.example/a'], ['anna@shop.example', 'mailto:anna@shop.example'], ['mailto:anna@shop.example?subject=a', 'mailto:anna@shop.example?subject=a'],
  ['tel:+31 20 123 45 67', 'tel:+31 20 123 45 67'], ['{{ document.link }}', '{{ document.link }}'], ['http://intranet/x', 'http://intranet/x'],
  ['javascript:alert(1)', null], ['data:text/html,x', null], ['two words', null], ['word', null], ['', null], ['file:///etc/passwd', null],
])('a link to “%s” goes to %s', (typed, goes) => {
  expect(linkAddress(typed)).toBe(goes)
})
