// Tests lib/comments/names.ts, lib/comments/confusables.ts
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { replaceConfusables } from '#lib/comments/confusables.ts'
import table from '#lib/comments/confusables.json' with { type: 'json' }
import { nameProblem } from '#lib/comments/validation.ts'
import { cleanName, looksLike, hasStackedMarks } from '#lib/comments/names.ts'

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

const AUTHOR = 'Artimouse Prime'
/** Other letters for the same look. */
const CYRILLIC = { A: 'А', e: 'е', i: 'і', o: 'о', P: 'Р', s: 'ѕ' }
const GREEK = { A: 'Α', o: 'ο', P: 'Ρ', i: 'ι', u: 'υ' }
const swap = (name: string, letters: Record<string, string>) =>
  [...name].map((letter) => letters[letter] ?? letter).join('')
const shift = (name: string, upper: number, lower: number) =>
  name
    .replace(/[A-Z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) - 65 + upper))
    .replace(/[a-z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) - 97 + lower))

describe('a name that could be taken for the author’s is refused', () => {
  test.each([
    ['itself', AUTHOR],
    ['in other case', 'aRTIMOUSE pRIME'],
    ['in Cyrillic letters', swap(AUTHOR, CYRILLIC)],
    ['in Greek letters', swap(AUTHOR, GREEK)],
    ['in Cyrillic capitals', 'АRТІМОUSЕ РRІМЕ'],
    ['in fullwidth letters', shift(AUTHOR, 0xff21, 0xff41)],
    ['in bold letters', shift(AUTHOR, 0x1d400, 0x1d41a)],
    ['in script letters', shift(AUTHOR, 0x1d4d0, 0x1d4ea)],
    ['in circled letters', shift(AUTHOR, 0x24b6, 0x24d0)],
    ['with accents', 'Ártïmoùsé Prîme'],
    ['struck through', [...AUTHOR].join('\u0336')],
    ['with what nobody sees', 'Arti\u200bmouse\u2060 Pr\u00adime'],
    ['with a joiner', 'Arti\u200dmouse Prime'],
    ['with the direction turned', '\u202eArtimouse\u202c Prime'],
    ['with digits', 'Art1m0use Pr1me'],
    ['with signs for letters', 'Art|mouse Pr!me'],
    ['with a capital I and a small l', 'ArtImouse Prlme'],
    ['with two letters that look like one', 'Artirnouse Prirne'],
    ['in one word', 'ArtimousePrime'],
    ['in letters apart', 'A r t i m o u s e P r i m e'],
    ['with other signs between', 'Artimouse_Prime'],
    ['with spaces nobody types', 'Artimouse\u2003\u00a0Prime'],
    ['with a blank that is no space', 'Artimouse\u2800Prime'],
    ['with a word before', 'The Artimouse Prime'],
    ['with words after', 'Artimouse Prime, author of this'],
    ['in brackets', '(Artimouse Prime)'],
    ['with a tick', 'Artimouse Prime ✓'],
    ['with a full stop', 'Artimouse Prime.'],
    ['with an exclamation mark', 'Artimouse Prime!'],
    ['with a line after', 'Artimouse Prime | Author'],
    ['with a line at the end', 'Artimouse Prime|'],
  ])('%s', (_, name) => {
    expect(looksLike(name, AUTHOR)).toBe(true)
    expect(looksLike(cleanName(name), AUTHOR)).toBe(true)
  })

  test.each([
    'Ann',
    'Artimouse',
    'Prime',
    'Prime Artimouse',
    'Artie Mouse',
    'Optimus Prime',
    'Artimouse Primer',
    'Martimouse Prime',
    'Artimouse von Prime',
    'Анна',
    '李雷',
    'علی‌رضا',
    '👨‍👩‍👧‍👦',
    '!!!',
    '',
  ])('and an honest one is not: %s', (name) => {
    expect(looksLike(name, AUTHOR)).toBe(false)
  })

  test('a name of one word only where it is that word alone', () => {
    for (const name of ['Ann', 'ANN', 'Аnn', 'Án\u0336n', 'A n n', 'Ann.'])
      expect([name, looksLike(name, 'Ann')]).toEqual([name, true])
    for (const name of ['Ann Lee', 'Lee Ann', 'Anne', 'Hann', 'An', ''])
      expect([name, looksLike(name, 'Ann')]).toEqual([name, false])
  })

  test('an author’s name of signs alone is nobody’s', () => {
    expect(looksLike('Ann', '☆')).toBe(false)
    expect(looksLike('', '')).toBe(false)
  })

  test.each(['李雷', 'Анна Каренина', 'محمد علي', 'नरेंद्र मोदी', 'Nguyễn Thị Ánh', 'Iliill O0'])(
    'in any script: %s',
    (author) => {
      expect(looksLike(author, author)).toBe(true)
      expect(looksLike(`${author} ✓`, author)).toBe(true)
      expect(looksLike('Ann Lee', author)).toBe(false)
    },
  )

  /** One name in many looks, letter by letter. */
  const letter = (plain: string) => {
    const code = plain.toLowerCase().charCodeAt(0) - 97
    const looks = [0x1d41a, 0x1d44e, 0x1d4ea, 0x1d68a, 0xff41, 0x24d0].map((start) =>
      String.fromCodePoint(start + code),
    )
    const marks = ['', '', '\u0301', '\u0336', '\u200b', '\u00ad', '\u2060', '\u0323\u0308']
    return fc
      .tuple(
        fc.constantFrom(plain, plain.toUpperCase(), plain.toLowerCase(), ...looks).filter(
          // What is no letter: holes in the alphabets of mathematics.
          (look) => /\p{L}|\p{So}/u.test(look),
        ),
        fc.constantFrom(...marks),
      )
      .map((parts) => parts.join(''))
  }
  const disguised = fc
    .tuple(
      ...[...AUTHOR].map((plain) =>
        plain === ' ' ? fc.constantFrom(' ', '  ', '\u00a0', '-', '_', '.', '') : letter(plain),
      ),
    )
    .map((letters) => letters.join(''))

  test(
    'in any mixture of looks, with other words around it or without',
    () => {
      const words = fc.constantFrom('', 'The', 'Dr', '✓', '(author)', '«')
      fc.assert(
        fc.property(disguised, words, words, (name, before, after) => {
          const whole = `${before} ${name} ${after}`.trim()
          // Written as one word it is the author's only alone.
          if (/[\p{L}\p{N}]/u.test(before + after) && !/[ \u00a0_.-]/.test(name)) return
          expect([whole, looksLike(cleanName(whole), AUTHOR)]).toEqual([whole, true])
        }),
        RUNS,
      )
    },
    TIMEOUT,
  )

  test(
    'and it makes no difference whether the name was cleaned before',
    () => {
      const name = fc.oneof(
        disguised,
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('Ann', 'Lee', 'Anna\u200b Karenina', '\u202eLee Ann'),
      )
      fc.assert(
        fc.property(name, (name) => {
          expect(looksLike(cleanName(name), AUTHOR)).toBe(looksLike(name, AUTHOR))
        }),
        RUNS,
      )
    },
    TIMEOUT,
  )

  test(
    'and one that lacks one of its letters is not',
    () => {
      const others = fc.string({
        unit: fc.constantFrom(...'Arouse Pe-xyzABCДЖФ語'),
        maxLength: 40,
      })
      fc.assert(
        fc.property(others, (name) => {
          expect([name, looksLike(name, AUTHOR)]).toEqual([name, false])
        }),
        RUNS,
      )
    },
    TIMEOUT,
  )
})

