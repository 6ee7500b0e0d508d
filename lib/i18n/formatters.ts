/**
 * Makes a function that returns the formatter of a language and keeps it: a page of fifty comments
 * needs one two hundred times, and making one is slow.
 *
 * @param make makes a formatter for a language tag such as `pt-BR`
 */
export function formatterCache<Formatter>(
  make: (language: string) => Formatter,
): (language: string) => Formatter {
  const made = new Map<string, Formatter>()
  return (language) => {
    const known = made.get(language) ?? make(language)
    made.set(language, known)
    return known
  }
}
