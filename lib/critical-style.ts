import { selectOne } from 'css-select'
import { isTraversal, parse as parseSelector, type Selector, SelectorType } from 'css-what'
import { parseDocument } from 'htmlparser2'
import { type AtRule, type Container, parse, type Root } from 'postcss'

/**
 * The part of a stylesheet that a page needs as it was written to its file: every rule that may match
 * an element of it in some state, with the properties and animations that these name. The rest is for
 * what scripts add.
 */
export function criticalStyle(css: string, html: string): string {
  const root = parse(css)
  const page = parseDocument(html)
  root.walkRules((rule) => {
    if (isKeyframes(rule.parent)) return
    const kept = rule.selectors.filter((selector) => mayMatch(selector, page))
    if (kept.length === 0) rule.remove()
    else if (kept.length < rule.selectors.length) rule.selectors = kept
  })
  dropUnused(root)
  dropEmpty(root)
  return root.toString()
}

function isKeyframes(parent: unknown): boolean {
  return (parent as AtRule | undefined)?.name?.endsWith('keyframes') ?? false
}

function mayMatch(selector: string, page: ReturnType<typeof parseDocument>): boolean {
  return selectOne(parseSelector(selector).map(withoutState), page) !== null
}

/** Attributes that a page keeps as they are. */
const LASTING = /^(class|id|data-script)$/

/** States come and go: what counts are elements, classes and ids, and how they stand to each other. */
function withoutState(selector: Selector[]): Selector[] {
  const bare = selector.flatMap((token): Selector[] => {
    if (token.type === 'pseudo-element') return []
    if (token.type === 'attribute') return LASTING.test(token.name) ? [token] : []
    if (token.type !== 'pseudo') return [token]
    const isList = /^(is|where|has)$/.test(token.name)
    return isList && Array.isArray(token.data)
      ? [{ ...token, data: token.data.map(withoutState) }]
      : []
  })
  const needsElement = bare.length === 0 || isTraversal(bare.at(-1)!)
  return needsElement ? [...bare, ANYTHING] : bare
}

const ANYTHING: Selector = { type: SelectorType.Universal, namespace: null }

/** Custom properties and animations that nothing names any more; each may have named others. */
function dropUnused(root: Root): void {
  for (let dropped = true; dropped;) {
    dropped = false
    let named = ''
    root.walkDecls(({ value }) => void (named += ` ${value}`))
    const used = new Set(named.match(/[\w-]+/g))
    const drop = (node: { remove(): unknown }) => {
      node.remove()
      dropped = true
    }
    root.walkDecls(/^--/, (declaration) => {
      if (!used.has(declaration.prop)) drop(declaration)
    })
    root.walkAtRules(/^property$|keyframes$/, (rule) => {
      if (!used.has(rule.params)) drop(rule)
    })
  }
}

function dropEmpty(container: Container): void {
  container.each((node) => {
    if (!('nodes' in node) || !node.nodes) return
    dropEmpty(node as Container)
    if (node.nodes.length === 0) node.remove()
  })
}
