import { scriptOf } from '#lib/i18n/script.ts'

/** Scripts in which lines may end after nearly every character. */
const UNSPACED = new Set(['Hans', 'Hant', 'Jpan'])

/**
 * Puts zero-width spaces between the words of a heading in Chinese or Japanese, which has no others, so that
 * with `word-break: keep-all` a line ends between words; a text in another language is returned as it is.
 */
export function breakBetweenWords(text: string, language: string): string {
  if (!UNSPACED.has(scriptOf(language))) return text
  const segments = [...new Intl.Segmenter(language, { granularity: 'word' }).segment(text)]
  return segments
    .map(({ segment, isWordLike }, index) =>
      isWordLike && segments[index - 1]?.isWordLike ? `\u200b${segment}` : segment,
    )
    .join('')
}
