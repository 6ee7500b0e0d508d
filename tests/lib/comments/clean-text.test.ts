import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanText } from '#lib/comments/clean-text.ts'
import { commentProblems } from '#lib/comments/validation.ts'

const code = (number: number) => String.fromCodePoint(number)

test('characters that no language uses are taken out, all of each kind', () => {
  const ranges = [
    [0x1, 0x8],
    [0xb, 0xc],
    [0xe, 0x1f],
    [0x7f, 0x84],
    [0x86, 0x9f],
    [0x202a, 0x202e],
    [0x2061, 0x2069],
    [0x206a, 0x206f],
    [0xfff9, 0xfffb],
    [0xfdd0, 0xfdef],
    [0xe0000, 0xe007f],
    ...Array.from({ length: 17 }, (_, plane) => [
      plane * 0x10000 + 0xfffe,
      plane * 0x10000 + 0xffff,
    ]),
  ] as const
  for (const [first, last] of ranges)
    for (let number = first; number <= last; number++)
      expect([number.toString(16), cleanText(`a${code(number)}b`)]).toEqual([
        number.toString(16),
        'ab',
      ])
  expect(cleanText('\ufeffa\ufeffb\u3164c\uffa0')).toBe('abc')
})

test.each([
  ['lines', 'a\r\nb\rc\u0085d', 'a\nb\nc\nd'],
  ['white space at the end', 'a  \n\n \t', 'a'],
  ['empty lines at the beginning', ' \n\t\n  a', '  a'],
  ['runs without width', 'a\u200b\u200b\u2060\u200d\u200bb', 'a\u200bb'],
  ['runs of variants', 'a\ufe0f\ufe0f\ufe0f', 'a\ufe0f'],
  ['joiners that join nothing', 'a \u200d b\u200c', 'a  b'],
  ['an isolate that does not end', 'a \u2067b c', 'a b c'],
  ['an end of none', 'a\u2069 b\u202c', 'a b'],
  ['an isolate over lines', '\u2066a\nb\u2069', 'a\nb'],
  ['tags of no flag', 'a\u{e0067}\u{e007f}', 'a'],
])('%s are cleaned', (_, typed, kept) => {
  expect(cleanText(typed)).toBe(kept)
})

test.each([
  'One\n\n\ttwo  \nthree',
  'علی‌رضا می‌رود',
  'ශ්‍රී ලංකා क्‍ष',
  'السعر \u206812 USD\u2069 \u200f!',
  '👨‍👩‍👧‍👦 🏳️‍🌈 🏴󠁧󠁢󠁳󠁣󠁴󠁿 👍🏽 ❤️ 1️⃣',
  '葛\u{e0100}城 ᠠ\u180bᠨ',
  'so\u00adft ភាសា\u200bខ្មែរ',
  '<b>&amp; "x"</b>',
])('%j stays as it is', (text) => {
  expect(cleanText(text)).toBe(text)
})

test('any text cleaned again is the same, and keeps what is visible', () => {
  const unit = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 2 }),
    fc.constantFrom(
      '\u200b',
      '\u200d',
      '\u2066',
      '\u2069',
      '\u202e',
      '\ufe0f',
      ' ',
      '\n',
      '\r',
      '🏴',
    ),
    fc.constantFrom('\u{e0067}', 'ع', 'a', '\u0301', '\u0085', '\u0007'),
  )
  const visible = (text: string) =>
    text
      .match(/[\p{L}\p{N}\p{P}\p{S}]/gu)
      ?.join('')
      .normalize('NFC')
  fc.assert(
    fc.property(
      fc.array(unit).map((parts) => parts.join('')),
      (text) => {
        const clean = cleanText(text)
        expect(cleanText(clean)).toBe(clean)
        expect(visible(clean)).toBe(
          visible(
            text.replace(/[\u115f\u1160\u3164\uffa0]/g, (filler) =>
              clean.includes(filler) ? filler : '',
            ),
          ),
        )
      },
    ),
  )
})

test('what is left out does not count', () => {
  const form = new FormData()
  form.set('text', `${'x'.repeat(5_000)} \n\u0007`)
  expect(commentProblems(form)).toEqual({})
})
