import { append } from '#lib/comments/emphasis.ts'
import { withoutEscapes } from '#lib/comments/link-resources.ts'
import { type Block, MAX_NESTING, parseBlocks } from '#lib/comments/markdown-blocks.ts'
import { type Inline, parseInline } from '#lib/comments/markdown-inline.ts'

/** Lists all elements that a comment can be shown with. A string is text; nothing here is ever HTML. */
export type CommentNode =
  | string
  | { type: 'break' }
  | { type: 'code' | 'codeBlock'; text: string }
  | { type: 'paragraph' | 'emphasis' | 'strong' | 'quote' | 'item'; children: CommentNode[] }
  | { type: 'list'; start: number | null; children: CommentNode[] }
  | { type: 'link'; address: string; children: CommentNode[] }

const LINE_END = /\r\n|\r|\n/

/**
 * Parses a reader's Markdown into the tree that is shown: paragraphs, emphasis, strong, code, quotes,
 * lists, links (http, https, mailto) and line breaks. Everything else stays text. The time grows with
 * the length of the text alone, whatever stands in it.
 */
export function parseComment(text: string): CommentNode[] {
  return convertBlocks(parseBlocks(text.replace(/^\ufeff/, '')), 0)
}

function convertBlocks(blocks: Block[], depth: number): CommentNode[] {
  return blocks.map((block) => {
    switch (block.type) {
      case 'paragraph':
        return { type: 'paragraph', children: convertInlines(parseInline(block.text), depth + 1) }
      case 'rule':
        return { type: 'paragraph', children: lines(block.text) }
      case 'fence':
        return { type: 'codeBlock', text: withInfo(block) }
      case 'quote':
        return { type: 'quote', children: convertBlocks(block.children, depth + 1) }
      case 'list': {
        const children = block.items.map((item) => ({
          type: 'item' as const,
          children: convertBlocks(item, depth + 2),
        }))
        return { type: 'list', start: block.start, children }
      }
    }
  })
}

function convertInlines(nodes: Inline[], depth: number): CommentNode[] {
  const converted: CommentNode[] = []
  for (const node of nodes.flatMap((node) => convertInline(node, depth))) append(converted, node)
  return converted
}

function convertInline(node: Inline, depth: number): CommentNode[] {
  if (typeof node === 'string' || node.type === 'break' || node.type === 'code') return [node]
  if (depth >= MAX_NESTING) return lines(node.source)
  const children = convertInlines(node.children, depth + 1)
  if (node.type !== 'link') return [{ type: node.type, children }]
  const { address, source } = node
  if (!isAllowedAddress(address)) return lines(source)
  const shown = withAddress(withoutLinks(children), address)
  return [{ type: 'link', address: withoutUser(address), children: shown }]
}

/** Replaces links, which a link may not have in it, by their texts. */
function withoutLinks(nodes: CommentNode[]): CommentNode[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string' || !('children' in node)) return [node]
    const children = withoutLinks(node.children)
    return node.type === 'link' ? children : [{ ...node, children }]
  })
}

/** Adds the line after a code fence when it is more than the name of a language. */
function withInfo({ info, text }: Block & { type: 'fence' }): string {
  const [, language, more] = /^([^ \t]*)[ \t]*([^]*)$/.exec(withoutEscapes(info)) ?? []
  if (!language || (!more && text !== '')) return text
  return `${more ? `${language} ${more}` : language}\n${text}`
}

/** Splits text at line ends, which are all shown as line breaks. */
function lines(text: string): CommentNode[] {
  return text
    .split(LINE_END)
    .flatMap((line, index) => (index === 0 ? [line] : [{ type: 'break' as const }, line]))
    .filter((node) => node !== '')
}

/**
 * Adds a link's address, with its host in ASCII, after its text unless the text shows it: readers see
 * where a link leads, and no letter or sign that looks like another can disguise it.
 */
function withAddress(text: CommentNode[], address: string): CommentNode[] {
  const children = withoutDirectionControls(text)
  const isSeen = children.length === 1 && showsAddress(children[0]!, address)
  return isSeen ? children : [...children, ` (${new URL(withoutUser(address)).href})`]
}

/** Tells whether a text is the address, with or without its scheme, and the host in it is the real one. */
function showsAddress(text: CommentNode, address: string): boolean {
  const [, scheme = '', rest = ''] = /^(https?:\/\/|mailto:)(.*)$/is.exec(address) ?? []
  if (text !== address && text !== rest) return false
  const { host, href } = new URL(address)
  if (/^mailto:/i.test(scheme)) return href === `mailto:${rest}`
  // What may end a host is ASCII; before it a host with a user, or another sign, differs from the real one.
  return rest.split(/[/?#]/, 1)[0]!.toLowerCase() === host
}

/** Takes the user's name from an address: it stands before the host, and may look like one. */
function withoutUser(address: string): string {
  const url = new URL(address)
  if (url.username === '' && url.password === '') return address
  url.username = url.password = ''
  return url.href
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
