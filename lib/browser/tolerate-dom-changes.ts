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
export function tolerateDomChanges(): void {
  const hooks = options as unknown as Hooks
  const { diffed, __e: handle } = hooks
  hooks.diffed = (rendered) => {
    diffed?.(rendered)
    if (typeof rendered.type === 'string' && rendered.__e)
      showText(rendered.__e as Element, rendered)
  }
  // An effect that throws would keep all later ones from running: it alone is told.
  hooks.__e = (error, rendered, ...before) => {
    if (before.length > 0) handle(error, rendered, ...before)
    else reportError(error)
  }
  findPlaces(Node.prototype, 'insertBefore')
  findPlaces(Element.prototype, 'moveBefore')
}

type Hooks = {
  diffed?: (rendered: Rendered) => void
  /** Handles an error; of one in an effect it is not told what was rendered before. */
  __e: (error: unknown, rendered: Rendered, ...before: unknown[]) => void
}
type Insert = (this: Node, node: Node, next: Node | null) => unknown

/** Within islands, inserts before the container of what others have put into one. */
function findPlaces(prototype: object, name: string): void {
  const methods = prototype as Record<string, Insert | undefined>
  const insert = methods[name]
  // Browsers of before 2025 cannot move.
  if (!insert) return
  methods[name] = function (node, next) {
    let place = next
    if (this instanceof Element && this.closest('x-island'))
      while (place && place.parentNode !== this) place = place.parentNode
    return insert.call(this, node, place)
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
