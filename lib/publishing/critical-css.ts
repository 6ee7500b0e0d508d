import { selectOne } from 'css-select'
import { isTraversal, parse as parseSelector, type Selector, SelectorType } from 'css-what'
import { parseDocument } from 'htmlparser2'
import { type AtRule, type Container, parse, type Root } from 'postcss'
import { parseAst } from 'rolldown/parseAst'

/**
 * Removes from a stylesheet what a page does not need before its scripts run: rules that match none of
 * its elements in any state, and custom properties and animations that nothing uses then. The whole
 * stylesheet is loaded later.
 *
 * @param mayMatch whether a selector may match something of the page
 */
export function criticalCss(css: string, mayMatch: (selector: string) => boolean): string {
  const root = parse(css)
  root.walkRules((rule) => {
    if (isKeyframes(rule.parent)) return
    const kept = rule.selectors.filter(mayMatch)
    if (kept.length === 0) rule.remove()
    else if (kept.length < rule.selectors.length) rule.selectors = kept
  })
  dropUnused(root)
  dropEmpty(root)
  return root.toString().trim()
}

/** Makes the matcher of a page that is sent exactly as given. */
export function matchesPage(html: string): (selector: string) => boolean {
  const page = parseDocument(html)
  return (selector) => selectOne(parseSelector(selector).map(withoutState), page) !== null
}

/**
 * Makes the matcher of a page that code completes: a selector may match when its classes, ids and
 * elements all occur somewhere in the page, or in a string of the code.
 *
 * @param code the code of JavaScript modules
 */
export function matchesNames(html: string, code: string[]): (selector: string) => boolean {
  const texts = [html, ...code.flatMap((module) => stringsOf(parseAst(module)))]
  const names = new Set(texts.flatMap((text) => text.match(/[^\s"'<>=;]+/g) ?? []))
  const isNamed = (selector: Selector[]): boolean =>
    selector.every((token) => {
      if (token.type === 'tag') return names.has(token.name)
      if (token.type === 'attribute' && /^(class|id)$/.test(token.name))
        return names.has(token.value)
      const isList = token.type === 'pseudo' && /^(is|where)$/.test(token.name)
      return !isList || !Array.isArray(token.data) || token.data.some(isNamed)
    })
  return (selector) => parseSelector(selector).some(isNamed)
}

/** Collects the string literals of a syntax tree, and the literal parts of its templates. */
function stringsOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  if ('type' in node && node.type === 'Literal' && 'value' in node)
    return typeof node.value === 'string' ? [node.value] : []
  if ('type' in node && node.type === 'TemplateElement' && 'value' in node)
    return [(node.value as { raw: string }).raw]
  return Object.values(node).flatMap(stringsOf)
}

function isKeyframes(parent: unknown): boolean {
  return (parent as AtRule | undefined)?.name?.endsWith('keyframes') ?? false
}

/** Attributes that scripts and readers do not change. */
const CONSTANT_ATTRIBUTES = /^(class|id|data-script)$/

/** Leaves out of a selector what depends on state, such as `:hover`, `::marker` and most attributes. */
function withoutState(selector: Selector[]): Selector[] {
  const bare = selector.flatMap((token): Selector[] => {
    if (token.type === 'pseudo-element') return []
    if (token.type === 'attribute') return CONSTANT_ATTRIBUTES.test(token.name) ? [token] : []
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

/** Removes custom properties and animations that nothing uses; repeats, as they may have used others. */
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
    dropEmpty(node)
    if (node.nodes.length === 0) node.remove()
  })
}
