import type { Code, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal'
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal'

/** Lists all elements that a comment can be shown with. A string is text; nothing here is ever HTML. */
export type CommentNode =
  | string
  | { type: 'break' }
  | { type: 'code' | 'codeBlock'; text: string }
  | { type: 'paragraph' | 'emphasis' | 'strong' | 'quote' | 'item'; children: CommentNode[] }
  | { type: 'list'; start: number | null; children: CommentNode[] }
  | { type: 'link'; address: string; children: CommentNode[] }

/** Deepest nesting; what is deeper stays as typed. Bounds every recursion over the tree. */
const MAX_NESTING = 8

/** Node types that stand inside a paragraph. */
const INLINE_TYPES = ['link', 'emphasis', 'strong']

/** Constructs of Markdown that comments do not have: they stay as typed. */
const DISABLED_CONSTRUCTS = [
  'characterReference',
  'codeIndented',
  'definition',
  'headingAtx',
  'htmlFlow',
  'htmlText',
  'labelStartImage',
  'setextUnderline',
]

/**
 * Constructs for which the parser's time grows with the square of their number: 5,000 times ">" took
 * 1.5 s. In a text with more than `most` they are disabled. Other texts of 5,000 characters were never
 * found to take 60 ms.
 */
const COSTLY_CONSTRUCTS = [
  { constructs: ['attention'], pattern: /\*+|_+/g, most: 200 },
  { constructs: ['codeText'], pattern: /`+/g, most: 200 },
  { constructs: ['labelStartLink'], pattern: /\[/g, most: 200 },
  { constructs: ['wwwAutolink'], pattern: /www\./gi, most: 50 },
  { constructs: ['blockQuote'], pattern: /^[ \t]*>/gm, most: 200 },
  { constructs: ['list'], pattern: /^[ \t>]*(?:[*+-]|\d{1,9}[.)])(?=[ \t]|$)/gm, most: 200 },
  {
    constructs: ['blockQuote', 'list'],
    pattern: /^(?:[ \t]*(?:>|(?:[*+-]|\d{1,9}[.)])(?=[ \t]|$))){9}/gm,
    most: 0,
  },
]

const LINE_END = /\r\n|\r|\n/

/** Matches texts in which a character may have a meaning in Markdown. */
const MARKDOWN_SIGN = /[\\`*_[<@]|https?:|www\.|^[ \t]*(?:[>+-]|~~~|\d+[.)])/im

/**
 * Parses a reader's Markdown into the tree that is shown: paragraphs, emphasis, strong, code, quotes,
 * lists, links (http, https, mailto) and line breaks. Everything else stays text.
 */
export function parseComment(text: string): CommentNode[] {
  return MARKDOWN_SIGN.test(text) ? parseWithMicromark(text) : parsePlain(text)
}

/** Parses with the full parser; exported for a test that compares `parsePlain` with it. */
export function parseWithMicromark(text: string): CommentNode[] {
  const excessive = COSTLY_CONSTRUCTS.filter(
    ({ pattern, most }) => (text.match(pattern)?.length ?? 0) > most,
  )
  const disable = {
    null: [...DISABLED_CONSTRUCTS, ...excessive.flatMap(({ constructs }) => constructs)],
  }
  // The parser's positions count from after a byte order mark.
  const source = text.replace(/^\ufeff/, '')
  const tree = fromMarkdown(source, {
    extensions: [gfmAutolinkLiteral(), { disable }],
    // Its transforms search for addresses again, in time that grows with the square of the text.
    mdastExtensions: [{ ...gfmAutolinkLiteralFromMarkdown(), transforms: [] }],
  })
  return convertAll(tree.children, source, 0)
}

/** Parses text without any sign of Markdown, as most comments are, in a fraction of the parser's time. */
function parsePlain(text: string): CommentNode[] {
  const blocks: string[][] = [[]]
  for (const line of text.split(LINE_END).map((line) => line.replace(/^[ \t]+|[ \t]+$/g, '')))
    if (line === '') blocks.push([])
    else blocks.at(-1)!.push(line)
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => ({ type: 'paragraph', children: lines(block.join('\n')) }))
}

function convertAll(nodes: RootContent[], source: string, depth: number): CommentNode[] {
  return nodes.flatMap((node) => convert(node, source, depth))
}

function convert(node: RootContent, source: string, depth: number): CommentNode[] {
  switch (node.type) {
    case 'text':
      return lines(node.value)
    case 'break':
      return [{ type: 'break' }]
    case 'inlineCode':
      return [{ type: 'code', text: node.value }]
    case 'code':
      return [{ type: 'codeBlock', text: withInfo(node) }]
  }
  if (!('children' in node)) return asTyped(node, source)
  if (depth >= MAX_NESTING && node.type !== 'paragraph') {
    const typed = asTyped(node, source)
    return node.type === 'listItem' ? [{ type: 'item', children: typed }] : typed
  }

  const children = convertAll(node.children, source, depth + 1)
  switch (node.type) {
    case 'paragraph':
    case 'emphasis':
    case 'strong':
      return [{ type: node.type, children }]
    case 'blockquote':
      return [{ type: 'quote', children }]
    case 'list':
      return [{ type: 'list', start: node.ordered ? (node.start ?? 1) : null, children }]
    case 'listItem':
      return [{ type: 'item', children }]
    case 'link':
      return isAllowedAddress(node.url)
        ? [{ type: 'link', address: node.url, children: withAddress(children, node.url) }]
        : asTyped(node, source)
    default:
      return asTyped(node, source)
  }
}

/** Adds the line after a code fence when it is more than the name of a language. */
function withInfo({ lang, meta, value }: Code): string {
  if (lang && (meta || value === '')) return [lang, meta].filter(Boolean).join(' ') + '\n' + value
  return value
}

/** Splits text at line ends, which are all shown as line breaks. */
function lines(text: string): CommentNode[] {
  return text
    .split(LINE_END)
    .flatMap((line, index) => (index === 0 ? [line] : [{ type: 'break' as const }, line]))
    .filter((node) => node !== '')
}

function asTyped(node: RootContent, source: string): CommentNode[] {
  const { start, end } = node.position ?? {}
  const children = lines(source.slice(start?.offset ?? 0, end?.offset ?? 0))
  return INLINE_TYPES.includes(node.type) ? children : [{ type: 'paragraph', children }]
}

/**
 * Adds a link's address, with its host in ASCII, after its text unless the text shows it: readers see
 * where a link leads, and letters of other alphabets cannot disguise it.
 */
function withAddress(text: CommentNode[], address: string): CommentNode[] {
  const children = withoutDirectionControls(text)
  const { host, href } = new URL(address)
  const withoutScheme = address.replace(/^(https?:\/\/|mailto:)/i, '')
  const isSeen = (node: CommentNode) =>
    (node === address || node === withoutScheme) && node.toLowerCase().includes(host)
  return children.some(isSeen) ? children : [...children, ` (${href})`]
}

/** Matches embeddings, overrides and isolates, which let letters appear in another order. */
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g

function withoutDirectionControls(nodes: CommentNode[]): CommentNode[] {
  return nodes.map((node) => {
    if (typeof node === 'string') return node.replace(DIRECTION_CONTROLS, '')
    if ('text' in node) return { ...node, text: node.text.replace(DIRECTION_CONTROLS, '') }
    return 'children' in node
      ? { ...node, children: withoutDirectionControls(node.children) }
      : node
  })
}

function isAllowedAddress(address: string): boolean {
  return /^(https?|mailto):/i.test(address) && URL.canParse(address)
}
