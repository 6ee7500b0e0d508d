import { options } from 'preact'

/**
 * What Preact stores about an element or a text: `__k` are its children, `__e` is its DOM node. These names
 * are private, but the same in every build, for its developer tools; `tests/browser/changed-pages.spec.ts`
 * fails when they change.
 */
type Rendered = {
  type: unknown
  props: unknown
  __k: (Rendered | null)[] | null
  __e: ChildNode | null
}

/**
 * Keeps islands working while translators and extensions change the DOM. Translators replace text nodes, and
 * Preact would go on updating the old ones; extensions may wrap the node that Preact inserts another before.
 */
export function tolerateDomChanges(): void {
  const hooks = options as unknown as Hooks
  const { diffed, __e: handle } = hooks
  hooks.diffed = (rendered) => {
    diffed?.(rendered)
    if (typeof rendered.type === 'string' && rendered.__e)
      restoreText(rendered.__e as Element, rendered)
  }
  // An effect that throws would keep all later ones from running: it is reported, and they run.
  hooks.__e = (error, rendered, ...before) => {
    if (before.length > 0) handle(error, rendered, ...before)
    else reportError(error)
  }
  tolerateWrappers(Node.prototype, 'insertBefore')
  tolerateWrappers(Element.prototype, 'moveBefore')
}

type Hooks = {
  diffed?: (rendered: Rendered) => void
  /** Handles an error. It gets one argument fewer for an error in an effect. */
  __e: (error: unknown, rendered: Rendered, ...before: unknown[]) => void
}
type Insert = (this: Node, node: Node, next: Node | null) => unknown

/**
 * Wraps a method that inserts a node: within islands, where the next node was wrapped by others, it inserts
 * before the wrapper.
 */
function tolerateWrappers(prototype: object, name: string): void {
  const methods = prototype as Record<string, Insert | undefined>
  const insert = methods[name]
  // Browsers from before 2025 do not have moveBefore().
  if (!insert) return
  methods[name] = function (node, next) {
    let place = next
    if (this instanceof Element && this.closest('x-island'))
      while (place && place.parentNode !== this) place = place.parentNode
    return insert.call(this, node, place)
  }
}

/** The text of each element as it was last rendered. */
const texts = new WeakMap<Element, string>()

/** Puts an element’s own nodes back where its text has changed and other nodes are in it. */
function restoreText(element: Element, rendered: Rendered): void {
  const parts = partsOf(rendered)
  const text = parts.map(({ type, props }) => (type ? '' : String(props))).join('')
  const before = texts.get(element)
  texts.set(element, text)
  if (before === undefined || before === text) return
  const nodes = parts.map((part) => part.__e!)
  const { childNodes } = element
  if (nodes.length !== childNodes.length || nodes.some((node, i) => node !== childNodes[i]))
    element.replaceChildren(...nodes)
}

/** Returns the elements and texts rendered as children, through components and fragments. */
function partsOf(rendered: Rendered): Rendered[] {
  return (rendered.__k ?? []).flatMap((part) =>
    !part ? [] : typeof part.type === 'function' ? partsOf(part) : [part],
  )
}
