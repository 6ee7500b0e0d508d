import type { Blockquote, Root } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { visit } from 'unist-util-visit'

const MARK = /^\[!QUOTE\]\s*/i

/** A quote that is shown large between paragraphs; `repeats` tells whether the text has it, too. */
export type PullQuote = { text: string; line: number; repeats: boolean }

/**
 * Marks quotes that begin with `[!QUOTE]` as pull quotes, which become asides. One that repeats the
 * text is hidden from screen readers, unless it has a link in it.
 *
 * @returns the pull quotes, and the text of the story without them
 */
export function markPullQuotes(tree: Root): { quotes: PullQuote[]; text: string } {
  const pullQuotes: Blockquote[] = []
  visit(tree, 'blockquote', (quote) => {
    const [paragraph] = quote.children
    const mark = paragraph?.type === 'paragraph' ? paragraph.children[0] : undefined
    if (mark?.type !== 'text' || !MARK.test(mark.value)) return
    mark.value = mark.value.replace(MARK, '')
    pullQuotes.push(quote)
  })
  const text = comparableText({
    ...tree,
    children: tree.children.filter((node) => !pullQuotes.some((quote) => quote === node)),
  })
  const quotes = pullQuotes.map((quote) => {
    const said = quote.children.map((node) => toString(node)).filter((part) => !/^[—–]/.test(part))
    const repeats = said.every((part) => text.includes(normalize(part)))
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

/** Returns the text of blocks, one a line, in the form in which pull quotes are compared. */
function comparableText(tree: Root): string {
  return tree.children
    .map((block) => normalize(toString(block, { includeImageAlt: false })))
    .join('\n')
}

/** Leaves quotation marks out, and makes one space of spaces and full stops. */
function normalize(text: string): string {
  return text
    .replace(/["'“”„‘’«»‹›「」]/g, '')
    .replace(/[\s.…]+/g, ' ')
    .trim()
}
