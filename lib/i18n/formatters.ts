/**
 * Keeps what formats in a language: it is slow to make, and fifty comments need it two hundred times.
 *
 * @param make makes it for a language, a tag such as `pt-BR`
 */
export function formatter<Formatter>(
  make: (language: string) => Formatter,
): (language: string) => Formatter {
  const made = new Map<string, Formatter>()
  return (language) => {
    const known = made.get(language) ?? make(language)
    made.set(language, known)
    return known
  }
}
