import type { Blockquote, Root } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { visit } from 'unist-util-visit'

const MARK = /^\[!QUOTE\]\s*/i

/** A passage of the story that is shown large between its paragraphs. */
export type PullQuote = { text: string; line: number; repeats: boolean }

/**
 * Makes asides of quotes that begin with `[!QUOTE]`. One that repeats the text is hidden from who
 * listens to the story, as they would hear it twice; one with a link in it, or with words of its own,
 * is not.
 *
 * @returns them, and the story's words without them
 */
export function takePullQuotes(tree: Root): { quotes: PullQuote[]; text: string } {
  const found: Blockquote[] = []
  visit(tree, 'blockquote', (quote) => {
    const [paragraph] = quote.children
    const mark = paragraph?.type === 'paragraph' ? paragraph.children[0] : undefined
    if (mark?.type !== 'text' || !MARK.test(mark.value)) return
    mark.value = mark.value.replace(MARK, '')
    found.push(quote)
  })
  const text = wordsOf({
    ...tree,
    children: tree.children.filter((node) => !found.some((quote) => quote === node)),
  })
  const quotes = found.map((quote) => {
    const said = quote.children.map((node) => toString(node)).filter((part) => !/^[—–]/.test(part))
    const repeats = said.every((part) => text.includes(bare(part)))
    let hasLink = false
    visit(quote, ['link', 'linkReference', 'footnoteReference'], () => void (hasLink = true))
    quote.data = {
      hName: 'aside',
      hProperties: {
        className: ['pull-quote'],
        ...(repeats && !hasLink && { ariaHidden: 'true' }),
      },
    }
    return { text: said.join(' '), line: quote.position?.start.line ?? 1, repeats }
  })
  return { quotes, text }
}

/** The words of blocks, each behind a line break, spaces and quotation marks set aside. */
function wordsOf(tree: Root): string {
  return tree.children.map((block) => bare(toString(block, { includeImageAlt: false }))).join('\n')
}

function bare(text: string): string {
  return text
    .replace(/["'“”„‘’«»‹›「」]/g, '')
    .replace(/[\s.…]+/g, ' ')
    .trim()
}
