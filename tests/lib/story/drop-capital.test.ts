import { expect, test } from 'vitest'
import { renderMarkdown } from '#lib/story/markdown.ts'

const LONG = ' and more words of the story'.repeat(9)
const dropCapital = async (markdown: string) => (await renderMarkdown(markdown)).dropCapital

test.each([
  ['The ships', 'T'],
  ['A ship', 'A'],
  ['**The** ships', 'T'],
  ['[The](https://example.org/) ships', 'T'],
  ['E\u0301te\u0301', 'E\u0301'],
  ['Ärger', 'Ä'],
  ['Élan', 'É'],
  ['![A sign](/icon.svg)\n\nThe ships', 'T'],
  ['> [!KEY]\n> A point\n\nThe ships', 'T'],
])('the first letter is set large, with its accents: %s', async (text, letter) => {
  expect(await dropCapital(text + LONG)).toBe(letter)
})

test.each([
  '“The ships',
  '« Les',
  '¿Quién',
  'L’été',
  'I’m',
  'A, then',
  '1984 was',
  '(The',
  '— The',
])('nothing is, where it would be more than a letter or none: %s', async (text) => {
  expect(await dropCapital(text + LONG)).toBeUndefined()
})

test('a short paragraph has none, which would hang below it', async () => {
  expect(await dropCapital(`One line.\n\nThe second${LONG}`)).toBeUndefined()
  expect(await dropCapital('')).toBeUndefined()
})
