import { Parser } from 'htmlparser2'
import type { Element } from 'hast'
import type {
  Html,
  Node,
  Paragraph,
  Parent,
  Parents,
  PhrasingContent,
  Root,
  RootContent,
} from 'mdast'
import type { State } from 'mdast-util-to-hast'
import { visit } from 'unist-util-visit'
import { parseBounded } from '#lib/story/bounded-markdown.ts'
import { hastElement } from '#lib/story/figures.ts'

/** An element that was written as HTML and passes. */
type HtmlElement = Parent & {
  type: 'htmlElement'
  name: string
  properties: Element['properties']
  children: RootContent[]
}

declare module 'mdast' {
  interface RootContentMap {
    htmlElement: HtmlElement
  }
  interface PhrasingContentMap {
    htmlElement: HtmlElement
  }
}

/** A tag that was left out: `isAlone` where its element could pass, but has no other end; lines from 1. */
export type DroppedTag = { name: string; line: number; isAlone: boolean }

/** Elements within a line that pass, and their attributes beside `lang` and `dir`. */
const INLINE: Record<string, string[]> = {
  abbr: ['title'],
  bdi: [],
  cite: [],
  del: ['datetime'],
  ins: ['datetime'],
  kbd: [],
  mark: [],
  q: [],
  rp: [],
  rt: [],
  ruby: [],
  s: [],
  small: [],
  span: [],
  sub: [],
  summary: [],
  sup: [],
  time: ['datetime'],
  u: [],
}
/** Elements that are left out with what is in them: it is no text of the story. */
export const WORDLESS = new Set(
  'audio canvas iframe math noscript object script select style svg template video'.split(' '),
)
/** Elements within a line that are left out; around others there is a space, because they part words. */
const UNSPACED = new Set(
  'a acronym b bdo big code data dfn em font i label nobr samp strike strong tt var'.split(' '),
)
/** Elements that may be in each other. */
const MAX_DEPTH = 32

/**
 * Makes elements of the HTML that passes: what is harmless and would change the meaning if it were left out. Of
 * other elements the words stay.
 *
 * @returns the tags that are left out, in no order; comments are not told, because they are meant to be
 */
export function convertHtml(tree: Root): DroppedTag[] {
  const dropped: DroppedTag[] = []
  const drop = (node: Node, name: string, isAlone = false) => {
    dropped.push({ name, line: node.position?.start.line ?? 1, isAlone })
  }
  replaceBlocks(tree, drop)
  const changed = new Set<Node>()
  visit(tree, (node) => {
    if (!('children' in node) || !node.children.some(({ type }) => type === 'html')) return
    changed.add(node)
    node.children = nestInline(node.children as PhrasingContent[], node, drop)
  })
  if (changed.size > 0)
    visit(tree, (node) => {
      if (isFlow(node)) node.children = nestDetails(node.children, changed, drop)
    })
  return dropped
}

/** Renders an element that passes: a handler of mdast-util-to-hast. */
export function htmlElementHandler(state: State, element: HtmlElement): Element {
  const { name, properties, children } = element
  return hastElement(name, properties, state.all({ ...element, children }))
}

type Drop = (node: Node, name: string, isAlone?: boolean) => void

/** Matches a comment, an instruction, a declaration, a script or a style up to its end. */
const BLOCK =
  /^\s*<(?:!--(?:[^]*?-->|[^]*)|\?[^]*?(?:\?>|$)|!\[CDATA\[[^]*?(?:\]\]>|$)|![^>]*>?|(script|style)\b[^]*?(?:<\/(?:script|style)>|$))/i

/** Puts in place of blocks of HTML the Markdown that stands behind their end. */
function replaceBlocks(tree: Root, drop: Drop): void {
  visit(tree, 'html', (html, index, parent) => {
    if (!parent || index === undefined || !isFlow(parent)) return
    const [block = '', name] = BLOCK.exec(html.value) ?? []
    if (name) drop(html, name.toLowerCase())
    const rest = parseBounded(html.value.slice(block.length).trim(), { hasHtmlBlocks: false }).tree
    visit(rest, (node) => {
      node.position = html.position
    })
    parent.children.splice(index, 1, ...(rest.children as never[]))
    return index + rest.children.length
  })
}

