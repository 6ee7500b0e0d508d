// Tests messages/
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { setFrenchSpaces } from '#lib/story/french-spaces.ts'

type Messages = Record<string, string | Record<string, string>>

const languages = readdirSync('messages').filter((name) => name !== 'site')
const read = (language: string, file: string): Messages =>
  JSON.parse(readFileSync(`messages/${language}/${file}`, 'utf8'))
const places = (message: string) => (message.match(/\{\w+\}/g) ?? []).sort()

test('there are words in English, French, German, Spanish, Arabic and Chinese', () => {
  expect(languages).toEqual(expect.arrayContaining(['en', 'fr', 'de', 'es', 'ar', 'zh']))
})

describe.each(languages)('the words in %s', (language) => {
  test('are in the same files as in English', () => {
    expect(readdirSync(`messages/${language}`)).toEqual(readdirSync('messages/en'))
  })

  test.each(readdirSync('messages/en'))('of %s are complete, with the same places', (file) => {
    const english = read('en', file)
    const messages = read(language, file)
    expect(Object.keys(messages)).toEqual(Object.keys(english))
    const numbers = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    for (const [key, message] of Object.entries(messages)) {
      const original = english[key]!
      if (typeof original === 'string') {
        expect(places(message as string), key).toEqual(places(original))
        continue
      }
      expect(Object.keys(message).sort(), key).toEqual([...numbers].sort())
      const known = places(Object.values(original).join())
      for (const place of places(Object.values(message).join())) expect(known).toContain(place)
    }
  })
})

test.each(readdirSync('messages/fr'))('no line ends before a French sign in %s', (file) => {
  const text = readFileSync(`messages/fr/${file}`, 'utf8')
  expect(text).toBe(setFrenchSpaces(text, 'fr'))
})

test('a correction stands behind its day as the language has its colons', () => {
  const joined = Object.fromEntries(
    ['en', 'fr', 'zh'].map((language) => [language, read(language, 'story.json').correction]),
  )
  expect(joined).toEqual({
    en: '{date}: {correction}',
    fr: '{date}\u00a0: {correction}',
    zh: '{date}：{correction}',
  })
})

/** Returns the messages of a language with `{}` for code and values, without the names that nobody may take. */
function textsOf(language: string): string[] {
  const texts: string[] = []
  const files = readdirSync(`messages/${language}`)
  for (const file of files.filter((file) => file !== 'reserved-names.json'))
    JSON.parse(readFileSync(`messages/${language}/${file}`, 'utf8'), (_, text: unknown) => {
      if (typeof text === 'string') texts.push(text.replace(/`[^`]*`|\{\w+\}/g, '{}'))
    })
  return texts
}

test.each([
  ['ar', /[,;?"]/],
  ['de', /["']|\.{3}|„(?![^„“]*“)|(?<!„[^„“]*)“/],
  ['es', /["']|\.{3}|«(?![^«»]*»)|(?<!«[^«»]*)»|^[^¿]*\?|^[^¡]*!/],
  ['fr', /["']|\.{3}|[^\u202f][;!?]|[^\u00a0]:|«(?!\u00a0[^«»]*\u00a0»)|(?<!«\u00a0[^«»]*)»/],
  [
    'zh',
    /[\p{sc=Han}}] ?[,.;:?!()"']|[,;:?!()"'] ?[\p{sc=Han}{]|[，。；：？！]\s|\S\s[，。；：？！]/u,
  ],
])('messages in %s have the signs of its script', (language, others) => {
  expect(textsOf(language).filter((text) => others.test(text))).toEqual([])
})

// What once had two names: a comment was a letter, held was hanging, JavaScript was scripts …
test.each([
  ['ar', /رسالة|رسائل|معلّق|للبتّ|بُلِّغ|تحرير|محرف|برامج نصية|نصوص برمجية/],
  ['zh', /你|姓名|来信|等待通过|禁止|被禁|忽略|载入|按键|脚本/],
])('%s has one word for one thing', (language, synonyms) => {
  expect(textsOf(language).filter((text) => synonyms.test(text))).toEqual([])
})
