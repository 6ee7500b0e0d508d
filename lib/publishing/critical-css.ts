import { selectOne } from 'css-select'
import { isTraversal, parse as parseSelector, type Selector, SelectorType } from 'css-what'
import { parseDocument } from 'htmlparser2'
import { type AtRule, type Container, parse, type Root } from 'postcss'
import { parseAst } from 'rolldown/parseAst'

/**
 * Takes out of a stylesheet what a page does not need as it is sent: rules that match no element of it in
 * any state, and the properties and animations that then nothing names. Scripts load the whole later.
 *
 * @param mayMatch whether a selector may match something of the page
 */
export function criticalStyle(css: string, mayMatch: (selector: string) => boolean): string {
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

/** Matches the elements of a page that is sent as it stands here. */
export function matchesPage(html: string): (selector: string) => boolean {
  const page = parseDocument(html)
  return (selector) => selectOne(parseSelector(selector).map(withoutState), page) !== null
}

/**
 * Matches what may come of a page whose rest is made by code: a selector whose classes, ids and elements
 * are all named somewhere in its markup, or in a string of the code.
 *
 * @param code of JavaScript modules
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

/** Collects the strings of a syntax tree, and those between the values of its templates. */
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
    dropEmpty(node)
    if (node.nodes.length === 0) node.remove()
  })
}
