import { formatterCache, withLatinDigits } from '#lib/i18n/formatters.ts'
import site from '#messages/site.json' with { type: 'json' }

/** The story's language, a tag such as `pt-BR`. */
export const language: string = site.language
/** The direction of that language. */
export const direction = site.direction as 'ltr' | 'rtl'
/** The language of the interface: the story's, or English where there are no messages in it. */
export const uiLanguage: string = site.spoken

/** The forms of a message by plural category: https://cldr.unicode.org/index/cldr-spec/plural-rules */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/**
 * Puts values into a message that has their names in braces, such as `{count}`; other names stay. The
 * direction of a value does not turn the text around it.
 */
export function fill(
  message: string,
  values: Record<string, string | number>,
  language = uiLanguage,
): string {
  return message.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name] ?? place
    const text = typeof value === 'number' ? numbers(language).format(value) : value
    // https://www.w3.org/International/questions/qa-bidi-unicode-controls
    return RIGHT_TO_LEFT.test(message + text) ? `\u2068${text}\u2069` : text
  })
}

/** Letters of Hebrew, Arabic and the scripts between them in Unicode. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/

/** Returns the form of a message for a count, filled with it as `{count}` and with other values. */
export function plural(
  forms: Plural,
  count: number,
  values: Record<string, string | number> = {},
  language = uiLanguage,
): string {
  const form = forms[pluralRules(language).select(count)] ?? forms.other
  return fill(form, { count, ...values }, language)
}

/** Writes a number in the language of the interface. */
export function formatNumber(number: number, options?: Intl.NumberFormatOptions): string {
  return options
    ? number.toLocaleString(withLatinDigits(uiLanguage), options)
    : numbers(uiLanguage).format(number)
}

const pluralRules = formatterCache((language) => new Intl.PluralRules(language))
const numbers = formatterCache((language) => new Intl.NumberFormat(language))
