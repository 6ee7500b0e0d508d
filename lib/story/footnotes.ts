import type { Element, ElementContent, Root as Tree } from 'hast'
import type { FootnoteReference, Root } from 'mdast'
import { type Handlers, type State } from 'mdast-util-to-hast'
import { visit } from 'unist-util-visit'
import { element } from '#lib/story/figures.ts'
import { language, uiLanguage } from '#lib/i18n/messages.ts'
import { writingWithin } from '#lib/i18n/script.ts'
import words from '#messages/story.json' with { type: 'json' }

/** A note's number, and how often the text has referred to it. */
type Note = { id: string; label: string; number: number; references: number }

/**
 * How footnotes become HTML. A reference is a link to its note at the end, which leads back; where the
 * browser knows popovers it is a button in its place, which shows the note beside it, without a script.
 *
 * @param prefix of the notes' ids, with a capital, which the anchors of headings never have
 */
export function footnoteHandlers(prefix: string): Handlers {
  const label = `${prefix}s`
  const notes = new Map<string, Note>()
  return {
    footnoteReference: (_, { identifier }: FootnoteReference) => {
      const number = notes.size + 1
      const fresh = { id: `${prefix}-${number}`, label, number, references: 0 }
      const note = notes.get(identifier) ?? fresh
      note.references++
      notes.set(identifier, note)
      return referenceTo(note)
    },
    // In place of the part of the default handler that collects the notes.
    root: (state, root: Root) => {
      const children = state.wrap(state.all(root))
      const result = { type: 'root', children: [...children, ...notesOf(state, notes, label)] }
      return result as never
    },
  }
}

function referenceTo({ id, label, number, references }: Note): Element {
  const text: ElementContent[] = [{ type: 'text', value: String(number) }]
  const ariaDescribedBy = [label]
  return element('sup', { id: backOf(id, references), className: ['footnote-reference'] }, [
    // A word joiner: no line begins with the reference; see `app/globals.css`.
    { type: 'text', value: '\u2060' },
    element('a', { href: `#${id}`, ariaDescribedBy }, text),
    element('button', { type: 'button', popoverTarget: `${id}-beside`, ariaDescribedBy }, text),
  ])
}

/** A note may refer to further ones, which are found while it is made. */
function notesOf(state: State, notes: Map<string, Note>, label: string): Element[] {
  const items: { item: Element; note: Note }[] = []
  const beside: Element[] = []
  for (const [identifier, note] of notes) {
    const definition = state.footnoteById.get(identifier.toUpperCase())
    if (!definition) continue
    const content = state.all(definition)
    items.push({ item: element('li', { id: note.id }, content), note })
    const place = { id: `${note.id}-beside`, popover: 'auto', className: ['footnote'] }
    beside.push(element('div', place, withoutIds(content)))
  }
  if (items.length === 0) return []
  for (const { item, note } of items) addWaysBack(item, note)
  const heading = { id: label, ...writingWithin(language, uiLanguage) }
  const section = element('section', { className: ['footnotes'] }, [
    element('h2', heading, [{ type: 'text', value: words.footnotes }]),
    element(
      'ol',
      {},
      items.map(({ item }) => item),
    ),
  ])
  return [section, ...beside]
}

function withoutIds(content: ElementContent[]): ElementContent[] {
  const copy = structuredClone(content)
  const tree: Tree = { type: 'root', children: copy }
  visit(tree, 'element', ({ properties }) => void delete properties.id)
  return copy
}

function addWaysBack(item: Element, { id, references }: Note): void {
  const last = item.children.at(-1)
  const end = last?.type === 'element' && last.tagName === 'p' ? last : item
  for (let reference = 1; reference <= references; reference++) {
    const link = { href: `#${backOf(id, reference)}`, ariaLabel: words.backToText }
    end.children.push(
      { type: 'text', value: ' ' },
      element('a', link, [{ type: 'text', value: '↩' }]),
    )
  }
}

function backOf(id: string, reference: number): string {
  return `${id}-reference${reference > 1 ? `-${reference}` : ''}`
}
