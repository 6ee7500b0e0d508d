import type { Element, ElementContent, Root as Tree, RootContent } from 'hast'
import type { FootnoteReference, Root } from 'mdast'
import { type Handlers, type State } from 'mdast-util-to-hast'
import { visit } from 'unist-util-visit'
import { hastElement } from '#lib/story/figures.ts'
import { fill, language, uiLanguage } from '#lib/i18n/messages.ts'
import { langAttributesWithin } from '#lib/i18n/script.ts'
import messages from '#messages/story.json' with { type: 'json' }

/** A footnote: its number in the text, and how many references to it were rendered so far. */
type Note = { id: string; label: string; number: number; references: number }

/** A note with its content as it stands at the end, and the copy beside the text. */
type PlacedNote = { note: Note; content: ElementContent[]; copy: Element }

/**
 * Makes the handlers of mdast-util-to-hast for footnotes. Each note is there twice: at the end, and before
 * the block that first refers to it. Style shows one of them: in the margin of wide screens the copy, else
 * a button that opens the copy as a popover, or, without popovers and on paper, a link to the end.
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
      const blocks = state.all(root)
      const placed = renderNotes(state, notes)
      const byReference = new Map(placed.map((note) => [referenceId(note.note.id, 1), note]))
      const text = state.wrap(placeNotes(blocks, byReference))
      const result = { type: 'root', children: [...text, ...notesAtEnd(placed, label)] }
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
      // A word joiner keeps the reference from the beginning of a line; see `app/styles/notes.css`.
      { type: 'text', value: '\u2060' },
      hastElement('a', { href: `#${id}`, ariaDescribedBy }, text),
      hastElement(
        'button',
        { type: 'button', popoverTarget: `${id}-beside`, ariaDescribedBy },
        text,
      ),
      hastElement('a', { href: `#${id}-beside`, ariaDescribedBy }, text),
    ],
  )
}

/** Renders the notes in the order of their numbers; those that other notes refer to are added meanwhile. */
function renderNotes(state: State, notes: Map<string, Note>): PlacedNote[] {
  const placed: PlacedNote[] = []
  for (const [identifier, note] of notes) {
    const definition = state.footnoteById.get(identifier.toUpperCase())
    if (!definition) continue
    const content = state.all(definition)
    placed.push({ note, content, copy: copyBeside(note, content) })
  }
  return placed
}

/** Copies a note without its ids, with its number as a link back before it. */
function copyBeside({ id, number }: Note, content: ElementContent[]): Element {
  const copy = structuredClone(content)
  const tree: Tree = { type: 'root', children: copy }
  visit(tree, 'element', ({ properties }) => void delete properties.id)
  const href = `#${referenceId(id, 1)}`
  const back = { href, ariaLabel: fill(messages.noteBackToText, { number }) }
  const link = hastElement('a', back, [{ type: 'text', value: String(number) }])
  const mark = hastElement('sup', { className: ['footnote-number'] }, [link])
  const [first] = copy
  if (first?.type === 'element' && first.tagName === 'p') first.children.unshift(mark)
  else copy.unshift(mark)
  const attributes = { id: `${id}-beside`, popover: 'auto', className: ['footnote'], role: 'note' }
  // Firefox's reader mode leaves out what is an aside, which stands at the end as well.
  return hastElement('aside', attributes, copy)
}

const HEADING = /^h\d$/
const CONTAINER = /^(?:blockquote|li|ol|ul)$/
const BLOCK = /^(?:aside|blockquote|div|figure|h\d|hr|ol|p|pre|table|ul)$/

/**
 * Puts notes before the blocks that refer to them, and behind headings, which stand with what follows.
 *
 * @param notes by the id of their first reference; those that are placed are removed
 */
function placeNotes(blocks: RootContent[], notes: Map<string, PlacedNote>): ElementContent[] {
  return (blocks as ElementContent[]).flatMap((block) => {
    if (block.type !== 'element') return block
    if (CONTAINER.test(block.tagName)) {
      // The text of an item stands in it without a paragraph.
      const inline = block.children.filter(
        (child) => child.type === 'element' && !BLOCK.test(child.tagName),
      )
      const beside = block.tagName === 'li' ? takeNotes(inline, notes) : []
      block.children = [...beside, ...placeNotes(block.children, notes)]
      return block
    }
    const beside = takeNotes([block], notes)
    return HEADING.test(block.tagName) ? [block, ...beside] : [...beside, block]
  })
}

/** Takes the notes that are first referred to in some content, each before those that it refers to. */
function takeNotes(children: ElementContent[], notes: Map<string, PlacedNote>): Element[] {
  const taken: Element[] = []
  const tree: Tree = { type: 'root', children }
  visit(tree, 'element', ({ properties }) => {
    const reference = String(properties.id)
    const placed = notes.get(reference)
    if (!placed) return
    notes.delete(reference)
    taken.push(placed.copy, ...takeNotes(placed.content, notes))
  })
  return taken
}

function notesAtEnd(placed: PlacedNote[], label: string): Element[] {
  if (placed.length === 0) return []
  const heading = { id: label, ...langAttributesWithin(language, uiLanguage) }
  const items = placed.map(({ note, content }) => {
    const item = hastElement('li', { id: note.id }, content)
    addBackLinks(item, note)
    return item
  })
  return [
    hastElement('section', { className: ['footnotes'] }, [
      hastElement('h2', heading, [{ type: 'text', value: messages.footnotes }]),
      hastElement('ol', {}, items),
    ]),
  ]
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
