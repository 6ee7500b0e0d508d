import type { Element, ElementContent } from 'hast'
import type { Image, Paragraph, Parents } from 'mdast'
import { defaultHandlers, type Handlers, type State } from 'mdast-util-to-hast'
import { parseBounded } from '#lib/story/bounded-markdown.ts'
import { type Pictures, findPicture, TEXT_SIZES } from '#lib/story/pictures.ts'

/** Returns whether a picture in this node is a figure: it is alone in its paragraph. */
export function isFigureParagraph(parent: Parents | undefined): boolean {
  return parent?.type === 'paragraph' && parent.children.length === 1
}

/**
 * Makes the handlers of mdast-util-to-hast for pictures. One that is alone in its paragraph becomes a
 * figure; its title is `caption | credit`, and in the caption there may be emphasis, code and links.
 *
 * @param hasFirstPicture whether the first of them is the first of the page: it is loaded at once
 */
export function figureHandlers(pictures: Pictures, hasFirstPicture: boolean): Handlers {
  let isFirst = hasFirstPicture
  const pictureFor = (image: Image): Element => {
    const picture = pictureElement(image, pictures, isFirst)
    isFirst = false
    return picture
  }
  return {
    image: (_, image: Image) => pictureFor(image),
    paragraph: (state, paragraph: Paragraph) => {
      const [image] = paragraph.children
      if (image?.type !== 'image' || !isFigureParagraph(paragraph))
        return defaultHandlers.paragraph(state, paragraph)
      // Style shows it below the picture, or beside it, which it could not from behind.
      const figure = [...figcaptionOf(state, image.title), pictureFor({ ...image, title: null })]
      return hastElement('figure', {}, figure)
    },
  }
}

function pictureElement(image: Image, pictures: Pictures, isFirst: boolean): Element {
  const { src, width, height, isTransparent, sources } = findPicture(image.url, pictures)
  return hastElement('picture', {}, [
    ...sources.map((source) => hastElement('source', { ...source, sizes: TEXT_SIZES }, [])),
    hastElement(
      'img',
      {
        src,
        alt: image.alt ?? '',
        ...(width && { width, height }),
        ...(isTransparent && { className: ['transparent'] }),
        ...(image.title && { title: image.title }),
        decoding: 'async',
        ...(isFirst ? { fetchPriority: 'high' } : { loading: 'lazy' }),
      },
      [],
    ),
  ])
}

function figcaptionOf(state: State, title: string | null | undefined): Element[] {
  if (!title) return []
  const [caption = '', credit] = title.split('|').map((part) => part.trim())
  return [
    hastElement('figcaption', {}, [
      ...inlineOf(state, caption),
      ...(credit && caption ? [{ type: 'text' as const, value: ' ' }] : []),
      ...(credit ? [hastElement('small', {}, [{ type: 'text', value: credit }])] : []),
    ]),
  ]
}

/** Renders Markdown within a line; what would be more than a paragraph is text. */
function inlineOf(state: State, markdown: string): ElementContent[] {
  const [paragraph, ...others] = parseBounded(markdown).tree.children
  return paragraph?.type === 'paragraph' && others.length === 0
    ? state.all(paragraph)
    : [{ type: 'text', value: markdown }]
}

/** Makes an element of a hast tree. */
export function hastElement(
  tagName: string,
  properties: Element['properties'],
  children: ElementContent[],
): Element {
  return { type: 'element', tagName, properties, children }
}
