import { expect, test } from 'vitest'
import { fitLines, type Setting } from '#lib/publishing/fit-lines.ts'

const TEXT = 'Diplomats urged to counter the global efforts of some to keep all data at home'

/** A font whose letters have widths of their own. */
const setting = (widthOf: (letter: string) => number): Setting => ({
  width: (word) => [...word].reduce((sum, letter) => sum + widthOf(letter), 0),
  space: widthOf(' '),
})
const font = setting((letter) => 0.4 + (letter.codePointAt(0)! % 7) / 40)
const other = setting((letter) => 0.45 + (letter.codePointAt(0)! % 11) / 60)

/** Counts the lines of a text in a column, as browsers break them. */
function countLines({ width, space }: Setting, column: number): number {
  let [lines, used] = [1, -space]
  for (const word of TEXT.split(' ')) {
    const more = space + width(word)
    if (used + more <= column) used += more
    else [lines, used] = [lines + 1, width(word)]
  }
  return lines
}

const columns = Array.from({ length: 100 }, (_, index) => 8 + index / 10)

test('a text has as many lines in one font as in the other, however wide its column is', () => {
  const { changes, scale } = fitLines(TEXT, font, other, [7, 19])
  const changed = setting(
    (letter) =>
      font.width(letter) +
      (letter === ' ' ? font.space - font.width(' ') : 0) +
      (changes.get(letter) ?? 0),
  )
  const scaled = setting((letter) => other.width(letter) * scale)
  const differ = columns.filter(
    (column) => countLines(changed, column) !== countLines(scaled, column),
  )
  expect(differ).toEqual([])
  const before = columns.filter((column) => countLines(font, column) !== countLines(scaled, column))
  expect(before.length).toBeGreaterThan(3)
})

test('nothing is changed in a font that is as wide already', () => {
  const { changes, scale } = fitLines(TEXT, font, font, [7, 19])
  expect(scale).toBeCloseTo(1)
  expect([...changes.values()].every((change) => Math.abs(change) < 1e-9)).toBe(true)
})

test('of a text that is always one line, that line is as wide', () => {
  const { scale } = fitLines('Harbour', font, other, [7, 19])
  expect(other.width('Harbour') * scale).toBeCloseTo(font.width('Harbour'))
})

test('a text of very many words is fitted as a whole, in no time', () => {
  const words = Array.from({ length: 2_000 }, () => 'word')
  const { changes, scale } = fitLines(words.join(' '), font, other, [7, 19])
  expect(changes.size).toBe(0)
  const width = ({ width, space }: Setting) => 2_000 * width('word') + 1_999 * space
  expect(scale).toBeCloseTo(width(font) / width(other))
})
