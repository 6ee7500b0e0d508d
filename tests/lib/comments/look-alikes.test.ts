// Tests lib/comments/look-alikes.ts, lib/comments/letter-looks.ts, lib/comments/confusables.ts
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { replaceConfusables } from '#lib/comments/confusables.ts'
import table from '#lib/comments/confusables.json' with { type: 'json' }
import { readings } from '#lib/comments/letter-looks.ts'
import looks from '#lib/comments/letter-looks.json' with { type: 'json' }
import { isMadeOf, looksLike, partsOf } from '#lib/comments/look-alikes.ts'
import { cleanName } from '#lib/comments/names.ts'

const RUNS = { numRuns: process.env.LONG ? 100_000 : 2_000 }
const TIMEOUT = process.env.LONG ? 3_600_000 : 120_000

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
    ['with its words exchanged', 'Prime Artimouse'],
    ['with its words exchanged, and a sign between', 'Prime, Artimouse'],
    ['with its words exchanged, in one', 'PrimeArtimouse'],
    ['in small capitals', 'ᴀʀᴛɪᴍᴏᴜꜱᴇ ᴘʀɪᴍᴇ'],
    ['in Canadian syllabics', 'ᗩᖇTIᗰOᑌᔕE ᑭᖇIᗰE'],
    ['in letters turned over', 'ɐɹʇᴉɯonsǝ pɹᴉɯǝ'.replace('n', 'u').replace('p', 'P')],
    ['in squares, as emoji have them', 'A\u{1f170}\ufe0f'.slice(1) + 'rtimouse Prime'],
    ['with digits and signs for many letters', '@r71m0u$3 Pr1m3'],
  ])('%s', (_, name) => {
    expect(looksLike(name, AUTHOR)).toBe(true)
    expect(looksLike(cleanName(name), AUTHOR)).toBe(true)
  })

  test.each([
    'Ann',
    'Artimouse',
    'Prime',
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
          // Leaves out holes in the alphabets of mathematics.
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

describe('letters that stand for others, but are not confusable as Unicode has it', () => {
  const A_TO_Z = [...'abcdefghijklmnopqrstuvwxyz']
  const symbols = (first: number) =>
    A_TO_Z.map((_, index) => String.fromCodePoint(first + index)).join('')

  test.each([
    ...looks.alphabets,
    'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡxʏᴢ',
    ...[0x1f110, 0x1f130, 0x1f150, 0x1f170, 0x1f1e6, 0x24b6, 0x249c, 0x1d400, 0xff21].map(symbols),
  ])('of the alphabet %s', (alphabet) => {
    const letters = [...alphabet]
    expect(letters).toHaveLength(26)
    for (const [index, letter] of A_TO_Z.entries())
      expect([letter, looksLike(`Qy${letters[index]}k Lee`, `Qy${letter}k Lee`)]).toEqual([
        letter,
        true,
      ])
    const name = [...'artimouse'].map((letter) => letters[A_TO_Z.indexOf(letter)]).join('')
    expect([name, looksLike(`${name} Prime`, AUTHOR)]).toEqual([name, true])
  })

  test('stand for one each', () => {
    const pairs = looks.alphabets.flatMap((alphabet) =>
      [...alphabet].map((form, index) => form + A_TO_Z[index]),
    )
    const forms = [...new Set(pairs)].map((pair) => pair.slice(0, -1))
    expect(forms.filter((form, index) => forms.indexOf(form) !== index)).toEqual([])
  })

  /** Joined letters, clicks, glottal stops and the like, which look like none of the 26. */
  const NONE =
    'ƕƛƢƣƪƺƻƾǂǃǶȢȣȸȹɁɂɤɶɸʆʓʔʕʖʘʡʢʤʥʧʨʬʭˤᴁᴂᴔᴕᴤᴥᴽᵆᵜᵺᶋᶘᶲẞẟỺỻⱷꜢꜣꜤꜥꜦꜧꜨꜩꜪꜫꜬꜭꜮꜯꝜꝝꝤꝥꝦꝧꝪꝫꝬꝭꝮꝯꝰꝱꝲꝳꝴꝵꝶꝸꞚꞛꞜꞝꟋ꟎꟏꟒ꟓ꟔ꟕꟚꟛꟜꬱꭀꭁꭂꭃꭄꭍꭐꭑꭜꭠꭡꭢꭦꭧ𐞀𐞁𐞂𐞈𐞉𐞊𐞑𐞟𐞣𐞫𐞭𐞮𐞳𐞴𐞵𐞸𐞹𝼀𝼅𝼊𝼋𝼌𝼎𝼒𝼔𝼗𝼘𝼙𝼜𝼥𝼦𝼧𝼨𝼩𝼪'

  test('are all those of the Latin script that have one', () => {
    const missing: string[] = []
    for (let code = 0x80; code < 0x20000; code++) {
      const letter = String.fromCodePoint(code)
      if (!/(?=\p{L})\p{Script=Latin}/u.test(letter)) continue
      const plain = [letter, letter.normalize('NFKD')]
        .flatMap((form) => [form, form.toUpperCase(), form.toLowerCase()])
        .flatMap(readings)
        .map((form) => replaceConfusables(form).normalize('NFKD').replace(/\p{M}/gu, ''))
        .find((form) => /^[a-z'·]+$/i.test(form))
      if (plain === undefined) missing.push(letter)
      else
        expect([letter, looksLike(`Qy${letter}k Lee`, `Qy${plain}k Lee`)]).toEqual([letter, true])
    }
    expect(missing.join('')).toBe(NONE)
  })
})

describe.each(readdirSync('messages').filter((folder) => folder !== 'site'))(
  'names of an office in %s',
  (language) => {
    const { names, articles } = JSON.parse(
      readFileSync(`messages/${language}/reserved-names.json`, 'utf8'),
    ) as Record<string, string>
    const offices = names!.split(' | ')
    const parts = partsOf(['The Daily Mouse', ...offices])

    test.each(offices)('%s is taken, however it is written', (office) => {
      const spelled = [office, office.toUpperCase(), `${office}s`, `${office} 2`, `(${office})`]
      for (const name of spelled.with(2, `★ ${office}`))
        expect([name, isMadeOf(name, parts)]).toEqual([name, true])
      expect(isMadeOf(`The Daily Mouse ${office}`, parts)).toBe(true)
    })

    test('and the names of people are not', () => {
      expect(articles).toBeDefined()
      const people = [
        'Ann',
        'Ann Editor',
        'Moderato',
        'Daily',
        'Mouse',
        '李雷',
        'محمد علي',
        'Lê',
        '12',
        '!',
      ]
      for (const name of people) expect([name, isMadeOf(name, parts)]).toEqual([name, false])
    })
  },
)
