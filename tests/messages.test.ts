// Tests messages/, lib/i18n/messages.ts, lib/i18n/message-examples.ts
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { EXAMPLE_NAMES, renderExamples } from '#lib/i18n/message-examples.ts'
import { langAttributes } from '#lib/i18n/script.ts'
import { setFrenchSpaces } from '#lib/story/french-spaces.ts'
import {
  lintMessages,
  messageFiles,
  messageLanguages,
  readMessages,
} from '#lib/story/lint-messages.ts'

const languages = messageLanguages()

test('there are words in English, French, German, Spanish, Arabic and Chinese', () => {
  expect(languages).toEqual(expect.arrayContaining(['en', 'fr', 'de', 'es', 'ar', 'zh']))
})

test.each(languages)(
  'the messages in %s are complete, with their plural forms and values',
  (language) => {
    expect(lintMessages(language)).toEqual([])
    for (const file of messageFiles())
      expect(Object.keys(readMessages(language, file)), file).toEqual(
        Object.keys(readMessages('en', file)),
      )
  },
)

describe.each(languages)('each message in %s', (language) => {
  const direction = langAttributes(language).dir
  const rendered = messageFiles()
    .filter((file) => file !== 'reserved-names.json')
    .flatMap((file) =>
      Object.entries(readMessages(language, file)).flatMap(([key, message]) =>
        renderExamples(message, language).map((text) => [`${file} ${key}`, text] as const),
      ),
    )

  test('has a value for every name in its braces, whatever the number', () => {
    expect(rendered.filter(([, text]) => /[{}]|undefined|NaN/.test(text))).toEqual([])
  })

  test('writes numbers as the language does, with one kind of digits', () => {
    const million = new Intl.NumberFormat(`${language}-u-nu-latn`).format(1_000_000)
    expect(rendered.filter(([, text]) => text.includes(million)).length).toBeGreaterThan(10)
    expect(rendered.filter(([, text]) => /\d{5}|[\u0660-\u0669]/.test(text))).toEqual([])
  })

  test('is one text without gaps', () => {
    expect(rendered.filter(([, text]) => /^\s|\s$|\s\s/.test(text))).toEqual([])
  })

  test('isolates values that run in the other direction', () => {
    const [latin, , arabic] = EXAMPLE_NAMES
    const name = direction === 'rtl' ? latin! : arabic!
    const naming = rendered.filter(([, text]) => text.includes(name))
    expect(naming.length).toBeGreaterThan(10)
    expect(naming.filter(([, text]) => !text.includes(`\u2068${name}\u2069`))).toEqual([])
  })
})

test.each(readdirSync('messages/fr'))('no line ends before a French sign in %s', (file) => {
  const text = readFileSync(`messages/fr/${file}`, 'utf8')
  expect(text).toBe(setFrenchSpaces(text, 'fr'))
})

test('no code puts a sentence together from messages', () => {
  const sources = globSync('{app,components,lib}/**/*.{ts,tsx}')
  const joins =
    /[^>`]\$\{\w*[mM]essages[.[]|\$\{\w*[mM]essages[.[][^}]*\}[^<`]|\{\w*[mM]essages[.[][^{}]*\}\s*([.,:;!?]|(\{' '\}\s*)?\{\w*[mM]essages)/
  expect(sources.filter((path) => joins.test(readFileSync(path, 'utf8')))).toEqual([])
})

test('a correction stands behind its day as the language has its colons', () => {
  const joined = Object.fromEntries(
    ['en', 'fr', 'zh'].map((language) => [
      language,
      readMessages(language, 'story.json').correction,
    ]),
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

// What once had two names: a comment was a letter, held was hanging, JavaScript was scripts … In German, French
// and Spanish also forms that suppose that a reader or the author is a man.
test.each([
  [
    'de',
    /Zuschrift|zurückgehalten|Netz(?!werk)|Skript|Berichtigung|Arbeitsnachweis|Redakteur|\bDesk\b|verschlüsselt|zurücknehmen|(?<!Leserinnen und )\bLeser\b|(?<!oder dem )\bAutor\b/,
  ],
  ['en', /\bdesk\b|no letters|\bwriter|\bscripts\b|just now|\bstore\b|any ?more|refuse/i],
  [
    'es',
    /\bcartas?\b|reteni[dt]|\bscripts?\b|\bcambi(ar|e|ado) (su|el) comentario|espera aprobación|\belegi|en espera|marca cifrada|ya no está\b|\b(lector|autor)(es)?\b/i,
  ],
  [
    'fr',
    /courrier|\bscripts?\b|\bdemandes?\b|changer|\bretenus?\b|d’approbation|\bgard[eé]|brouillée|n’est plus là|\blecteurs?\b|(?<!Par l’)\bauteur\b|vous seul\b/i,
  ],
  ['ar', /رسالة|رسائل|معلّق|للبتّ|بُلِّغ|تحرير|محرف|برامج نصية|نصوص برمجية/],
  ['zh', /你|姓名|来信|等待通过|禁止|被禁|忽略|载入|按键|脚本/],
])('%s has one word for one thing', (language, synonyms) => {
  expect(textsOf(language).filter((text) => synonyms.test(text))).toEqual([])
})
