import { closest, distance } from 'fastest-levenshtein'

/** Names that other engines, and people, give to the fields; of several the first that may stand there. */
const OTHER_NAMES: Record<string, string[]> = {
  title: ['headline', 'heading', 'subject', 'name', 'label', 'text', 'source'],
  description: [
    'summary',
    'excerpt',
    'abstract',
    'subtitle',
    'standfirst',
    'dek',
    'lead',
    'lede',
    'intro',
    'deck',
  ],
  date: ['published', 'publishdate', 'pubdate', 'publishedat', 'datepublished', 'created', 'day'],
  updated: [
    'modified',
    'lastmod',
    'lastmodified',
    'lastupdated',
    'updatedat',
    'datemodified',
    'edited',
  ],
  categories: ['tags', 'tag', 'category', 'keywords', 'topics', 'topic', 'sections', 'section'],
  author: ['authors', 'byline', 'by', 'writer', 'creator'],
  language: ['lang', 'locale'],
  masthead: ['site', 'sitename', 'sitetitle', 'publication', 'brand'],
  sources: ['references', 'bibliography', 'links', 'citations'],
  inspiredBy: ['inspiration', 'basedon', 'via'],
  image: [
    'cover',
    'coverimage',
    'featuredimage',
    'hero',
    'heroimage',
    'thumbnail',
    'banner',
    'picture',
    'photo',
    'img',
    'ogimage',
    'images',
  ],
  avatar: ['image', 'picture', 'photo', 'portrait', 'headshot', 'cover'],
  address: ['url', 'link', 'href', 'uri', 'permalink'],
  src: ['url', 'path', 'file', 'source', 'address', 'href', 'image'],
  alt: ['alttext', 'alternative', 'alternativetext', 'description', 'title'],
  caption: ['description', 'title', 'legend', 'text'],
  credit: ['credits', 'photographer', 'copyright', 'attribution', 'author', 'source'],
  corrections: ['correction', 'errata', 'erratum'],
  text: ['correction', 'description', 'note', 'body', 'content', 'title'],
  comments: ['commenting', 'allowcomments', 'enablecomments', 'discussion'],
  heldWords: ['blockedwords', 'badwords', 'moderatedwords', 'blocklist'],
  name: ['title', 'author', 'fullname'],
  order: ['weight', 'position', 'sort', 'sortorder', 'navorder', 'menuorder', 'priority'],
  index: ['indexed', 'searchable', 'noindex', 'robots', 'listed'],
}

/** A field that is not known; `suggested` is the known one that may be meant, `isThere` whether it is given. */
export type UnknownField = {
  name: string
  line: number
  known: string[]
  suggested?: string | undefined
  isThere: boolean
}

/** Returns the name of the known field that is meant by another name, or nearest to it. */
export function suggestedField(name: string, known: string[]): string | undefined {
  const plain = plainName(name)
  const nearest = closest(plain, known.map(plainName))
  return (
    known.find((field) => plainName(field) === plain) ??
    known.find((field) => OTHER_NAMES[field]?.includes(plain)) ??
    (distance(plain, nearest) <= Math.max(1, Math.floor(plain.length * 0.4))
      ? known.find((field) => plainName(field) === nearest)
      : undefined)
  )
}

/** Writes one line about all unknown fields of a file, and what to write in place of each. */
export function describeUnknownFields(fields: UnknownField[]): string {
  const [first] = fields
  const unguessed = fields.filter(({ suggested }) => !suggested)
  const known = [...new Set(unguessed.flatMap(({ known }) => known))]
  const rest = known.length > 0 ? ` (the fields are ${known.join(', ')})` : ''
  if (fields.length === 1)
    return `"${first!.name}" is not a known field; ${remedyOf(first!)}${rest}`
  const list = fields.map((field) => {
    const place = field.line === first!.line ? '' : ` on line ${field.line}`
    return `"${field.name}"${place} (${remedyOf(field)})`
  })
  return `these are not known fields: ${list.join(', ')}${rest}`
}

function remedyOf({ suggested, isThere }: UnknownField): string {
  if (!suggested) return 'remove it or correct its name'
  return isThere ? `remove it, or move it to "${suggested}"` : `write "${suggested}"`
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
