import type { Inline } from '#lib/comments/markdown-inline.ts'

/** A row of `*` or `_`, of which pairs become emphasis. What is used of it leaves `start` to `end`. */
type Delimiters = {
  type: 'delimiters'
  sign: string
  start: number
  end: number
  canOpen: boolean
  canClose: boolean
  opened: Pair[]
  closed: Pair[]
}
type Pair = { type: 'emphasis' | 'strong'; start: number; end: number }
/** A part of a paragraph whose emphasis is not found yet. */
export type Token = Inline | Delimiters

/** Makes emphasis of delimiters that belong together; others are text. */
export function resolveEmphasis(tokens: Token[], text: string): Inline[] {
  pairDelimiters(tokens.filter((token) => typeof token !== 'string' && token.type === 'delimiters'))
  /** The emphasis that is open, inside the paragraph or link. */
  const open: Inline[][] = [[]]
  for (const token of tokens) {
    if (typeof token === 'string' || token.type !== 'delimiters') {
      append(open.at(-1)!, token)
      continue
    }
    for (const { type, start, end } of token.closed) {
      const children = open.pop()!
      append(open.at(-1)!, { type, children, source: text.slice(start, end) })
    }
    append(open.at(-1)!, text.slice(token.start, token.end))
    for (const _ of token.opened) open.push([])
  }
  return open[0]!
}

/** Adds a node; texts that follow each other become one, and empty ones none. */
export function append<Node>(nodes: (Node | string)[], node: Node | string): void {
  const last = nodes.at(-1)
  if (typeof node !== 'string') nodes.push(node)
  else if (typeof last === 'string') nodes[nodes.length - 1] = last + node
  else if (node !== '') nodes.push(node)
}

/** Pairs delimiters that close with the nearest that can open. */
function pairDelimiters(rows: Delimiters[]): void {
  /** Rows that may open, by what decides whether a closing row fits: the nearest one last. */
  const openers = new Map<string, Delimiters[]>()
  const push = (row: Delimiters) => {
    const key = kind(row)
    if (!openers.has(key)) openers.set(key, [])
    openers.get(key)!.push(row)
  }
  for (const closer of rows) {
    while (closer.canClose && closer.start < closer.end) {
      const opener = nearest(openers, closer)
      if (!opener) break
      for (const stack of openers.values())
        while (stack.length > 0 && stack.at(-1)!.start >= opener.start) stack.pop()
      pair(opener, closer)
      if (opener.start < opener.end) push(opener)
    }
    if (closer.canOpen && closer.start < closer.end) push(closer)
  }
}

function kind({ sign, start, end, canClose }: Delimiters): string {
  return `${sign} ${canClose} ${(end - start) % 3}`
}

function nearest(openers: Map<string, Delimiters[]>, closer: Delimiters): Delimiters | undefined {
  let found: Delimiters | undefined
  for (const stack of openers.values()) {
    const opener = stack.at(-1)
    if (opener?.sign !== closer.sign || !fits(opener, closer)) continue
    if (!found || opener.start > found.start) found = opener
  }
  return found
}

/** Applies CommonMark's rule of three to rows of which one can open as well as close. */
function fits(opener: Delimiters, closer: Delimiters): boolean {
  const [opening, closing] = [opener.end - opener.start, closer.end - closer.start]
  const isEither = opener.canClose || closer.canOpen
  return !isEither || closing % 3 === 0 || (opening + closing) % 3 !== 0
}

function pair(opener: Delimiters, closer: Delimiters): void {
  const use = opener.end - opener.start > 1 && closer.end - closer.start > 1 ? 2 : 1
  opener.end -= use
  const type = use === 2 ? 'strong' : 'emphasis'
  closer.start += use
  const found: Pair = { type, start: opener.end, end: closer.start }
  opener.opened.push(found)
  closer.closed.push(found)
}
