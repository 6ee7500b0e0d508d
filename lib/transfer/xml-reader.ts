import { SaxesParser } from 'saxes'

/** An element that was asked for, with those within it by their names, such as `author/name`. */
export type XmlElement = {
  name: string
  attributes: Record<string, string>
  text: string
  children: Record<string, { text: string; attributes: Record<string, string> }>
}

/** UTF-16 units of one text; what is longer is no comment. */
const LONGEST_TEXT = 1_000_000

/** So many elements within one another are looked into. */
const DEEPEST = 2

/**
 * The elements with these names, wherever they stand outside one another, in a stream of XML: what a
 * file holds besides is never in memory. Entities that a file declares are not known, and so expand
 * to nothing.
 *
 * @param names of the elements; those in `marks` come as they begin, without what they hold
 * @throws an error that names line and column
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
      if (path.length <= DEEPEST) element.children[path.join('/')] = { text: '', attributes }
    } else if (marks.has(name)) found.push({ name, attributes, text: '', children: empty() })
    else if (names.has(name)) element = { name, attributes, text: '', children: empty() }
  })
  const addText = (text: string) => {
    const target = path.length === 0 ? element : element?.children[path.join('/')]
    if (!target || path.length > DEEPEST) return
    target.text += text
    if (target.text.length > LONGEST_TEXT)
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

/** Without a prototype: names come from the file. */
function empty(): XmlElement['children'] {
  return Object.create(null) as XmlElement['children']
}
