import { formatter } from '#lib/i18n/formatters.ts'
import site from '#messages/site.json' with { type: 'json' }

/** The story's language, a tag such as `pt-BR`. */
export const language: string = site.language
export const direction = site.direction as 'ltr' | 'rtl'
/** The language of the interface's words: the story's, or English where there are none in it. */
export const uiLanguage: string = site.spoken

/** A message in one form for each kind of number that its language tells apart. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** Puts values where a message has their names in braces: `{count}`. */
export function fill(message: string, values: Record<string, string | number>): string {
  return message.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name]
    return typeof value === 'number' ? formatNumber(value) : (value ?? place)
  })
}

/** The form of a message for a count, which may stand in it as `{count}`. */
export function plural(forms: Plural, count: number, values: Record<string, string> = {}): string {
  const form = forms[pluralRules(uiLanguage).select(count)] ?? forms.other
  return fill(form, { count, ...values })
}

export function formatNumber(number: number, options?: Intl.NumberFormatOptions): string {
  return options ? number.toLocaleString(uiLanguage, options) : numbers(uiLanguage).format(number)
}

const pluralRules = formatter((language) => new Intl.PluralRules(language))
const numbers = formatter((language) => new Intl.NumberFormat(language))
