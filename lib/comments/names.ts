import { remove as plain } from 'confusables'

/** Matches tag characters that belong to a flag: Scotland's is a black flag followed by tags. */
const FLAG_TAG = '(?<=\\u{1f3f4}[\\u{e0020}-\\u{e007f}]{0,6})[\\u{e0020}-\\u{e007f}]'
/** Matches characters that are invisible or change direction, but joiners: emoji and words need them. */
const INVISIBLE = new RegExp(
  `(?![\\u200c\\u200d\\ufe00-\\ufe0f]|${FLAG_TAG})[\\p{Cc}\\p{Default_Ignorable_Code_Point}]`,
  'gu',
)
/** Matches joiners that join nothing: only one directly after a letter or picture has an effect. */
const STRAY_JOINERS = /(?<=^|\s|[\u200c\u200d])[\u200c\u200d]+|[\u200c\u200d]+(?=\s|$)/gu
/** Matches five marks on one letter: Vietnamese and Hebrew need three, Tibetan four. */
const STACKED_MARKS = /\p{M}{5}/u

/** Removes invisible characters from a name and puts it in one line; what is visible stays. */
export function cleanName(name: string): string {
  return (
    name
      .replace(/(?!\ufeff)\s/gu, ' ')
      .replace(INVISIBLE, '')
      .replace(STRAY_JOINERS, '')
      .replace(/ +/g, ' ')
      .trim()
      // What separated a letter from its marks may have been removed.
      .normalize('NFC')
  )
}

/** Tells whether a name has so many marks on one letter that they would cover other lines. */
export function hasStackedMarks(name: string): boolean {
  return STACKED_MARKS.test(name)
}

/**
 * Tells whether readers could take a name for the author's: it has the same words in the same order, in
 * letters that look alike. Where the author's name is one word, only that word alone counts.
 */
export function looksLike(name: string, author: string): boolean {
  const [words, own] = [skeleton(name), skeleton(author)]
  if (own.length === 0) return false
  if (words.join('') === own.join('')) return true
  return own.length > 1 && ` ${words.join(' ')} `.includes(` ${own.join(' ')} `)
}

/** Reduces words to what they look like: https://www.unicode.org/reports/tr39/#Confusable_Detection */
function skeleton(text: string): string[] {
  const letters = plain(text.normalize('NFKC')).normalize('NFKD').replace(/\p{M}/gu, '')
  return (
    letters
      .toLowerCase()
      .replace(/[1i]|(?<=\p{L})[|!](?=\p{L})/gu, 'l')
      .replaceAll('0', 'o')
      .replaceAll('rn', 'm')
      .replaceAll('vv', 'w')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}
