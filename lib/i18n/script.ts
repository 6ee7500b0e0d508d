/** Scripts with small letters and capitals; italics, small capitals and letter spacing are for them alone. */
const CASED = new Set(['Armn', 'Cyrl', 'Grek', 'Latn'])

/** The attributes of an element in a language; `data-script`, for styles, is missing where `isCased`. */
export type LangAttributes = { lang: string; dir: 'ltr' | 'rtl'; 'data-script'?: string }

/** Returns the attributes of an element in a language, a tag such as `pt-BR`. */
export function langAttributes(language: string): LangAttributes {
  return {
    lang: language,
    dir: new Intl.Locale(language).getTextInfo().direction ?? 'ltr',
    ...(!isCased(language) && { 'data-script': scriptOf(language) }),
  }
}

/** Returns whether the language's script has small letters and capitals. */
export function isCased(language: string): boolean {
  return CASED.has(scriptOf(language))
}

/** Returns the attributes of an element inside one of the language `outer`; nothing where it is the same. */
export function langAttributesWithin(outer: string, language: string): LangAttributes | undefined {
  return outer === language ? undefined : langAttributes(language)
}

const RTL =
  /[\p{Script=Adlam}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Nko}\p{Script=Hanifi_Rohingya}\p{Script=Syriac}\p{Script=Thaana}]/u

/** Returns the direction of a text by its first letter, as `dir="auto"` does, where the language has another. */
export function ownDirection(text: string, language: string): 'ltr' | 'rtl' | undefined {
  const letter = /\p{L}/u.exec(text)?.[0]
  if (letter === undefined) return
  const direction = RTL.test(letter) ? 'rtl' : 'ltr'
  return direction === langAttributes(language).dir ? undefined : direction
}

/** Returns the script of a language, such as `Latn` or `Arab`: https://www.unicode.org/iso15924/ */
export function scriptOf(language: string): string {
  return new Intl.Locale(language).maximize().script ?? 'Latn'
}