describe('every character that Unicode calls confusable', () => {
  const decode = (codes: string) =>
    String.fromCodePoint(...codes.split(' ').map((code) => parseInt(code, 16)))
  const alike = new Map<string, string[]>(
    Object.entries(table.confusables).map(([prototype, characters]) => [
      decode(prototype),
      [decode(prototype), ...characters.split(' ').map(decode)],
    ]),
  )
  const prototypes = new Map(
    [...alike].flatMap(([prototype, characters]) =>
      characters.map((character) => [character, prototype] as const),
    ),
  )

  test('is in the table of Unicode 17, each once', () => {
    const characters = Object.values(table.confusables).flatMap((list) => list.split(' '))
    expect([characters.length, new Set(characters).size]).toEqual([6_565, 6_565])
    expect(replaceConfusables('\u01bd\u0430\ua731')).toBe('sas')
    expect(replaceConfusables('\u{1d5a0}\uff4d')).toBe('Arn')
  })

  test.each([
    ...['Artimouse Prime', 'Ada Lovelace', 'IDA B. WELLS', 'Zoë O\u2019Neill-Smith', 'Jo3 99'],
    ...[
      'Анна Каренина',
      'ЗОЯ Щукина',
      'Νίκος Καζαντζάκης',
      'שרה כהן',
      'محمد علي',
      '李雷',
      'नरेंद्र मोदी',
    ],
    ...['Նարեկ', 'สมชาย ใจดี', 'ᏣᎳᎩ'],
  ])('in %s makes a name that is the author’s', (author) => {
    const letters = [...author.normalize('NFC')]
    for (const [index, letter] of letters.entries())
      for (const character of alike.get(prototypes.get(letter) ?? letter) ?? []) {
        const name = letters.with(index, character).join('')
        expect([name, character, looksLike(name, author)]).toEqual([name, character, true])
        if (!/\p{Default_Ignorable_Code_Point}/u.test(character))
          expect([name, looksLike(cleanName(name), author)]).toEqual([name, true])
      }
  })

  test('in each letter at once makes one, too', () => {
    const random = (list: string[], seed: number) => list[seed % list.length]!
    for (let seed = 1; seed < 300; seed++) {
      const name = [...AUTHOR].map((letter, index) =>
        random(alike.get(prototypes.get(letter) ?? letter) ?? [letter], seed * (index + 7)),
      )
      expect([name, looksLike(name.join(''), AUTHOR)]).toEqual([name, true])
    }
  })

  test.each([
    ['Ada Lovelace', 'Ida Lovelace'],
    ['Ada Lovelace', 'Ada Loveless'],
    ['Anna', 'Hanna'],
    ['Ann', 'Arn'],
    ['Fam Smith', 'Sam Smith'],
    ['Анна Каренина', 'Инна Каренина'],
    ['राम', 'रमा'],
    ['李雷', '李蕾'],
    ['王', '玉'],
    ['محمد', 'محمود'],
    ['Νίκος', 'Νίκη'],
    ['Mia', 'Nia'],
    ['Clara', 'Dara'],
  ])('and %s is not %s', (author, name) => {
    expect([looksLike(name, author), looksLike(author, name)]).toEqual([false, false])
  })
})

test('what is left of a name of nothing to see is asked for', () => {
  expect(nameProblem(cleanName('\u200b\u202e \u2060'))).toBe('Please write your name.')
})
