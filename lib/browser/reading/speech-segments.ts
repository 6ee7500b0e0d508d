import { splitSentences } from '#lib/browser/reading/split-sentences.ts'

/** Elements that are read aloud: the headline and the blocks of the text. */
const BLOCKS = 'h1, .story :is(h2, h3, h4, h5, h6, p, li, th, td, figcaption)'
/** Elements that make no sense when they are heard. */
const SILENT = 'pre, sup, [aria-hidden], .sr-only, [popover], .footnotes [aria-label]'

/** A sentence of the story, or a part of a long one, and the block that it is in. */
export type SpeechSegment = { block: Element; range: Range }

/**
 * Returns what is read aloud, sentence by sentence. Markup inside a sentence does not part it.
 *
 * @param language a BCP 47 tag
 */
export function speechSegments(story: Element, language: string): SpeechSegment[] {
  return [...story.querySelectorAll(BLOCKS)].flatMap((block) => {
    if (block.closest(SILENT)) return []
    const texts = textsOf(block)
    const text = texts.map(({ data }) => data).join('')
    return splitSentences(text, language).map(([start, end]) => {
      const range = document.createRange()
      const trimmed = start + text.slice(start, end).trimEnd().length
      range.setStart(...pointAt(texts, start, false))
      range.setEnd(...pointAt(texts, trimmed, true))
      return { block, range }
    })
  })
}

/** Returns the text of a segment, without the parts that are skipped. */
export function textOfSegment({ block, range }: SpeechSegment): string {
  const texts = textsOf(block).filter((text) => range.intersectsNode(text))
  return texts
    .map((text) =>
      text.data.slice(
        text === range.startContainer ? range.startOffset : 0,
        text === range.endContainer ? range.endOffset : undefined,
      ),
    )
    .join('')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Returns the text nodes of a block, without those of blocks inside it, which are read by themselves. */
function textsOf(block: Element): Text[] {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode()) {
    const text = walker.currentNode as Text
    const parent = text.parentElement!
    if (parent.closest(BLOCKS) === block && !parent.closest(SILENT)) texts.push(text)
  }
  return texts
}

/**
 * Returns the text node at an offset, and the offset in it. A boundary between two nodes is in the first
 * where it ends a range, else in the second.
 */
function pointAt(texts: Text[], offset: number, isEnd: boolean): [Text, number] {
  let left = offset
  for (const text of texts) {
    if (left < text.length || (isEnd && left === text.length)) return [text, left]
    left -= text.length
  }
  throw new RangeError('the place is outside of the block')
}
