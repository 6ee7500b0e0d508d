import { expect, test } from 'vitest'
import { isLongHeadline } from '#lib/story/headline.ts'

test.each([
  ['US Diplomats Urged to Counter Global Data Localization Efforts', false],
  [`${'A headline that says it all, '.repeat(3)}and more`, true],
  ['Die Vorratsdatenspeicherung kommt', true],
  ['A well-known state-of-the-art-solution', false],
  ['美国敦促外交官反对全球数据本地化努力，并捍卫跨境数据自由流动', false],
  ['美国敦促外交官反对全球数据本地化努力'.repeat(3), true],
])('%s: a step smaller is %s', (title, isLong) => {
  expect(isLongHeadline(title)).toBe(isLong)
})
