import { expect, test } from 'vitest'
import { formatReadingTime, readingTime } from '#lib/story/reading-time.ts'

const words = (count: number, word = 'word ') => word.repeat(count)

test('English is read at 175 to 300 words a minute', () => {
  expect(readingTime(words(1050), 'en')).toEqual({ from: 4, to: 6 })
  expect(readingTime(words(1050), 'en-GB')).toEqual({ from: 4, to: 6 })
})

test('a text takes a minute at least', () => {
  expect(readingTime('One word.', 'en')).toEqual({ from: 1, to: 1 })
})

test('languages with longer words take as many more minutes as were measured', () => {
  // 179 of 228: https://doi.org/10.1167/iovs.11-8284
  expect(readingTime(words(1050), 'de')).toEqual({ from: 4, to: 8 })
  // One that was not measured is taken for the mean of those that were.
  expect(readingTime(words(1050), 'is')).toEqual({ from: 4, to: 7 })
})

test('Chinese is counted by characters, without its signs', () => {
  expect(readingTime('新闻，'.repeat(600), 'zh')).toEqual({ from: 4, to: 6 })
  expect(readingTime('新闻'.repeat(600), 'zh-TW')).toEqual({ from: 4, to: 6 })
})

test('it is said as a range, or as one number', () => {
  expect(formatReadingTime({ from: 4, to: 6 })).toBe('4–6 minutes to read')
  expect(formatReadingTime({ from: 2, to: 2 })).toBe('2 minutes to read')
  expect(formatReadingTime({ from: 1, to: 1 })).toBe('1 minute to read')
})
