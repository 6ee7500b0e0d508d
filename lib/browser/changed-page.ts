import { options } from 'preact'

/**
 * What Preact keeps of an element or a text: `__k` are its children, `__e` is its node in the page. The
 * names are those of its built form, the same in every version for its developer tools;
 * `tests/browser/changed-pages.spec.ts` fails when they are not.
 */
type Rendered = {
  type: unknown
  props: unknown
  __k: (Rendered | null)[] | null
  __e: ChildNode | null
}

/**
 * Keeps the islands right while others change the page. Translators put other nodes in the place of
 * texts, which Preact would go on writing to where nobody sees them; and what it inserts something
 * before may stand in an element that an extension has put around it.
 */
export function withstandChanges(): void {
  const hooks = options as { diffed?: (rendered: Rendered) => void }
  const { diffed } = hooks
  hooks.diffed = (rendered) => {
    diffed?.(rendered)
    if (typeof rendered.type === 'string' && rendered.__e)
      showText(rendered.__e as Element, rendered)
  }
  const { insertBefore } = Node.prototype
  Node.prototype.insertBefore = function <Inserted extends Node>(
    this: Node,
    node: Inserted,
    next: Node | null,
  ): Inserted {
    let place = next
    while (place && place.parentNode !== this) place = place.parentNode
    return insertBefore.call(this, node, place) as Inserted
  }
}

/** The texts of elements as they were rendered last. */
const texts = new WeakMap<Element, string>()

/** Puts an element's own nodes back where its text has changed and others stand there. */
function showText(element: Element, rendered: Rendered): void {
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

/** Finds the elements and texts that were rendered as children, through components and fragments. */
function partsOf(rendered: Rendered): Rendered[] {
  return (rendered.__k ?? []).flatMap((part) =>
    !part ? [] : typeof part.type === 'function' ? partsOf(part) : [part],
  )
}
