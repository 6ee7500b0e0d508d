/** A voice from the net may stop without a word after 14 seconds, which is about 250 letters. */
const LONGEST = 200

/** An initial or a title is not the end of a sentence: "Dr. Ann B. Smith". */
const ABBREVIATED = /(?:^|[^\p{L}])(?:\p{Lu}|Dr|Mr|Mrs|Ms|Prof|St|Sr|Sra|M|Mme)\.\s*$/u

/** Where the sentences of a text begin and end; long ones part at a comma or a space. */
export function splitSentences(text: string, language: string): [start: number, end: number][] {
  const sentences: [number, number][] = []
  let start = 0
  for (const { index, segment } of new Intl.Segmenter(language, {
    granularity: 'sentence',
  }).segment(text)) {
    const end = index + segment.length
    // Nor does a sentence begin with a small letter: “Stop!” he said.
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
