import type { Code, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal'
import { cjkFriendlyExtension } from 'micromark-extension-cjk-friendly'
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal'

/** What comments have, but with the text of links as it was typed. */
export type ReferenceNode =
  | string
  | { type: 'break' }
  | { type: 'code' | 'codeBlock'; text: string }
  | { type: 'paragraph' | 'emphasis' | 'strong' | 'quote' | 'item'; children: ReferenceNode[] }
  | { type: 'list'; start: number | null; children: ReferenceNode[] }
  | { type: 'link'; address: string; children: ReferenceNode[] }

/** Constructs of Markdown that comments do not have. */
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
 * Parses a comment's Markdown with micromark, whose time is not bounded.
 *
 * @returns nothing where the text nests more deeply than comments do
 */
export function parseReference(text: string): ReferenceNode[] | undefined {
  const source = text.replace(/^\ufeff/, '')
  const tree = fromMarkdown(source, {
    extensions: [
      cjkFriendlyExtension(),
      gfmAutolinkLiteral(),
      { disable: { null: DISABLED_CONSTRUCTS } },
    ],
    mdastExtensions: [{ ...gfmAutolinkLiteralFromMarkdown(), transforms: [] }],
  })
  let isTooDeep = false
  const nodes = convertAll(tree.children, 0)
  return isTooDeep ? undefined : nodes

  function convertAll(nodes: RootContent[], depth: number): ReferenceNode[] {
    return merge(nodes.flatMap((node) => convert(node, depth)))
  }

  function convert(node: RootContent, depth: number): ReferenceNode[] {
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
    if (!('children' in node)) return [{ type: 'paragraph', children: lines(sourceOf(node)) }]
    if (depth >= 7) isTooDeep = true
    const children = convertAll(node.children, depth + 1)
    switch (node.type) {
      case 'blockquote':
        return [{ type: 'quote', children }]
      case 'list':
        return [{ type: 'list', start: node.ordered ? (node.start ?? 1) : null, children }]
      case 'listItem':
        return [{ type: 'item', children }]
      case 'link':
        return /^(https?|mailto):/i.test(node.url) && URL.canParse(node.url)
          ? [{ type: 'link', address: withoutUser(node.url), children: withoutLinks(children) }]
          : lines(sourceOf(node))
      case 'paragraph':
      case 'emphasis':
      case 'strong':
        return [{ type: node.type, children }]
      default:
        throw new Error(`no comment has ${node.type}`)
    }
  }

  function sourceOf({ position }: RootContent): string {
    return source.slice(position!.start.offset, position!.end.offset)
  }
}

/** The one thing that comments take from an address. */
function withoutUser(address: string): string {
  const url = new URL(address)
  if (url.username === '' && url.password === '') return address
  url.username = url.password = ''
  return url.href
}

function withoutLinks(nodes: ReferenceNode[]): ReferenceNode[] {
  return merge(
    nodes.flatMap((node) => {
      if (typeof node === 'string' || !('children' in node)) return [node]
      const children = withoutLinks(node.children)
      return node.type === 'link' ? children : [{ ...node, children }]
    }),
  )
}

function withInfo({ lang, meta, value }: Code): string {
  if (lang && (meta || value === '')) return [lang, meta].filter(Boolean).join(' ') + '\n' + value
  return value
}

function lines(text: string): ReferenceNode[] {
  return text
    .split(/\r\n|\r|\n/)
    .flatMap((line, index) => (index === 0 ? [line] : [{ type: 'break' as const }, line]))
}

function merge(nodes: ReferenceNode[]): ReferenceNode[] {
  return nodes.reduce<ReferenceNode[]>((merged, node) => {
    const last = merged.at(-1)
    if (typeof node === 'string' && typeof last === 'string')
      return [...merged.slice(0, -1), last + node]
    return node === '' ? merged : [...merged, node]
  }, [])
}
