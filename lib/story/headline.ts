/** More letters than these make a long headline; an ideograph is as wide as two. */
const MOST_LETTERS = 90
/** Longer words do not fit on a line of a small screen in the size of other headlines. */
const LONG_WORD = /[^\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\s-]{18}/u
const IDEOGRAPH = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]/gu

/** Tells whether a headline is set a step smaller: it is long, or a word of it is. */
export function isLongHeadline(title: string): boolean {
  return title.replace(IDEOGRAPH, 'xx').length > MOST_LETTERS || LONG_WORD.test(title)
}
