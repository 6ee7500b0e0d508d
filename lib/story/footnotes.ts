import type { Element, ElementContent, Root as Tree } from 'hast'
import type { FootnoteReference, Root } from 'mdast'
import { type Handlers, type State } from 'mdast-util-to-hast'
import { visit } from 'unist-util-visit'
import { hastElement } from '#lib/story/figures.ts'
import { language, uiLanguage } from '#lib/i18n/messages.ts'
import { langAttributesWithin } from '#lib/i18n/script.ts'
import messages from '#messages/story.json' with { type: 'json' }

/** A footnote: its number in the text, and how many references to it were rendered so far. */
type Note = { id: string; label: string; number: number; references: number }

/**
 * Makes the handlers of mdast-util-to-hast for footnotes. A reference is a link to its note at the end,
 * which leads back. In browsers with popovers, style shows a button instead, which opens a copy of the
 * note beside the text without a script.
 *
 * @param prefix of the notes' ids; its capital keeps them apart from anchors of headings
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
    // The default handler would collect the notes in its own way.
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
  return hastElement(
    'sup',
    { id: referenceId(id, references), className: ['footnote-reference'] },
    [
      // A word joiner keeps the reference from the beginning of a line; see `app/globals.css`.
      { type: 'text', value: '\u2060' },
      hastElement('a', { href: `#${id}`, ariaDescribedBy }, text),
      hastElement(
        'button',
        { type: 'button', popoverTarget: `${id}-beside`, ariaDescribedBy },
        text,
      ),
    ],
  )
}

/** Makes the section of notes and their copies; notes that other notes refer to are added meanwhile. */
function notesOf(state: State, notes: Map<string, Note>, label: string): Element[] {
  const items: { item: Element; note: Note }[] = []
  const beside: Element[] = []
  for (const [identifier, note] of notes) {
    const definition = state.footnoteById.get(identifier.toUpperCase())
    if (!definition) continue
    const content = state.all(definition)
    items.push({ item: hastElement('li', { id: note.id }, content), note })
    const attributes = { id: `${note.id}-beside`, popover: 'auto', className: ['footnote'] }
    beside.push(hastElement('div', attributes, withoutIds(content)))
  }
  if (items.length === 0) return []
  for (const { item, note } of items) addBackLinks(item, note)
  const heading = { id: label, ...langAttributesWithin(language, uiLanguage) }
  const section = hastElement('section', { className: ['footnotes'] }, [
    hastElement('h2', heading, [{ type: 'text', value: messages.footnotes }]),
    hastElement(
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

function addBackLinks(item: Element, { id, references }: Note): void {
  const last = item.children.at(-1)
  const end = last?.type === 'element' && last.tagName === 'p' ? last : item
  for (let reference = 1; reference <= references; reference++) {
    const link = { href: `#${referenceId(id, reference)}`, ariaLabel: messages.backToText }
    end.children.push(
      { type: 'text', value: ' ' },
      hastElement('a', link, [{ type: 'text', value: '↩' }]),
    )
  }
}

function referenceId(id: string, reference: number): string {
  return `${id}-reference${reference > 1 ? `-${reference}` : ''}`
}
