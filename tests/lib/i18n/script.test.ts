import { expect, test } from 'vitest'
import { isCased, langAttributes, langAttributesWithin, ownDirection } from '#lib/i18n/script.ts'

test('a language says its direction, and its script where that has no capitals', () => {
  expect(langAttributes('pt-BR')).toEqual({ lang: 'pt-BR', dir: 'ltr' })
  expect(langAttributes('ar')).toEqual({ lang: 'ar', dir: 'rtl', 'data-script': 'Arab' })
  expect(langAttributes('zh-TW')).toEqual({ lang: 'zh-TW', dir: 'ltr', 'data-script': 'Hant' })
  expect(langAttributes('sr')).toEqual({ lang: 'sr', dir: 'ltr' })
  expect(langAttributes('uz-Arab')).toMatchObject({ dir: 'rtl', 'data-script': 'Arab' })
})

test('a story begins with a large letter where letters stand alone', () => {
  expect(['en', 'ru', 'ar', 'he', 'zh', 'hi'].filter(isCased)).toEqual(['en', 'ru'])
})

test('what is in the language around it need not say so', () => {
  expect(langAttributesWithin('en', 'en')).toBeUndefined()
  expect(langAttributesWithin('en', 'he')).toEqual({
    lang: 'he',
    dir: 'rtl',
    'data-script': 'Hebr',
  })
})

test.each([
  ['1. علي كاتب', 'en', 'rtl'],
  ['שרה כותבת', 'de', 'rtl'],
  ['Ann writes in العربية', 'ar', 'ltr'],
  ['Ann writes', 'en', undefined],
  ['علي', 'ar', undefined],
  ['2026', 'ar', undefined],
])('the direction of %j in a story in %s is %s', (text, language, direction) => {
  expect(ownDirection(text, language)).toBe(direction)
})
