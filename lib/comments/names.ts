import { replaceConfusables } from '#lib/comments/confusables.ts'

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

/**
 * Tells whether a name has so many marks on one letter that they would cover other lines, also where
 * something invisible stands between them. Others can be normalized quickly.
 */
export function hasStackedMarks(name: string): boolean {
  return STACKED_MARKS.test(name.replace(INVISIBLE, ''))
}

/**
 * Tells whether readers could take a name for the author's: it has the same words in the same order, in
 * letters that look alike. Where the author's name is one word, only that word alone counts.
 */
export function looksLike(name: string, author: string): boolean {
  const own = skeletons(author).filter((words) => words.length > 0)
  return skeletons(name).some((words) => own.some((own) => hasWords(words, own)))
}

function hasWords(words: string[], own: string[]): boolean {
  if (words.join('') === own.join('')) return true
  return own.length > 1 && ` ${words.join(' ')} `.includes(` ${own.join(' ')} `)
}

/**
 * Reduces words to what they look like. A letter may look like one and be the small form of another, and
 * a line may be a letter or stand beside one, so there are several ways to do that; each is tried.
 */
function skeletons(text: string): string[][] {
  return [text, text.replace(STRAY_SIGNS, ' ')]
    .flatMap((form) => [form, form.normalize('NFKD')])
    .flatMap((form) => [skeleton(form), skeleton(foldCase(form))])
}

/** Matches signs that stand between no two letters. */
const STRAY_SIGNS = /(?<!\p{L})[\p{P}\p{S}]|[\p{P}\p{S}](?!\p{L})/gu

/** Matches what is put on letters of these scripts, and may be left out; in others marks are vowels. */
const ACCENTS =
  /(?=\p{M})[\p{Script=Inherited}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}]/gu

function skeleton(text: string): string[] {
  const visible = text.replace(/\p{Default_Ignorable_Code_Point}/gu, '')
  return (
    replaceConfusables(foldCase(replaceConfusables(visible)))
      .normalize('NFKD')
      .replace(ACCENTS, '')
      .toLowerCase()
      .replace(/[1i]|(?<=\p{L})[|!](?=\p{L})/gu, 'l')
      .replaceAll('0', 'o')
      .replaceAll('rn', 'm')
      .replaceAll('vv', 'w')
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  )
}

function foldCase(text: string): string {
  return text.toUpperCase().toLowerCase()
}
