/**
 * Characters after which a sentence is split: a voice from the network may stop after 14 seconds, about 250
 * characters.
 */
const LONGEST = 200

/** Matches an initial or a title, which does not end a sentence: "Dr. Ann B. Smith". */
const ABBREVIATED = /(?:^|[^\p{L}])(?:\p{Lu}|Dr|Mr|Mrs|Ms|Prof|St|Sr|Sra|M|Mme)\.\s*$/u

/**
 * Returns where the sentences of a text begin and end; long ones are split at a comma or a space. Parts
 * without a letter or digit are left out.
 *
 * @param language a BCP 47 tag
 */
export function splitSentences(text: string, language: string): [start: number, end: number][] {
  const sentences: [number, number][] = []
  let start = 0
  for (const { index, segment } of new Intl.Segmenter(language, {
    granularity: 'sentence',
  }).segment(text)) {
    const end = index + segment.length
    // A sentence does not begin with a small letter: “Stop!” he said.
    if (/^\p{Ll}/u.test(text.slice(end))) continue
    if (end < text.length && ABBREVIATED.test(text.slice(start, end))) continue
    sentences.push(...splitLong(text, start, end))
    start = end
  }
  return sentences.filter(([start, end]) => /[\p{L}\p{N}]/u.test(text.slice(start, end)))
}

function splitLong(text: string, start: number, end: number): [number, number][] {
  const parts: [number, number][] = []
  while (end - start > LONGEST) {
    const part = text.slice(start, start + LONGEST)
    const pause = Math.max(...[...part.matchAll(/[,;:،؛，、；：—–]\s*/g)].map(after), 0)
    const next = start + (pause || part.lastIndexOf(' ') + 1 || LONGEST)
    parts.push([start, next])
    start = next
  }
  return [...parts, [start, end]]
}

function after({ index, 0: { length } }: RegExpExecArray): number {
  return index + length
}
