import { expect, test } from 'vitest'
import { checkLanguageTag } from '#lib/i18n/language-tags.ts'

test.each([
  ['en', 'en'],
  ['EN', 'en'],
  ['pt-br', 'pt-BR'],
  ['zh-Hans', 'zh-Hans'],
  ['sr-Latn-RS', 'sr-Latn-RS'],
  ['fil', 'fil'],
])('%s is written %s', (tag, canonical) => {
  expect(checkLanguageTag(tag)).toEqual({ canonical })
})

test.each([
  ['German', 'de'],
  ['french', 'fr'],
  ['Deutsch', 'de'],
  ['français', 'fr'],
  ['Alemán', 'de'],
  ['中文', 'zh'],
  ['日本語', 'ja'],
  ['العربية', 'ar'],
  ['English (US)', 'en'],
  ['en_US', 'en-US'],
  ['jp', 'ja'],
  ['cn', 'zh'],
  ['de-XX', 'de'],
  ['xx-YY', 'one such as en, de or pt-BR'],
  ['not a language', 'one such as en, de or pt-BR'],
  ['', 'one such as en, de or pt-BR'],
])('%j is refused with the tag to write, %s', (tag, remedy) => {
  const { canonical, problem } = checkLanguageTag(tag)
  expect(canonical).toBeUndefined()
  expect(problem).toContain(`write ${remedy}`)
})
