import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseComment } from '#lib/comments/comment-markdown.ts'
import {
  fingerprint,
  holdReason,
  type Screening,
  type CommentToScreen,
} from '#lib/comments/screening.ts'

const OPEN: Screening = { comments: 'open', heldWords: [], proofOfWork: true, commentLinks: 2 }

function reason(
  text: string,
  screening: Partial<Screening> = {},
  submission: Partial<CommentToScreen> = {},
): string | undefined {
  return holdReason(
    {
      name: 'Ann',
      text,
      body: parseComment(text),
      proven: true,
      filledHoneypot: false,
      ...submission,
    },
    { ...OPEN, ...screening },
  )
}

describe('a comment waits for approval', () => {
  test('not, when nothing speaks for it', () => {
    expect(reason('A letter')).toBeUndefined()
  })

  test('where all do', () => {
    expect(reason('A letter', { comments: 'held' })).toBe('all')
  })

  test('when something stood in the hidden field', () => {
    expect(reason('A letter', {}, { filledHoneypot: true })).toBe('trap')
  })

  test('without a proof of work, where one is asked for', () => {
    expect(reason('A letter', {}, { proven: false })).toBe('unproven')
    expect(reason('A letter', { proofOfWork: false }, { proven: false })).toBeUndefined()
  })

  test.each([
    ['autolinks', 'https://a.example www.b.example <https://c.example>'],
    ['addresses of mail', 'a@a.example <b@b.example> mailto:c@c.example'],
    ['links', '[a](https://a.example) [b](https://b.example) [c](https://c.example)'],
    ['pictures', '![a](https://a.example) ![b](https://b.example) ![c](https://c.example)'],
    ['one address again', 'https://a.example https://a.example https://a.example'],
    ['links deep inside', '> - **https://a.example**\n> - *[b](https://b.example)*\n\nc@c.example'],
  ])('with more links than are let through: %s', (_, text) => {
    expect(reason(text)).toBe('links')
    expect(reason(text, { commentLinks: 3 })).toBeUndefined()
    expect(reason(text, { commentLinks: 0 })).toBe('links')
  })

  test('and what only looks like a link is none', () => {
    const text = '[x](javascript:x) [y][z] \\<https:> a@b http://'
    expect(reason(text, { commentLinks: 0 })).toBeUndefined()
  })

  test('for addresses that lead nowhere, too: a text may have too many for the parser', () => {
    expect(reason('www.spam.example '.repeat(60))).toBe('links')
    expect(reason('`https://a.example` '.repeat(3))).toBe('links')
  })

  test('for an address or a listed word in the name', () => {
    expect(reason('Hello', {}, { name: 'http://spam.example' })).toBe('links')
    expect(reason('Hello', { heldWords: ['casino'] }, { name: 'The Casino' })).toBe('word')
  })

  test.each([
    ['casino', 'cas*ino*'],
    ['casino', 'c\u0430sino'],
    ['casino', 'c&#97;sino **casi**no'],
    ['広告', 'これは広告です'],
    ['की', 'यह की बात'],
  ])('a listed word is found as it is seen: %s in %s', (word, text) => {
    expect(reason(text, { heldWords: [word] })).toBe('word')
  })

  test('letters of another word are not the listed one', () => {
    expect(reason('यह का बात', { heldWords: ['की'] })).toBeUndefined()
  })

  test('thousands of marks on one letter take no time to speak of', () => {
    // Sorted backwards, as they are hardest to compose; the time of 40,000 marks would be minutes.
    const marks = (count: number) =>
      `a${'\u0345'.repeat(count)}${'\u0315'.repeat(count)}${'\u0316'.repeat(count)}`
    const time = (text: string) => {
      const start = performance.now()
      reason(text, { heldWords: ['casino'] })
      fingerprint(text)
      return performance.now() - start
    }
    time(marks(500))
    const [few, many] = [1_000, 20_000].map((count) =>
      Math.min(...Array.from({ length: 5 }, () => time(marks(count)))),
    ) as [number, number]
    expect(many / (few + 0.2)).toBeLessThan(100)
  })

  test('for the first of its reasons, in this order', () => {
    const text = 'https://a.example casino'
    const all: Partial<Screening> = { commentLinks: 0, heldWords: ['casino'], comments: 'held' }
    expect(reason(text, all, { filledHoneypot: true, proven: false })).toBe('all')
    all.comments = 'open'
    expect(reason(text, all, { filledHoneypot: true, proven: false })).toBe('trap')
    expect(reason(text, all, { proven: false })).toBe('links')
    all.commentLinks = 1
    expect(reason(text, all, { proven: false })).toBe('word')
    all.heldWords = []
    expect(reason(text, all, { proven: false })).toBe('unproven')
  })
})

