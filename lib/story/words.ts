import type { Node } from 'mdast'
import { toString } from 'mdast-util-to-string'

/** Returns the words of nodes of Markdown, with a space for each line break that was asked for. */
export function wordsOf(nodes: Node | Node[]): string {
  const list = Array.isArray(nodes) ? nodes : [nodes]
  return list.map(words).join('')
}

function words(node: Node): string {
  if (node.type === 'break') return ' '
  if ('children' in node && Array.isArray(node.children)) return wordsOf(node.children)
  return toString(node, { includeHtml: false })
}
