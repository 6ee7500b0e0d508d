import { remove as plain } from 'confusables'

/** Scotland's flag is a black one with tags behind it. */
const FLAG_TAG = '(?<=\\u{1f3f4}[\\u{e0020}-\\u{e007f}]{0,6})[\\u{e0020}-\\u{e007f}]'
/** What shows nothing, or turns the direction of what follows; joiners are parts of emoji and words. */
const INVISIBLE = new RegExp(
  `(?![\\u200c\\u200d\\ufe00-\\ufe0f]|${FLAG_TAG})[\\p{Cc}\\p{Default_Ignorable_Code_Point}]`,
  'gu',
)
/** One joiner after a letter or picture is as it should be; others stand for nothing. */
const STRAY_JOINERS = /(?<=^|\s|[\u200c\u200d])[\u200c\u200d]+|[\u200c\u200d]+(?=\s|$)/gu
/** Five on one letter are a pile: Vietnamese and Hebrew need three, Tibetan four. */
const STACKED_MARKS = /\p{M}{5}/u

/** The name without what nobody sees, in one line; what is seen stays. */
export function cleanName(name: string): string {
  return (
    name
      .replace(/(?!\ufeff)\s/gu, ' ')
      .replace(INVISIBLE, '')
      .replace(STRAY_JOINERS, '')
      .replace(/ +/g, ' ')
      .trim()
      // What stood between a letter and its marks may be gone.
      .normalize('NFC')
  )
}

export function hasStackedMarks(name: string): boolean {
  return STACKED_MARKS.test(name)
}

/**
 * Whether readers could take this name for the author's: the same words in the same order, in letters
 * that look alike; a name of one word must be that word alone.
 */
export function looksLike(name: string, author: string): boolean {
  const [words, own] = [skeleton(name), skeleton(author)]
  if (own.length === 0) return false
  if (words.join('') === own.join('')) return true
  return own.length > 1 && ` ${words.join(' ')} `.includes(` ${own.join(' ')} `)
}

/** Words by what they look like: https://www.unicode.org/reports/tr39/#Confusable_Detection */
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