type Tag = { name: string; isEnd: boolean; attributes: Record<string, string> }
type Frame = Tag & { node: Node; children: PhrasingContent[] }

/** Nests what stands between tags in the elements that pass. */
function nestInline(nodes: PhrasingContent[], parent: Parents, drop: Drop): PhrasingContent[] {
  const root: PhrasingContent[] = []
  const frames: Frame[] = []
  const add = (...added: PhrasingContent[]) => {
    const children = frames.at(-1)?.children ?? root
    for (const node of added) append(children, node)
  }
  const abandonTo = (depth: number) => {
    while (frames.length > depth) {
      const { node, name, children } = frames.pop()!
      if (isKnown(name)) drop(node, name, true)
      add(...children)
    }
  }
  for (const node of nodes) {
    const tag = node.type === 'html' ? parseTag(node.value) : undefined
    if (node.type !== 'html') add(node)
    else if (tag) addTag(tag, node)
  }
  abandonTo(0)
  return root

  function addTag(tag: Tag, node: Html): void {
    const { name, isEnd } = tag
    const isFramed = isKnown(name) && (name !== 'summary' || parent.type === 'paragraph')
    if (name === 'br') add({ type: 'break' })
    else if (name === 'wbr') add({ type: 'htmlElement', name, properties: {}, children: [] })
    else if (name === 'details' && parent.type === 'paragraph') {
      abandonTo(0)
      add(node)
    } else if (isFramed && !isEnd && frames.length < MAX_DEPTH) {
      if (WORDLESS.has(name)) drop(node, name)
      frames.push({ ...tag, node, children: [] })
    } else if (isFramed && isEnd && frames.some((frame) => frame.name === name)) {
      abandonTo(frames.findLastIndex((frame) => frame.name === name) + 1)
      close(frames.pop()!)
    } else {
      if (!isEnd || isFramed) drop(node, name, isFramed)
      if (!UNSPACED.has(name) && !Object.hasOwn(INLINE, name)) add({ type: 'text', value: ' ' })
    }
  }

  function close({ name, attributes, node, children }: Frame): void {
    if (WORDLESS.has(name)) return add({ type: 'text', value: ' ' })
    const properties = propertiesOf(name, attributes)
    if (name === 'span' && Object.keys(properties).length === 0) {
      drop(node, name)
      return add(...children)
    }
    add({ type: 'htmlElement', name, properties, children, position: node.position })
  }
}

function isKnown(name: string): boolean {
  return Object.hasOwn(INLINE, name) || WORDLESS.has(name)
}

/** Returns the tag that HTML in a line consists of; nothing for a comment and the like. */
function parseTag(html: string): Tag | undefined {
  const end = /^<\/([a-z][a-z\d-]*)/i.exec(html)?.[1]
  if (end) return { name: end.toLowerCase(), isEnd: true, attributes: {} }
  let tag: Tag | undefined
  const parser = new Parser({
    onopentag: (name, attributes) => {
      tag ??= { name, isEnd: false, attributes }
    },
  })
  parser.end(html)
  return tag
}

/** The names that hast has for attributes. */
const PROPERTIES: Record<string, string> = { datetime: 'dateTime' }

function propertiesOf(name: string, attributes: Record<string, string>): Element['properties'] {
  const allowed = Object.entries(attributes).filter(
    ([attribute, value]) =>
      INLINE[name]?.includes(attribute) ||
      (attribute === 'lang' && /^[a-z]{2,8}(?:-[a-z\d]{1,8})*$/i.test(value)) ||
      (attribute === 'dir' && /^(?:auto|ltr|rtl)$/i.test(value)),
  )
  return Object.fromEntries(
    allowed.map(([attribute, value]) => [PROPERTIES[attribute] ?? attribute, value]),
  )
}

