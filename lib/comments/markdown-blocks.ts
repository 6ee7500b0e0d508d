import { Cursor, type ListMarker, THEMATIC_BREAK } from '#lib/comments/line-cursor.ts'

/** A part of a comment that stands on lines of its own. Texts have the line ends that were typed. */
export type Block =
  | { type: 'paragraph'; text: string }
  /** Signs that Markdown would draw a line for; comments show them as typed. */
  | { type: 'rule'; text: string }
  | { type: 'fence'; info: string; text: string }
  | { type: 'quote'; children: Block[] }
  | { type: 'list'; start: number | null; items: Block[][] }

/** Deepest nesting of the tree that is shown; a list takes two levels. What is deeper stays as typed. */
export const MAX_NESTING = 8

type Line = { text: string; ending: string }
type Quote = Block & { type: 'quote' }
type List = Block & { type: 'list' }

/** A paragraph or code that the next line may continue. */
type Leaf = { lines: Line[] } & (
  | { type: 'paragraph'; node: Block & { type: 'paragraph' } }
  | { type: 'fence'; node: Block & { type: 'fence' }; sequence: string; indent: number }
)

/** A quote or list that the next line may continue. */
type Container =
  | { type: 'quote'; node: Quote }
  | {
      type: 'list'
      node: List
      marker: ListMarker
      /** How many blank lines the item began with; 0 as soon as it has a text. */
      blankLines: number
    }

const FENCE = /(`{3,})([^`]*)$|(~{3,})([^]*)$/y
/** Matches more containers than one line may open: such signs are no quotes or lists, but a drawing. */
const TOO_MANY_CONTAINERS = /(?:[ \t]*(?:>|(?:[*+-]|\d{1,9}[.)])(?=[ \t]|$))){9}/y

/**
 * Splits Markdown into paragraphs, fenced code, quotes and lists as CommonMark does
 * (https://spec.commonmark.org), without its headings, rules, indented code, definitions and HTML.
 * Looks at each character a bounded number of times.
 */
export function parseBlocks(text: string): Block[] {
  const parser = new BlockParser()
  for (const [, line = '', ending = ''] of text.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g))
    if (line + ending !== '') parser.add(line, ending)
  return parser.finish()
}

class BlockParser {
  readonly #root: Block[] = []
  readonly #containers: Container[] = []
  #leaf: Leaf | undefined

  add(text: string, ending: string): void {
    const cursor = new Cursor(text)
    let matched = this.#continueContainers(cursor)
    const isContinued = matched === this.#containers.length
    if (!isContinued || this.#leaf?.type !== 'fence') {
      const interrupts = isContinued && this.#leaf !== undefined
      matched = this.#openContainers(cursor, matched, interrupts)
    }
    this.#addToLeaf(cursor, ending, matched)
  }

  finish(): Block[] {
    this.#closeLeaf()
    return this.#root
  }

  /** Takes the marks of open containers from the line; returns how many of them it continues. */
  #continueContainers(cursor: Cursor): number {
    for (const [index, container] of this.#containers.entries()) {
      if (container.type === 'quote') {
        if (!cursor.takeQuoteMark()) return index
      } else if (!this.#continueItem(container, cursor)) {
        const marker = cursor.takeListMarker({ sign: container.marker.sign })
        if (!marker) return index
        this.#closeDown(index + 1)
        container.node.items.push([])
        container.marker = marker
        container.blankLines = marker.isBlank ? 1 : 0
        return index + 1
      }
    }
    return this.#containers.length
  }

  #continueItem(container: Container & { type: 'list' }, cursor: Cursor): boolean {
    if (cursor.isBlank()) {
      if (container.blankLines > 0) container.blankLines++
      cursor.skip(container.marker.indent)
      return true
    }
    const isEnded = container.blankLines > 1
    container.blankLines = 0
    if (isEnded || cursor.indent() < container.marker.indent) return false
    cursor.skip(container.marker.indent)
    return true
  }

  /** Opens the quotes and lists that begin on the line; returns the number of those it stands in. */
  #openContainers(cursor: Cursor, matched: number, interrupts: boolean): number {
    if (cursor.isBlank() || cursor.matches(TOO_MANY_CONTAINERS)) return matched
    for (let count = matched; ; count++) {
      const depth = this.#depth(count)
      const marker = depth < MAX_NESTING - 1 ? cursor.takeListMarker({ interrupts }) : undefined
      if (marker) {
        this.#closeDown(count)
        const node: List = { type: 'list', start: marker.start, items: [[]] }
        this.#children().push(node)
        this.#containers.push({ type: 'list', node, marker, blankLines: marker.isBlank ? 1 : 0 })
      } else if (depth < MAX_NESTING && cursor.takeQuoteMark()) {
        this.#closeDown(count)
        const node: Quote = { type: 'quote', children: [] }
        this.#children().push(node)
        this.#containers.push({ type: 'quote', node })
      } else return count
    }
  }

  /** Adds the rest of the line to the paragraph or code it continues, or begins another. */
  #addToLeaf(cursor: Cursor, ending: string, matched: number): void {
    const isLazy = matched < this.#containers.length
    if (this.#leaf?.type === 'fence' && !isLazy) {
      const { sequence, indent, lines } = this.#leaf
      if (cursor.isClosingFence(sequence)) return this.#closeLeaf()
      cursor.skip(indent)
      lines.push({ text: cursor.rest(), ending })
      return
    }
    const fence = cursor.matches(FENCE)
    const isRule = cursor.matches(THEMATIC_BREAK) !== undefined
    const isText = !fence && !isRule && !cursor.isBlank()
    if (isText && this.#leaf?.type === 'paragraph') {
      this.#leaf.lines.push({ text: cursor.rest(), ending })
      return
    }
    this.#closeDown(matched)
    const indent = cursor.indent()
    cursor.skip(indent)
    if (fence) {
      const [, ticks, afterTicks, tildes, afterTildes] = fence
      const info = (afterTicks ?? afterTildes ?? '').replace(/^[ \t]+/, '')
      const node = { type: 'fence' as const, info, text: '' }
      this.#children().push(node)
      this.#leaf = { type: 'fence', node, sequence: ticks ?? tildes ?? '', indent, lines: [] }
    } else if (isRule) {
      this.#children().push({ type: 'rule', text: cursor.rest() })
    } else if (isText) {
      const node = { type: 'paragraph' as const, text: '' }
      this.#children().push(node)
      this.#leaf = { type: 'paragraph', node, lines: [{ text: cursor.rest(), ending }] }
    }
  }

  #closeDown(count: number): void {
    this.#closeLeaf()
    this.#containers.length = count
  }

  #closeLeaf(): void {
    if (this.#leaf) {
      const { node, lines } = this.#leaf
      const last = lines.length - 1
      node.text = lines.map(({ text, ending }, i) => (i < last ? text + ending : text)).join('')
    }
    this.#leaf = undefined
  }

  #children(): Block[] {
    const container = this.#containers.at(-1)
    if (!container) return this.#root
    return container.type === 'quote' ? container.node.children : container.node.items.at(-1)!
  }

  /** Counts the levels of the shown tree that the first `count` containers take. */
  #depth(count: number): number {
    return this.#containers
      .slice(0, count)
      .reduce((sum, { type }) => sum + (type === 'list' ? 2 : 1), 0)
  }
}
