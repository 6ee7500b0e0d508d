import type { Element, ElementContent } from 'hast'
import type { FootnoteReference, Root } from 'mdast'
import { type Handlers, type State } from 'mdast-util-to-hast'
import { element } from '#lib/figures.ts'
import { language, spoken } from '#lib/messages.ts'
import { writingWithin } from '#lib/writing.ts'
import words from '#messages/story.json' with { type: 'json' }

/** A note's number, and how often the text has referred to it. */
type Note = { number: number; references: number }

/**
 * How footnotes become HTML. A reference is a link to its note at the end, which leads back; where the
 * browser knows popovers it is a button in its place, which shows the note beside it, without a script.
 */
export function footnoteHandlers(): Handlers {
  const notes = new Map<string, Note>()
  return {
    footnoteReference: (_, { identifier }: FootnoteReference) => {
      const note = notes.get(identifier) ?? { number: notes.size + 1, references: 0 }
      note.references++
      notes.set(identifier, note)
      return referenceTo(note)
    },
    // In place of the part of the default handler that collects the notes.
    root: (state, root: Root) => {
      const children = state.wrap(state.all(root))
      const result = { type: 'root', children: [...children, ...notesOf(state, notes)] }
      return result as never
    },
  }
}

function referenceTo({ number, references }: Note): Element {
  const text: ElementContent[] = [{ type: 'text', value: String(number) }]
  const ariaDescribedBy = ['footnote-label']
  return element('sup', { id: backOf(number, references), className: ['footnote-reference'] }, [
    element('a', { href: `#note-${number}`, ariaDescribedBy }, text),
    element(
      'button',
      { type: 'button', popoverTarget: `note-${number}-beside`, ariaDescribedBy },
      text,
    ),
  ])
}

/** A note may refer to further ones, which are found while it is made. */
function notesOf(state: State, notes: Map<string, Note>): Element[] {
  const items: Element[] = []
  const beside: Element[] = []
  for (const [identifier, note] of notes) {
    const definition = state.footnoteById.get(identifier.toUpperCase())
    if (!definition) continue
    const content = state.all(definition)
    items.push(element('li', { id: `note-${note.number}` }, [...structuredClone(content)]))
    beside.push(
      element(
        'div',
        { id: `note-${note.number}-beside`, popover: 'auto', className: ['footnote'] },
        content,
      ),
    )
  }
  if (items.length === 0) return []
  for (const [index, note] of [...notes.values()].entries()) addWaysBack(items[index]!, note)
  const label = element('h2', { id: 'footnote-label', ...writingWithin(language, spoken) }, [
    { type: 'text', value: words.footnotes },
  ])
  return [
    element('section', { className: ['footnotes'] }, [label, element('ol', {}, items)]),
    ...beside,
  ]
}

function addWaysBack(item: Element, { number, references }: Note): void {
  const last = item.children.at(-1)
  const end = last?.type === 'element' && last.tagName === 'p' ? last : item
  for (let reference = 1; reference <= references; reference++) {
    const link = { href: `#${backOf(number, reference)}`, ariaLabel: words.backToText }
    end.children.push(
      { type: 'text', value: ' ' },
      element('a', link, [{ type: 'text', value: '↩' }]),
    )
  }
}

function backOf(number: number, reference: number): string {
  return `note-${number}-reference${reference > 1 ? `-${reference}` : ''}`
}
