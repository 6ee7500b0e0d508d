/** Scripts with small letters and capitals: they alone have italics and small capitals, and may be spaced. */
const CASED = new Set(['Armn', 'Cyrl', 'Grek', 'Latn'])

/** The attributes of an element whose words are in a language; the style goes by its script. */
export type Writing = { lang: string; dir: 'ltr' | 'rtl'; 'data-script'?: string }

/** @param language a tag such as `pt-BR` */
export function writingOf(language: string): Writing {
  return {
    lang: language,
    dir: new Intl.Locale(language).getTextInfo().direction ?? 'ltr',
    ...(!isCased(language) && { 'data-script': scriptOf(language) }),
  }
}

/** Only letters that stand alone can begin with a large one. */
export function isCased(language: string): boolean {
  return CASED.has(scriptOf(language))
}

/** The same inside an element of another language; nothing where the language is the same. */
export function writingWithin(outer: string, language: string): Writing | undefined {
  return outer === language ? undefined : writingOf(language)
}

/** Such as `Latn` or `Arab`: https://www.unicode.org/iso15924/ */
export function scriptOf(language: string): string {
  return new Intl.Locale(language).maximize().script ?? 'Latn'
}
