const EXAMPLES = 'such as en, de or pt-BR'

/** Languages in which publishers may name a language. */
const NAMING = ['en', 'de', 'fr', 'es', 'ar', 'zh']

/**
 * Checks a language tag (BCP 47) and writes it in its usual form, such as `pt-BR` for `pt-br`.
 *
 * @returns the tag, or what is wrong and which tag is meant
 */
export function checkLanguageTag(
  tag: string,
): { canonical: string; problem?: never } | { canonical?: never; problem: string } {
  const locale = parseTag(tag.trim())
  if (locale && nameOf('language', locale.language)) {
    if (!locale.region || nameOf('region', locale.region)) return { canonical: locale.toString() }
    return {
      problem: `has a country that is not known, "${locale.region}"; write ${locale.language}, or a tag ${EXAMPLES}`,
    }
  }
  const meant = parseTag(tag.trim().replaceAll('_', '-'))
  if (meant && meant.toString() !== locale?.toString()) {
    const { canonical } = checkLanguageTag(meant.toString())
    if (canonical) return { problem: `must be a language tag; write ${canonical}` }
  }
  const found = findTagByName(tag) ?? findTagByCountry(tag)
  return { problem: `must be a language tag; write ${found ?? `one ${EXAMPLES}`}` }
}

function parseTag(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag)
  } catch {}
}

function nameOf(type: 'language' | 'region', code: string): string | undefined {
  return new Intl.DisplayNames('en', { type, fallback: 'none' }).of(code)
}

/** Finds the tag of a language by its name in English, in itself or in one of `NAMING`. */
function findTagByName(typed: string): string | undefined {
  const [name] = typed
    .toLowerCase()
    .trim()
    .split(/[\s(,_-]+/)
  if (!name) return
  return twoLetters().find((code) => {
    const own = nameOf('language', code)
    return (
      own &&
      [code, ...NAMING].some((language) => {
        const names = new Intl.DisplayNames(language, { type: 'language', fallback: 'none' })
        return names.of(code)?.toLowerCase() === name
      })
    )
  })
}

/** Finds the language that is spoken most where a country code was typed, such as `ja` for `jp`. */
function findTagByCountry(typed: string): string | undefined {
  if (!/^[a-z]{2}$/i.test(typed) || !nameOf('region', typed.toUpperCase())) return
  return new Intl.Locale(`und-${typed}`).maximize().language
}

function twoLetters(): string[] {
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  return letters.flatMap((first) => letters.map((second) => first + second))
}
