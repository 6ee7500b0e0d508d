import { FLAG_TAG, STRAY_JOINERS } from '#lib/comments/clean-text.ts'

/** Matches characters that are invisible or change direction, but joiners: emoji and words need them. */
const INVISIBLE = new RegExp(
  `(?![\\u200c\\u200d\\ufe00-\\ufe0f]|${FLAG_TAG})[\\p{Cc}\\p{Default_Ignorable_Code_Point}]`,
  'gu',
)
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
