import looks from '#lib/comments/letter-looks.json' with { type: 'json' }

/** First of 26 symbols, in the order of the alphabet: negative circled, negative squared, regional. */
const SYMBOLS = [0x1f150, 0x1f170, 0x1f1e6]
const A_TO_Z = 'abcdefghijklmnopqrstuvwxyz'

/** Maps letters of the Latin script, and symbols, to the letter that Unicode's name of them says. */
const byName = new Map([
  ...Object.entries(looks.latin).flatMap(([letter, forms]) =>
    [...forms].map((form) => [form, letter] as const),
  ),
  ...SYMBOLS.flatMap((first) =>
    [...A_TO_Z].map((letter, index) => [String.fromCodePoint(first + index), letter] as const),
  ),
])

/** Maps letters of any script to the one that they stand for in an alphabet which people decorate names with. */
const byAlphabet = new Map(
  looks.alphabets.flatMap((alphabet) =>
    [...alphabet].map((form, index) => [form, A_TO_Z[index]!] as const),
  ),
)

/**
 * Reads a text in the ways that letters can stand for Latin ones, small capitals, symbols and signs of
 * other scripts among them, which Unicode does not call confusable: as it is, by their names, and by the
 * alphabets that programs for decorated text have.
 */
export function readings(text: string): string[] {
  return [text, ...[byName, byAlphabet].map((letters) => replace(text, letters))]
}

function replace(text: string, letters: Map<string, string>): string {
  return text.replace(/[^a-z ]/gu, (character) => letters.get(character) ?? character)
}
