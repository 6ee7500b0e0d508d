/** What the buttons above a text area do. */
export const FORMATS = ['bold', 'italic', 'quote', 'link'] as const
export type Format = (typeof FORMATS)[number]

/** A change to a text: what takes the place of its part from `start` to `end`, and what is selected then. */
type Edit = { start: number; end: number; text: string; selection: [start: number, end: number] }

const ADDRESS = 'https://'

/** Formats what is selected in a text area as Markdown; the browser can undo it as it does what is typed. */
export function insertMarkdown(area: HTMLTextAreaElement, format: Format): void {
  if (area.readOnly) return
  const { value, selectionStart, selectionEnd } = area
  const { start, end, text, selection } = formatText(format, value, selectionStart, selectionEnd)
  area.focus()
  area.setSelectionRange(start, end)
  // The only way that fills the history of undoing; it is there for good, though it is called deprecated.
  if (!document.execCommand('insertText', false, text)) {
    area.setRangeText(text)
    area.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }
  area.setSelectionRange(...selection)
}

/** Works out how a text changes when the part from `start` to `end` is formatted. */
export function formatText(format: Format, value: string, start: number, end: number): Edit {
  const selected = value.slice(start, end)
  const edit = (text: string, from: number, to = from): Edit => ({
    start,
    end,
    text,
    selection: [start + from, start + to],
  })
  if (format === 'link') {
    const text = `[${selected}](${ADDRESS})`
    return selected ? edit(text, text.length - 1 - ADDRESS.length, text.length - 1) : edit(text, 1)
  }
  if (format === 'quote') {
    start = value.slice(0, start).lastIndexOf('\n') + 1
    end = `${value}\n`.indexOf('\n', end)
    const quote = value.slice(start, end).replace(/^/gm, '> ')
    // A line without a mark that follows at once would be quoted, too.
    const text = selected ? `${quote}\n\n` : quote
    return edit(text, text.length)
  }
  const mark = format === 'bold' ? '**' : '*'
  // Marks hold neither across lines nor beside a space.
  const text = selected.replace(/\S(.*\S)?/g, `${mark}$&${mark}`)
  return text ? edit(text, 0, text.length) : edit(mark + mark, mark.length)
}