/** Adds a node; texts that follow each other become one. */
function append(nodes: PhrasingContent[], node: PhrasingContent): void {
  const last = nodes.at(-1)
  if (last?.type === 'text' && node.type === 'text')
    nodes[nodes.length - 1] = { ...last, value: last.value + node.value }
  else nodes.push(node)
}

const FLOW = ['root', 'blockquote', 'listItem', 'footnoteDefinition']

function isFlow(node: Node): node is Parents {
  return FLOW.includes(node.type)
}

/**
 * Nests blocks in `details`, whose tags stand in paragraphs, and removes paragraphs of which nothing is left.
 *
 * @param changed the nodes that had HTML in them
 */
function nestDetails(blocks: RootContent[], changed: Set<Node>, drop: Drop): RootContent[] {
  const root: RootContent[] = []
  const frames: { node: Html; properties: Element['properties']; children: RootContent[] }[] = []
  const add = (...added: RootContent[]) => (frames.at(-1)?.children ?? root).push(...added)
  for (const block of blocks) {
    if (block.type !== 'paragraph' || !changed.has(block)) {
      add(block)
      continue
    }
    for (const part of splitParagraph(block)) {
      if (part.type === 'html') addTag(part)
      // Only the first may be a summary.
      else if (part.type === 'htmlElement' && frames.at(-1)?.children.length !== 0)
        add({
          type: 'paragraph',
          children: part.children as PhrasingContent[],
          position: part.position,
        })
      else add(part)
    }
  }
  for (const { node, children } of frames.splice(0).reverse()) {
    drop(node, 'details', true)
    add(...children)
  }
  return root

  function addTag(node: Html): void {
    const { isEnd, attributes = {} } = parseTag(node.value) ?? {}
    if (!isEnd && frames.length < MAX_DEPTH)
      frames.push({ node, properties: 'open' in attributes ? { open: true } : {}, children: [] })
    else if (isEnd && frames.length > 0) {
      const { node: start, properties, children } = frames.pop()!
      add({ type: 'htmlElement', name: 'details', properties, children, position: start.position })
    } else drop(node, 'details', true)
  }
}

/** Splits a paragraph at tags of `details` and at summaries; what is between them are paragraphs. */
function splitParagraph(paragraph: Paragraph): RootContent[] {
  const parts: RootContent[] = []
  let children: PhrasingContent[] = []
  const end = () => {
    const trimmed = trim(children)
    if (trimmed.length > 0)
      parts.push({
        type: 'paragraph',
        children: trimmed,
        position: trimmed[0]!.position ?? paragraph.position,
      })
    children = []
  }
  for (const child of paragraph.children)
    if (child.type === 'html' || (child.type === 'htmlElement' && child.name === 'summary')) {
      end()
      parts.push(child)
    } else children.push(child)
  end()
  return parts
}

/** Removes white space and line breaks from both ends. */
function trim(nodes: PhrasingContent[]): PhrasingContent[] {
  const isBlank = (node: PhrasingContent) =>
    node.type === 'break' || (node.type === 'text' && /^[ \t\r\n]*$/.test(node.value))
  const start = nodes.findIndex((node) => !isBlank(node))
  const trimmed =
    start === -1 ? [] : nodes.slice(start, nodes.findLastIndex((node) => !isBlank(node)) + 1)
  return trimmed.map((node, index) => {
    if (node.type !== 'text') return node
    let { value } = node
    if (index === 0) value = value.replace(/^[ \t\r\n]+/, '')
    // No expression for the end: it would look for it from each of many spaces.
    if (index === trimmed.length - 1) value = value.slice(0, lengthWithoutBlankEnd(value))
    return { ...node, value }
  })
}

function lengthWithoutBlankEnd(text: string): number {
  let length = text.length
  while (length > 0 && ' \t\r\n'.includes(text[length - 1]!)) length--
  return length
}
