import type { Root } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { isFigureParagraph } from '#lib/story/figures.ts'

/** Fewest characters of a paragraph that is as high as its capital, in lines of the widest measure. */
const THREE_LINES = 200

/**
 * Returns the letter, with its accents, that may be set large at the beginning of a story. There is none where
 * browsers would take more than a letter for it, as in “L’été” or behind an opening quotation mark, nor before a
 * paragraph of fewer lines.
 */
export function findDropCapital(tree: Root): string | undefined {
  const first = tree.children.find(
    (block) =>
      block.type === 'paragraph' &&
      !(isFigureParagraph(block) && block.children[0]?.type === 'image'),
  )
  if (!first) return
  const text = toString(first, { includeImageAlt: false })
  return text.length < THREE_LINES ? undefined : /^\p{L}\p{M}*(?=[\p{L}\p{Z}])/u.exec(text)?.[0]
}
