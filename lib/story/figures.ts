import type { Element, ElementContent } from 'hast'
import type { Image, Paragraph, Parents } from 'mdast'
import { defaultHandlers, type Handlers } from 'mdast-util-to-hast'
import { type Pictures, findPicture, TEXT_SIZES } from '#lib/story/pictures.ts'

/** Returns whether a picture in this node is a figure: it is alone in its paragraph. */
export function isFigureParagraph(parent: Parents | undefined): boolean {
  return parent?.type === 'paragraph' && parent.children.length === 1
}

/**
 * Makes the handlers of mdast-util-to-hast for pictures. One that is alone in its paragraph becomes a
 * figure; its title is `caption | credit`.
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
      const figure = [pictureFor({ ...image, title: null }), ...figcaptionOf(image.title)]
      return hastElement('figure', {}, figure)
    },
  }
}

function pictureElement(image: Image, pictures: Pictures, isFirst: boolean): Element {
  const { src, width, height, sources } = findPicture(image.url, pictures)
  return hastElement('picture', {}, [
    ...sources.map((source) => hastElement('source', { ...source, sizes: TEXT_SIZES }, [])),
    hastElement(
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

function figcaptionOf(title: string | null | undefined): Element[] {
  if (!title) return []
  const [caption, credit] = title.split('|').map((part) => part.trim())
  return [
    hastElement('figcaption', {}, [
      { type: 'text', value: credit && caption ? `${caption} ` : (caption ?? '') },
      ...(credit ? [hastElement('small', {}, [{ type: 'text', value: credit }])] : []),
    ]),
  ]
}

/** Makes an element of a hast tree. */
export function hastElement(
  tagName: string,
  properties: Element['properties'],
  children: ElementContent[],
): Element {
  return { type: 'element', tagName, properties, children }
}