describe('a word of the publisher’s list holds a comment', () => {
  const heldWords = ['casino', 'Viagra', 'free money', 'Glücksspiel', 'казино', 'کازینو']

  test.each([
    'casino',
    'A CASINO!',
    'my (casino), yours',
    'casino.example',
    'cásìno',
    'ｃａｓｉｎｏ',
    'ca\u200bsi\u00adno',
    '**casino**',
    'see\ncasino\nhere',
    'viagra',
    'FREE   money',
    'free-money',
    'free\nmoney',
    'Glucksspiel',
    'GLÜCKSSPIEL',
    'Glu\u0308cksspiel',
    'в КАЗИНО',
    'کازینو',
  ])('%j', (text) => {
    expect(reason(text, { heldWords })).toBe('word')
  })

  test.each([
    'casinos',
    'mycasino',
    'ca sino',
    'money free',
    'free the money',
    'free',
    'letter',
    '',
  ])('and not where it is part of another, or words stand in another order: %j', (text) => {
    expect(reason(text, { heldWords })).toBeUndefined()
  })

  test('and one that is signs alone holds what has them', () => {
    expect(reason('Spin 🎰 now', { heldWords: ['🎰'] })).toBe('word')
    expect(reason('A letter, with a word', { heldWords: ['!!!'] })).toBeUndefined()
    expect(reason('👍', { heldWords: ['!!!'] })).toBeUndefined()
  })
})

describe('the fingerprint of a text', () => {
  const said = 'This is what everybody should read today.'

  test.each([
    ['case', said.toUpperCase()],
    ['spaces', said.replaceAll(' ', '  \n')],
    ['no spaces', said.replaceAll(' ', '')],
    ['signs', `>> ***${said.replaceAll(' ', ' – ')}***!!! 👍`],
    ['accents', 'Thís îs whàt ēverybodÿ should reád todaŷ'],
    ['what nobody sees', [...said].join('\u200b')],
    [
      'fullwidth letters',
      said.replace(/[a-z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
    ],
  ])('is the same with other %s', (_, text) => {
    expect(fingerprint(text)).toBe(fingerprint(said))
  })

  test.each([
    ['one letter more', `${said} s`],
    ['one letter less', said.replace('today', 'toda')],
    ['another order', 'Today this is what everybody should read.'],
    ['another number', `${said} 1`],
  ])('is another with %s', (_, text) => {
    expect(fingerprint(text)).toBeDefined()
    expect(fingerprint(text)).not.toBe(fingerprint(said))
  })

  test('is none for less than 20 letters and digits', () => {
    expect(fingerprint('abcdefghij 123456789')).toBeUndefined()
    expect(fingerprint('abcdefghij 1234567890')).toBeDefined()
    expect(fingerprint(`I agree!${' !'.repeat(100)}`)).toBeUndefined()
    expect(fingerprint('')).toBeUndefined()
  })

  test('tells nothing of the text', () => {
    expect(fingerprint(said)).toMatch(/^[\w-]{22,43}$/)
  })

  test('depends on letters and digits alone, in every script', () => {
    const letter = fc.constantFrom(...'abzßéжї語عह1٣', 'ﬁ')
    const noise = fc.constantFrom(' ', '\n', '.', '!', '*', '\u200b', '\u0301', '👍', '—', '\u00ad')
    const letters = fc.array(letter, { minLength: 20, maxLength: 60 })
    fc.assert(
      fc.property(letters, letters, fc.infiniteStream(noise), (one, other, noise) => {
        const noisy = one.map((letter) => letter + noise.next().value).join('')
        expect(fingerprint(noisy)).toBe(fingerprint(one.join('')))
        expect(fingerprint(one.join('')) === fingerprint(other.join(''))).toBe(
          one.join('').normalize('NFKC') === other.join('').normalize('NFKC'),
        )
      }),
      { numRuns: process.env.LONG ? 100_000 : 2_000 },
    )
  }, 3_600_000)
})
