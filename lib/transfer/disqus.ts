import type { Discussion, ForeignComment } from '#lib/transfer/foreign-comments.ts'
import { readElements, type XmlElement } from '#lib/transfer/xml-reader.ts'

const ID = 'dsq:id'

/** Reads the comments of a Disqus export, each with its thread. */
export async function* readDisqus(
  xml: AsyncIterable<string>,
): AsyncGenerator<{ discussion: Discussion; comment: ForeignComment }> {
  const titles = new Map<string, string>()
  for await (const element of readElements(xml, new Set(['thread', 'post']))) {
    const { attributes, children } = element
    if (element.name === 'thread') {
      const title = children.title?.text.trim() || children.link?.text.trim() || ''
      titles.set(attributes[ID] ?? '', title)
    } else {
      const id = children.thread?.attributes[ID] ?? ''
      yield { discussion: { id, title: titles.get(id) ?? '' }, comment: readComment(element) }
    }
  }
}

function readComment({ attributes, children }: XmlElement): ForeignComment {
  const child = (name: string) => children[name]?.text.trim() ?? ''
  const source = (id: string) => `disqus ${id}`
  const parent = children.parent?.attributes[ID]
  const name = child('author/name')
  return {
    id: source(attributes[ID] ?? ''),
    parent: parent === undefined ? undefined : source(parent),
    // Without user name and address, each comment counts as another writer's: many share a name.
    writer: source(
      child('author/username') || child('author/email') || `comment ${attributes[ID] ?? ''}`,
    ),
    name,
    html: child('message'),
    time: Date.parse(child('createdAt')),
    status: 'published',
    byAuthor: false,
    unwanted:
      child('isSpam') === 'true' ? 'spam' : child('isDeleted') === 'true' ? 'deleted' : undefined,
  }
}
