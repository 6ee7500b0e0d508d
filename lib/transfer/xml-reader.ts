import { SaxesParser } from 'saxes'

/** An element, with the elements in it by their paths, such as `author/name`. */
export type XmlElement = {
  name: string
  attributes: Record<string, string>
  text: string
  children: Record<string, { text: string; attributes: Record<string, string> }>
}

/** Most UTF-16 units of one text. */
const MAX_TEXT = 1_000_000

/** Depth to which elements in an element are read. */
const MAX_DEPTH = 2

/**
 * Reads the outermost elements with these names from a stream of XML; nothing else of the file is kept
 * in memory. Entities that the file declares are not expanded.
 *
 * @param names of elements to read
 * @param marks names of elements to report at their start tags, without content
 * @throws {Error} naming line and column
 */
export async function* readElements(
  xml: AsyncIterable<string>,
  names: Set<string>,
  marks: Set<string> = new Set(),
): AsyncGenerator<XmlElement> {
  const parser = new SaxesParser()
  const found: XmlElement[] = []
  let element: XmlElement | undefined
  const path: string[] = []
  parser.on('error', ({ message }) => {
    throw new Error(`this is not well-formed XML: line ${message.replace(/\n.*/s, '')}`)
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (element) {
      path.push(name)
      if (path.length <= MAX_DEPTH) element.children[path.join('/')] = { text: '', attributes }
    } else if (marks.has(name)) found.push({ name, attributes, text: '', children: empty() })
    else if (names.has(name)) element = { name, attributes, text: '', children: empty() }
  })
  const addText = (text: string) => {
    const target = path.length === 0 ? element : element?.children[path.join('/')]
    if (!target || path.length > MAX_DEPTH) return
    target.text += text
    if (target.text.length > MAX_TEXT)
      throw new Error(`line ${parser.line}: a text is longer than 1,000,000 characters`)
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    if (!element || path.pop() !== undefined) return
    found.push(element)
    element = undefined
  })
  for await (const chunk of xml) {
    parser.write(chunk)
    yield* found.splice(0)
  }
  parser.close()
  yield* found
}

/** Makes an object without a prototype, because its keys come from the file. */
function empty(): XmlElement['children'] {
  return Object.create(null) as XmlElement['children']
}
