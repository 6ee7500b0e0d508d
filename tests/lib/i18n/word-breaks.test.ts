import { expect, test } from 'vitest'
import { breakBetweenWords } from '#lib/i18n/word-breaks.ts'

test('Chinese and Japanese headings may break between words, and nowhere beside punctuation', () => {
  expect(breakBetweenWords('美国外交官，全球数据', 'zh').split('\u200b')).toEqual([
    '美国',
    '外交官，全球',
    '数据',
  ])
  expect(breakBetweenWords('世界の街', 'ja')).toContain('\u200b')
})

test('other headings stay as they are', () => {
  expect(breakBetweenWords('A quiet town', 'en')).toBe('A quiet town')
  expect(breakBetweenWords('مدينة هادئة', 'ar')).toBe('مدينة هادئة')
})
