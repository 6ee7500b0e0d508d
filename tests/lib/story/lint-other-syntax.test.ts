// Tests lib/story/lint-other-syntax.ts, lib/story/control-characters.ts, lib/story/emoji.ts
import { expect, test } from 'vitest'
import { findControlCharacters } from '#lib/story/control-characters.ts'
import { lintText } from '#lib/story/lint-text.ts'
import { renderMarkdown } from '#lib/story/markdown.ts'

const lint = (body: string, language = 'en') =>
  lintText(
    {
      file: 'a.md',
      data: {},
      body,
      advice: [],
      locateField: () => 'a.md:1',
      locateLine: (line) => `a.md:${line}`,
    },
    language,
  )

test.each([
  ['{{< figure src="a.jpg" >}}', 1, '"{{< figure src="a.jpg" >}}" is shown as typed; write what'],
  ['One\n{% include x.html %}', 2, '"{% include x.html %}" is shown as typed'],
  ['{{ site.url }}', 1, '"{{ site.url }}" is shown as typed'],
  ['![[photo.png]]', 1, 'a picture as ![what it shows](/picture.jpg)'],
  ['See [[A page|there]].', 1, 'write a link as [words](address)'],
  ['[toc]', 1, 'lists its sections by itself'],
  ['[gallery ids="1,2"]', 1, '"[gallery ids="1,2"]" is shown as typed'],
  ['[b]Bold[/b]', 1, 'write **bold**'],
  ['$$\nE = mc^2\n$$', 1, '"$$ E = mc^2 $$" is shown as typed; formulas are not supported'],
  ['## Title {#my-id}', 1, 'headings get their anchors by themselves'],
  ['One.\n\nTwo\nthree {.lead}', 4, '"{.lead}" is shown as typed; remove it'],
  ['[there](https://example.org){target=_blank}', 1, '"{target=_blank}" is shown as typed'],
  ['It is ==marked==.', 1, 'write <mark>words</mark>'],
  ['It is ++new++.', 1, 'write <ins>words</ins>'],
  ['10^6^ of them', 1, 'write <sup>words</sup>'],
  ['A note^[inline].', 1, 'write a footnote: [^name]'],
  [':::note\nText\n:::', 1, 'write a box as a quote that begins with > [!NOTE]'],
  ['!!! note\n    Text', 1, 'write a box as a quote that begins with > [!NOTE]'],
  ["import Chart from './chart'", 1, 'no code runs in a story'],
  ['• One\n• Two', 1, 'write - and a space before each item of a list'],
  ['● One', 1, 'write - and a space'],
  ['-\u00a0One', 1, 'a list item needs an ordinary space'],
  ['1)One', 1, 'write 1. and a space'],
  ['#Heading', 1, 'a heading needs ## and a space before its text'],
  ['##Heading', 1, 'a heading needs ## and an ordinary space'],
  ['##\u00a0Heading', 1, 'a heading needs ## and an ordinary space'],
  ['A :nosuchname: here', 1, 'no emoji has this name'],
  ['One.\n\n```js\ncode\n\nmore', 3, 'the code that begins with ``` has no end'],
  ['~~~~\ncode\n~~~', 1, 'the code that begins with ~~~~ has no end'],
  ['> ```\n> code', 1, 'the code that begins with ``` has no end'],
  ['TODO: the end', 1, '"TODO" looks unfinished'],
  ['The mayor (TK) said', 1, '"TK" looks unfinished'],
  ['He paid TKTK euros', 1, '"TKTK" looks unfinished'],
  ['Lorem ipsum and so on', 1, '"Lorem ipsum" looks unfinished'],
  ['One.\n\n&nbsp;\n\nTwo.', 3, 'a paragraph has only special spaces'],
  ['One.\n\n\u00a0\u00a0\n\nTwo.', 3, 'a paragraph has only special spaces'],
  ['One.\n\n\u200b\n\nTwo.', 3, 'a paragraph has only special spaces'],
])('what other programs understand is told with what to write: %j', (body, line, message) => {
  const warnings = lint(body)
  expect(warnings).toHaveLength(1)
  expect(warnings[0]!.startsWith(`a.md:${line}: `)).toBe(true)
  expect(warnings[0]).toContain(message)
  expect(warnings[0]).not.toContain('\n')
})

test.each([
  '`{{ code }}`, `==x==` and `TODO`',
  '```\n{{ code }} TODO\n• One\n```',
  '> ```\n> code\n> ```',
  '- ```\n  code\n  ```',
  '    indented\n    code',
  'It costs $5, or $6 with C++ and a == b and c == d.',
  '#MeToo changed the world. It did.',
  'At 10:30:45, a ratio of 3:2:1: see https://example.org/:a:/b',
  'Le prix : 5 € : bon : oui',
  'The set {x, y} and f{n}, in list[i][j].',
  'The shop TK Maxx, and todo, as xxx.',
  '| Yes | No |\n| --- | --- |\n| • | ✓ |',
])('nothing is said of %j', (body) => {
  expect(lint(body)).toEqual([])
})

test('TODO is a word of Spanish', () => {
  expect(lint('TODO EL MUNDO', 'es')).toEqual([])
  expect(lint('TODO: el final', 'es')).toHaveLength(1)
})

test.each([
  ['A :smile: and :+1:, :tada:!', 'A 😄 and 👍, 🎉!'],
  ['`:smile:` at 10:smile:30', '<code>:smile:</code> at 10:smile:30'],
  [':nosuchname: :constructor:', ':nosuchname: :constructor:'],
])('the name of an emoji is made the emoji: %s', async (body, html) => {
  expect((await renderMarkdown(body)).html).toBe(`<p>${html}</p>\n`)
})

test('control and broken characters are told once a line, those of languages not', () => {
  const source =
    'A\u0008b\u0007\n\tta\u00adb\r\nنص\u200f می\u200cخواهم \u2067x\u2069\u202ex\n\ufeff\ufffd'
  expect(findControlCharacters(`\ufeff${source}`)).toEqual([
    { line: 1, message: expect.stringMatching(/\(U\+0008\); delete it/) },
    { line: 3, message: expect.stringMatching(/\(U\+202E\); delete it/) },
    { line: 4, message: expect.stringMatching(/\(U\+FFFD\); delete it|\(U\+FEFF\); delete it/) },
  ])
})
