/** Matches tag characters that belong to a flag: Scotland's is a black flag followed by tags. */
export const FLAG_TAG = '(?<=\\u{1f3f4}[\\u{e0020}-\\u{e007f}]{0,6})[\\u{e0020}-\\u{e007f}]'
/** Matches joiners that join nothing: only one directly after a letter or picture has an effect. */
export const STRAY_JOINERS = /(?<=^|\s|[\u200c\u200d])[\u200c\u200d]+|[\u200c\u200d]+(?=\s|$)/gu

const LINE_ENDS = /\r\n?|\u0085/g
/**
 * Lists the invisible characters that languages use: soft hyphens, the break and the joints of words,
 * marks of direction, isolates, the fillers of old Hangul, variants of Mongolian and Chinese letters and
 * of pictures. NUL is left for `textProblem` to refuse.
 */
const USED =
  '\\0\\t\\n\\u00ad\\u034f\\u061c\\u115f\\u1160\\u180b-\\u180f\\u200b-\\u200f\\u2060\\u2066-\\u2069\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}'
const UNUSED = new RegExp(
  `(?![${USED}]|${FLAG_TAG})[\\p{Cc}\\p{Noncharacter_Code_Point}\\p{Default_Ignorable_Code_Point}\\p{Bidi_Control}\\ufff9-\\ufffb]`,
  'gu',
)
/** Matches an isolate that ends on its line and has no other in it, or any other sign of one. */
const ISOLATES = /([\u2066-\u2068][^\n\u2066-\u2069]*\u2069)|[\u2066-\u2069]/g
const ZERO_WIDTH_RUNS =
  /([\u00ad\u034f\u061c\u200b-\u200f\u2060])[\u00ad\u034f\u061c\u200b-\u200f\u2060]+/g
const VARIANT_RUNS = /([\ufe00-\ufe0f\u{e0100}-\u{e01ef}])[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]+/gu

/**
 * Takes out of a text what no language uses: control characters, overrides of the direction, isolates
 * that do not end, tags but those of flags, runs of characters without width. Lines end with LF, and white
 * space at the end and empty lines at the beginning are left out.
 */
export function cleanText(text: string): string {
  return text
    .replace(LINE_ENDS, '\n')
    .replace(UNUSED, '')
    .replace(ISOLATES, '$1')
    .replace(ZERO_WIDTH_RUNS, '$1')
    .replace(VARIANT_RUNS, '$1')
    .replace(STRAY_JOINERS, '')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()
}
