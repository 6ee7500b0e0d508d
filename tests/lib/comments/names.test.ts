import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameProblem } from '#lib/comments/validation.ts'
import { cleanName, hasStackedMarks } from '#lib/comments/names.ts'

const RUNS = { numRuns: process.env.LONG ? 100_000 : 2_000 }
const TIMEOUT = process.env.LONG ? 3_600_000 : 120_000

describe('a name is kept as people see it', () => {
  test.each([
    ['the direction turned', '\u202eAnn\u202c', 'Ann'],
    ['the direction isolated', '\u2066Ann\u2069 \u2067Lee\u2069', 'Ann Lee'],
    ['a mark of direction', 'Ann\u200e\u200f\u061c', 'Ann'],
    ['zero-width runs', '\u200b\u200bA\u200b\u2060\ufeffnn', 'Ann'],
    ['a soft hyphen', 'An\u00adna', 'Anna'],
    ['an invisible letter of Hangul', '\u3164Ann\u115f', 'Ann'],
    ['what is called a tag', 'Ann\u{e0041}\u{e007f}', 'Ann'],
    ['control characters', 'A\u0007n\u001b[n\u009f', 'An[n'],
    ['lines', 'Ann\r\nLee\nKay', 'Ann Lee Kay'],
    ['lines as Unicode has them', 'Ann\u2028Lee\u2029Kay\u0085', 'Ann Lee Kay'],
    ['wide and many spaces', '\u3000Ann \t\u00a0\u2003Lee ', 'Ann Lee'],
    ['spaces around what nobody sees', 'Ann \u200b Lee', 'Ann Lee'],
    ['spaces around joiners', 'Ann \u200d Lee', 'Ann Lee'],
    ['joiners at the ends', '\u200dAnn\u200c', 'Ann'],
    ['joiners in a row', 'A\u200d\u200c\u200dB', 'A\u200dB'],
    ['a letter and its accent apart', 'Rene\u0301', 'Ren\u00e9'],
    ['nothing to see', '\u200b\u202e \u200d\u2060', ''],
  ])('%s', (_, typed, kept) => {
    expect(cleanName(typed)).toBe(kept)
  })

  test.each([
    'Ann',
    "Conan O'Brien-Smith, Jr.",
    'Nguyễn Thị Ánh',
    '李雷',
    'Анна Каренина',
    'محمد',
    'علی‌رضا',
    'नरेंद्र मोदी',
    'ශ්‍රී ලංකා',
    'שָׁלוֹם',
    '👨‍👩‍👧‍👦',
    '👍🏽 Ann ❤️',
    '🇩🇪 🏳️‍🌈',
    '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
    '1️⃣',
    '<b>"Ann" & {Lee}</b>',
  ])('%s as it is', (name) => {
    expect(cleanName(name)).toBe(name.normalize('NFC'))
    expect(hasStackedMarks(name)).toBe(false)
  })

  /** Letters, and what might stand between, on and around them unseen. */
  const typed = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc
      .array(
        fc.constantFrom(
          ...['A', 'é', 'e', 'я', 'ع', '語', '👩', '🇩', '🏴', '-', "'", '<'],
          ...[' ', '\n', '\r\n', '\t', '\u00a0', '\u2028', '\u0085', '\u3000'],
          ...['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u3164', '\u034f'],
          ...['\u202e', '\u202c', '\u2066', '\u200f', '\ufe0f', '\u{e0067}', '\u{e007f}', '\0'],
          ...['\u0301', '\u0336', '\u0e35', '\u{1f3fd}'],
        ),
        { maxLength: 30 },
      )
      .map((pieces) => pieces.join('')),
  )

  test(
    'any name: in one line, single spaces only within, and nothing that turns the direction',
    () => {
      fc.assert(
        fc.property(typed, (name) => {
          const clean = cleanName(name)
          expect(clean).not.toMatch(/^\s|\s$|\s\s|[^\S ]/u)
          expect(clean).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u200b\u2060\ufeff\u00ad\u3164]/u)
          expect(clean).not.toMatch(/[\u200c\u200d]{2}|^[\u200c\u200d]|[\u200c\u200d]$/u)
        }),
        RUNS,
      )
    },
    TIMEOUT,
  )

  test(
    'any name: cleaned again it is the same',
    () => {
      fc.assert(
        fc.property(typed, (name) => {
          expect(cleanName(cleanName(name))).toBe(cleanName(name))
        }),
        RUNS,
      )
    },
    TIMEOUT,
  )

  test(
    'any name: every letter, digit and sign stays, in its order',
    () => {
      // Without accents: what stood between a letter and its accent may leave them to join.
      const seen = (name: string) =>
        name
          .normalize('NFD')
          .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
          .match(/[\p{L}\p{N}\p{P}\p{S}]/gu)
          ?.join('')
      fc.assert(
        fc.property(typed, (name) => {
          expect(seen(cleanName(name))).toBe(seen(name))
        }),
        RUNS,
      )
    },
    TIMEOUT,
  )
})

describe('a pile of marks', () => {
  test.each([4, 5, 6, 40])('is told from letters that have many: %i', (count) => {
    expect(hasStackedMarks(`Z${'\u0336'.repeat(count)}algo`)).toBe(count >= 5)
  })

  test('is one where something invisible stands between the marks', () => {
    expect(hasStackedMarks(`Ann${'\u0301\u0316\u200b'.repeat(3)}`)).toBe(true)
  })

  test('of different marks, on any letter, is one', () => {
    expect(hasStackedMarks('Ann z\u0300\u0316\u0336\u20dd\u0489')).toBe(true)
    expect(hasStackedMarks('\u0e01\u0e35\u0e48\u0e35\u0e48\u0e35')).toBe(true)
  })

  test('is not made by marks that are spread', () => {
    expect(hasStackedMarks('a\u0323\u0302\u0301\u0336'.repeat(20))).toBe(false)
  })
})

test('what is left of a name of nothing to see is asked for', () => {
  expect(nameProblem(cleanName('\u200b\u202e \u2060'))).toBe('Please enter your name.')
})
