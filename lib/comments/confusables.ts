import table from '#lib/comments/confusables.json' with { type: 'json' }

const prototypes = new Map(
  Object.entries(table.confusables).flatMap(([prototype, characters]) =>
    decode(characters).map((character) => [character, decode(prototype).join('')] as const),
  ),
)

/** Matches all characters but small letters that stand for themselves: most are such, and regular expressions fast. */
const UNSETTLED = /[^a-ln-z ]/gu

/**
 * Replaces each character that looks like others by the one that Unicode has chosen for all of them: the
 * table of https://www.unicode.org/reports/tr39/#Confusable_Detection. What is not in the table is
 * decomposed first, wide and bold letters too.
 */
export function replaceConfusables(text: string): string {
  return text.replace(
    UNSETTLED,
    (character) =>
      prototypes.get(character) ?? character.normalize('NFKD').replace(/./gsu, prototypeOf),
  )
}

function prototypeOf(character: string): string {
  return prototypes.get(character) ?? character
}

/** Decodes code points in hexadecimal. */
function decode(codePoints: string): string[] {
  return codePoints.split(' ').map((code) => String.fromCodePoint(parseInt(code, 16)))
}
