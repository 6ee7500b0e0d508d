import { formatNumber, plural } from '#lib/i18n/messages.ts'
import messages from '#messages/story.json' with { type: 'json' }

/** Minutes that fast (`from`) and slow (`to`) readers take. */
export type ReadingTime = { from: number; to: number }

/**
 * Words a minute at which most adults read English non-fiction silently, 238 on average:
 * Brysbaert, How many words do we read per minute? (2019), https://doi.org/10.1016/j.jml.2019.104047
 */
const SLOW_RATE = 175
const FAST_RATE = 300

/**
 * Words a minute at which the same texts were read aloud (characters for languages in `CHARACTERS`):
 * Trauzettel-Klosinski and Dietz, International Reading Speed Texts (2012), table 3,
 * https://doi.org/10.1167/iovs.11-8284. Their ratio to English scales its range.
 */
const ALOUD: Record<string, number> = {
  ar: 138,
  de: 179,
  en: 228,
  es: 218,
  fi: 161,
  fr: 195,
  he: 187,
  it: 188,
  ja: 357,
  nl: 202,
  pl: 166,
  pt: 181,
  ru: 184,
  sl: 180,
  sv: 199,
  tr: 166,
  zh: 255,
}
/** The mean of all 17 languages, in words a minute. */
const ALOUD_MEAN = 184
/** Languages that are counted by characters, because they set no spaces between messages. */
const CHARACTERS = new Set(['ja', 'zh'])

/**
 * Estimates how long a text takes to read, one minute at least.
 *
 * @param text without markup
 * @param language a tag such as `pt-BR`
 */
export function readingTime(text: string, language: string): ReadingTime {
  const base = new Intl.Locale(language).language
  const count = CHARACTERS.has(base) ? countCharacters(text) : countWords(text, language)
  const ratio = (ALOUD[base] ?? ALOUD_MEAN) / ALOUD.en!
  const minutes = (rate: number) => Math.max(1, Math.round(count / (rate * ratio)))
  return { from: minutes(FAST_RATE), to: minutes(SLOW_RATE) }
}

/** Writes a reading time in the language of the interface, such as "2–4 minutes to read". */
export function formatReadingTime({ from, to }: ReadingTime): string {
  if (from === to) return plural(messages.minutes, to)
  // The plural form of a range is that of its end in nearly every language.
  return plural(messages.minutesRange, to, { from: formatNumber(from), to: formatNumber(to) })
}

function countCharacters(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
}

/** Counts the words of a text, also in languages that set no spaces between them. */
export function countWords(text: string, language: string): number {
  let count = 0
  for (const { isWordLike } of new Intl.Segmenter(language, { granularity: 'word' }).segment(text))
    if (isWordLike) count++
  return count
}
