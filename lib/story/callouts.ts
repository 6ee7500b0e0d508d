import type { Blockquote, Root } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { visit } from 'unist-util-visit'
import { language, uiLanguage } from '#lib/i18n/messages.ts'
import { langAttributesWithin } from '#lib/i18n/script.ts'
import titles from '#messages/callouts.json' with { type: 'json' }

/** Matches the mark at the beginning of a quote, with the line break behind it. */
const MARK = /^\[!(\w+)\]\s*/

/** Marks of quotes that become boxes. */
export const CALLOUTS = ['quote', ...Object.keys(titles)].map((name) => `[!${name.toUpperCase()}]`)

/** A quote that is shown large between paragraphs; `repeats` tells whether the text has it, too. */
export type PullQuote = { text: string; line: number; repeats: boolean }

/** A mark that is none of `CALLOUTS`, such as `[!FACT]`; its quote is an ordinary one. */
export type UnknownMark = { mark: string; line: number }

/**
 * Makes boxes of quotes that begin with a mark. `[!QUOTE]` makes a pull quote; one that repeats the text is
 * hidden from screen readers, unless it has a link in it. `[!KEY]` makes a box of key points, `[!NOTE]` and
 * the other marks of GitHub boxes with a title:
 * https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts
 *
 * @returns the pull quotes, and the text of the story without them
 */
export function markCallouts(tree: Root): {
  quotes: PullQuote[]
  unknownMarks: UnknownMark[]
  text: string
} {
  const pullQuotes: Blockquote[] = []
  const boxes: [Blockquote, keyof typeof titles][] = []
  const unknownMarks: UnknownMark[] = []
  visit(tree, 'blockquote', (quote) => {
    const mark = markOf(quote)
    const name = mark?.toLowerCase()
    if (!name) return
    if (name === 'quote') pullQuotes.push(quote)
    else if (isTitled(name)) boxes.push([quote, name])
    else return void unknownMarks.push({ mark: `[!${mark}]`, line: lineOf(quote) })
    removeMark(quote)
  })
  const text = comparableText({
    ...tree,
    children: tree.children.filter((node) => !pullQuotes.some((quote) => quote === node)),
  })
  for (const [quote, name] of boxes) makeBox(quote, name)
  return { quotes: pullQuotes.map((quote) => makePullQuote(quote, text)), unknownMarks, text }
}

function markOf({ children: [paragraph] }: Blockquote): string | undefined {
  const first = paragraph?.type === 'paragraph' ? paragraph.children[0] : undefined
  return first?.type === 'text' ? first.value.match(MARK)?.[1] : undefined
}

function isTitled(name: string): name is keyof typeof titles {
  return Object.hasOwn(titles, name)
}

/** Removes the mark, and what is empty without it: a line break that was asked for, the paragraph. */
function removeMark(quote: Blockquote): void {
  const [paragraph] = quote.children
  if (paragraph?.type !== 'paragraph') return
  const [first, ...rest] = paragraph.children
  if (first?.type !== 'text') return
  first.value = first.value.replace(MARK, '')
  if (first.value !== '') return
  paragraph.children = rest[0]?.type === 'break' ? rest.slice(1) : rest
  if (paragraph.children.length === 0) quote.children.shift()
}

function makeBox(quote: Blockquote, name: keyof typeof titles): void {
  const title = titles[name]
  quote.data = {
    // An aside would not be in Firefox's reader mode, and a landmark: there may be many notes.
    hName: 'div',
    hProperties: {
      className: ['callout', ...(name === 'key' ? ['key-points'] : [])],
      role: 'note',
      ariaLabel: title,
    },
  }
  quote.children.unshift({
    type: 'paragraph',
    children: [{ type: 'strong', children: [{ type: 'text', value: title }] }],
    data: { hProperties: { ...langAttributesWithin(language, uiLanguage) } },
  })
}

function makePullQuote(quote: Blockquote, text: string): PullQuote {
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
  return { text: said.join(' '), line: lineOf(quote), repeats }
}

function lineOf({ position }: Blockquote): number {
  return position?.start.line ?? 1
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
