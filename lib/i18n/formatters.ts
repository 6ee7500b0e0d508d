/**
 * Makes a function that returns the formatter of a language and keeps it: a page of fifty comments
 * needs one two hundred times, and making one is slow.
 *
 * @param make makes a formatter for a locale of `withLatinDigits`
 * @returns a function of a language tag such as `pt-BR`
 */
export function formatterCache<Formatter>(
  make: (locale: Intl.Locale) => Formatter,
): (language: string) => Formatter {
  const made = new Map<string, Formatter>()
  return (language) => {
    const known = made.get(language) ?? make(withLatinDigits(language))
    made.set(language, known)
    return known
  }
}

/**
 * Makes the locale of a language with the digits 0 to 9, which the numbers of lists and notes have: a page
 * has one kind, whatever a region, or the browser's version of it, prefers.
 */
export function withLatinDigits(language: string): Intl.Locale {
  return new Intl.Locale(language, { numberingSystem: 'latn' })
}
