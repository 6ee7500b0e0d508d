import { expect, test } from 'vitest'
import { splitSentences } from '#lib/browser/reading/split-sentences.ts'

const split = (text: string, language = 'en') =>
  splitSentences(text, language).map(([start, end]) => text.slice(start, end).trim())

test('sentences end where the language ends them', () => {
  expect(split('One. Two? “Three!” he said. 3.5 percent.')).toEqual([
    'One.',
    'Two?',
    '“Three!” he said.',
    '3.5 percent.',
  ])
  expect(split('第一句。第二句！', 'zh')).toEqual(['第一句。', '第二句！'])
  expect(split('هذه جملة. هل هذه أخرى؟ نعم.', 'ar')).toHaveLength(3)
})

test('titles and initials end none', () => {
  expect(split('Dr. Ann B. Smith came. She left.')).toEqual(['Dr. Ann B. Smith came.', 'She left.'])
})

test('what has neither letters nor figures is not read', () => {
  expect(split('* * *')).toEqual([])
  expect(split('')).toEqual([])
})

test('a long sentence is read in parts, at its commas, and nothing of it is lost', () => {
  const text = `${Array.from({ length: 60 }, (_, i) => `word${i}`)
    .join(' ')
    .replace('word20', 'word20,')}.`
  const parts = splitSentences(text, 'en')
  expect(parts[0]).toEqual([0, text.indexOf('word21')])
  expect(parts.map(([start, end]) => text.slice(start, end)).join('')).toBe(text)
  for (const [start, end] of parts) expect(end - start).toBeLessThanOrEqual(200)
  expect(split('w'.repeat(450)).map(({ length }) => length)).toEqual([200, 200, 50])
})
