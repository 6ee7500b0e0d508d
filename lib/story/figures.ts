import type { Element, ElementContent } from 'hast'
import type { Image, Paragraph, Parents } from 'mdast'
import { defaultHandlers, type Handlers } from 'mdast-util-to-hast'
import { type Pictures, pictureOf, TEXT_SIZES } from '#lib/story/pictures.ts'

/** Whether a picture in it is a figure; else it stands in the line. */
export function holdsOne(parent: Parents | undefined): boolean {
  return parent?.type === 'paragraph' && parent.children.length === 1
}

/**
 * How pictures in the text become HTML: one that is alone in its paragraph is a figure, its title the
 * caption, with the credit behind a `|`.
 *
 * @param first whether the first of them is the first of the page: it is not to be waited for
 */
export function figureHandlers(pictures: Pictures, first: boolean): Handlers {
  let isFirst = first
  const pictureFor = (image: Image): Element => {
    const picture = toPicture(image, pictures, isFirst)
    isFirst = false
    return picture
  }
  return {
    image: (_, image: Image) => pictureFor(image),
    paragraph: (state, paragraph: Paragraph) => {
      const [image] = paragraph.children
      if (image?.type !== 'image' || !holdsOne(paragraph))
        return defaultHandlers.paragraph(state, paragraph)
      const figure = [pictureFor({ ...image, title: null }), ...captionOf(image.title)]
      return element('figure', {}, figure)
    },
  }
}

function toPicture(image: Image, pictures: Pictures, isFirst: boolean): Element {
  const { src, width, height, sources } = pictureOf(image.url, pictures)
  return element('picture', {}, [
    ...sources.map((source) => element('source', { ...source, sizes: TEXT_SIZES }, [])),
    element(
      'img',
      {
        src,
        alt: image.alt ?? '',
        ...(width && { width, height }),
        ...(image.title && { title: image.title }),
        decoding: 'async',
        ...(isFirst ? { fetchPriority: 'high' } : { loading: 'lazy' }),
      },
      [],
    ),
  ])
}

function captionOf(title: string | null | undefined): Element[] {
  if (!title) return []
  const [caption, credit] = title.split('|').map((part) => part.trim())
  return [
    element('figcaption', {}, [
      { type: 'text', value: credit && caption ? `${caption} ` : (caption ?? '') },
      ...(credit ? [element('small', {}, [{ type: 'text', value: credit }])] : []),
    ]),
  ]
}

/** An element of HTML, as the tree has it before it is written. */
export function element(
  tagName: string,
  properties: Element['properties'],
  children: ElementContent[],
): Element {
  return { type: 'element', tagName, properties, children }
}
