import { splitSentences } from '#lib/browser/reading/split-sentences.ts'

/** The headline and what stands in the text, not the lines between them. */
const BLOCKS = 'h1, .story :is(h2, h3, h4, h5, h6, p, li, th, td, figcaption)'
/** What makes no sense when it is heard. */
const SILENT = 'pre, sup, [aria-hidden], .sr-only, [popover], .footnotes [aria-label]'

/** A sentence of the story, or a part of a long one, in the block that it stands in. */
export type SpeechSegment = { block: Element; range: Range }

/** The story as it is read aloud; markup inside a sentence does not part it. */
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

/** What is heard of a piece. */
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

/** The texts of a block, without those of blocks inside it, which are read by themselves. */
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

/** The text node and the offset in it; a boundary belongs to the node that it ends, or to the next. */
function pointAt(texts: Text[], offset: number, isEnd: boolean): [Text, number] {
  let left = offset
  for (const text of texts) {
    if (left < text.length || (isEnd && left === text.length)) return [text, left]
    left -= text.length
  }
  throw new RangeError('the place is outside of the block')
}
