/** A font in which a text is set: the width of a word, in em, and that of the space between two. */
export type Setting = { width: (word: string) => number; space: number }

/** Words in a row, as one line has them, and its width in em. */
type Line = { words: string[]; width: number }

/** How often widths are corrected; each time fewer lines differ. */
const ROUNDS = 100
/** Most words whose lines are compared, which costs the fourth power of their number. */
const MOST_WORDS = 60
/** By how much rather a space is changed than a letter. */
const SPACE_WEIGHT = 4

/**
 * Finds by how much to change the widths of a font's letters and space, so that a text has as many lines
 * in it as in another font, whatever the width of its column. A text has `n` lines where the widest line of
 * its best division into `n` fits: these few lines have to be as wide in both, for which some thousandths
 * of an em for each letter are enough.
 *
 * Beyond 60 words only the whole is fitted.
 *
 * @param column the narrowest and the widest width of the text's column, in em
 * @returns changes in em by character, and by how much to scale the other font
 */
export function fitLines(
  text: string,
  font: Setting,
  other: Setting,
  [narrowest, widest]: [number, number],
): { changes: Map<string, number>; scale: number } {
  const words = text.trim().split(/\s+/)
  const changes = new Map<string, number>()
  const change = (text: string) =>
    [...text].reduce((sum, character) => sum + (changes.get(character) ?? 0), 0)
  const counts = words.length > MOST_WORDS ? [] : words.map((_, index) => index + 1)
  const decisive = counts
    .map((count) => ({
      count,
      before: widestLine(words, font, count).width,
      goal: widestLine(words, other, count).width,
    }))
    .filter(({ before }) => before >= narrowest && before <= widest)
  const ratios = decisive.map(({ before, goal }) => before / goal)
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length
  const whole = widestLine(words, font, 1).width / widestLine(words, other, 1).width
  const scale = mean || whole
  for (let round = 0; round < ROUNDS; round++)
    for (const { count, goal } of decisive) {
      const changed = {
        width: (word: string) => font.width(word) + change(word),
        space: font.space + change(' '),
      }
      const line = widestLine(words, changed, count)
      const characters = [...line.words.join(' ')]
      const weight = (character: string) => (character === ' ' ? SPACE_WEIGHT : 1)
      const times = (character: string) => characters.filter((other) => other === character).length
      const total = characters.reduce((sum, one) => sum + weight(one) * times(one), 0)
      // Half of what is missing: another line may need the contrary.
      const step = (goal * scale - line.width) / total / 2
      for (const character of characters)
        changes.set(character, (changes.get(character) ?? 0) + step * weight(character))
    }
  return { changes, scale }
}

/** Divides words into lines so that the widest is as narrow as it can be, and returns that one. */
function widestLine(words: string[], { width, space }: Setting, count: number): Line {
  const ends = [0]
  for (const word of words) ends.push(ends.at(-1)! + width(word) + space)
  const lineOf = (from: number, to: number): Line => ({
    words: words.slice(from, to),
    width: ends[to]! - ends[from]! - space,
  })
  /** The widest line of the best division of the first so many words. */
  let best: Line[] = words.map((_, index) => lineOf(0, index + 1))
  for (let lines = 2; lines <= count; lines++)
    best = best.map((whole, index) => {
      let narrowest = whole
      for (let from = lines - 1; from <= index; from++) {
        const last = lineOf(from, index + 1)
        const widest = last.width > best[from - 1]!.width ? last : best[from - 1]!
        if (widest.width < narrowest.width) narrowest = widest
      }
      return narrowest
    })
  return best.at(-1)!
}
