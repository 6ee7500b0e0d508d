import { createHash } from 'node:crypto'
import GithubSlugger, { slug } from 'github-slugger'
import { defaultSchema, type Schema } from 'hast-util-sanitize'
import type { ElementContent } from 'hast'
import type { Definition, Link, LinkReference, Root } from 'mdast'
import { defaultHandlers, type Handlers } from 'mdast-util-to-hast'
import { toString } from 'mdast-util-to-string'
import { remark } from 'remark'
import remarkGfm from 'remark-gfm'
import remarkHtml from 'remark-html'
import { visit } from 'unist-util-visit'
import { breakBetweenWords } from '#lib/i18n/word-breaks.ts'
import { parseBounded } from '#lib/story/bounded-markdown.ts'
import { markCallouts, type PullQuote, type UnknownMark } from '#lib/story/callouts.ts'
import { setEmoji } from '#lib/story/emoji.ts'
import { figureHandlers, isFigureParagraph } from '#lib/story/figures.ts'
import { footnoteHandlers } from '#lib/story/footnotes.ts'
import { setFrenchSpaces } from '#lib/story/french-spaces.ts'
import { findDropCapital } from '#lib/story/drop-capital.ts'
import { convertHtml, type DroppedTag, htmlElementHandler } from '#lib/story/html-elements.ts'
import { linkHost } from '#lib/story/link-host.ts'
import { LINK_SCHEMES, schemeOf } from '#lib/story/link-schemes.ts'
import { findPictureFile, type FoundPicture } from '#lib/story/picture-files.ts'
import type { Pictures } from '#lib/story/pictures.ts'
import { SCROLLING_HANDLERS } from '#lib/story/scrolling-blocks.ts'
import { wordsOf } from '#lib/story/words.ts'

/** A second-level heading of the story; `id` is its anchor. */
export type Section = { id: string; title: string }

/** Ids that the page itself uses; a heading of the same name gets an anchor with a number. */
export const PAGE_IDS = [
  'top',
  'comforts',
  'network',
  'story',
  'headline',
  'byline',
  'contents',
  'votes',
  'author',
  'author-name',
  'comments',
  'comments-heading',
  'leave-a-reply',
  'leave-a-reply-heading',
  'comment-name',
  'comment-name-problem',
  'comment-text',
  'comment-text-help',
  'comment-text-problem',
  'corrections',
]

/** A picture in a text; lines are counted from 1. */
type PictureInText = { written: string; found: FoundPicture; line: number; isFigure: boolean }

/** The publisher's Markdown after parsing; `text` is its plain text without pull quotes. */
export type ParsedStory = {
  tree: Root
  sections: Section[]
  pictures: PictureInText[]
  quotes: PullQuote[]
  unknownMarks: UnknownMark[]
  droppedTags: DroppedTag[]
  text: string
  dropCapital: string | undefined
}

export type RenderedStory = Omit<ParsedStory, 'tree'> & { html: string }

type Options = {
  /** Whether each paragraph gets an anchor, so that links can lead to it. */
  paragraphAnchors?: boolean
  /** The language of the text; French gets its no-break spaces. */
  language?: string | undefined
  /** The folder of the pictures. */
  publicFolder?: string | undefined
}

const gfm = remark().use(remarkGfm)

/**
 * Renders the publisher's Markdown (GitHub-flavoured) to safe HTML: scripts, addresses such as `javascript:` and
 * HTML other than `convertHtml` lets pass are left out, as rehype-sanitize's default schema and `SCHEMA` say.
 *
 * @param options.pictures the pictures that the build has resized
 * @param options.hasFirstPicture whether the first picture of the page is in this text: it is loaded at once
 * @param options.notePrefix the beginning of the ids of footnotes
 */
export async function renderMarkdown(
  markdown: string,
  {
    pictures = {},
    hasFirstPicture = true,
    notePrefix = 'Note',
    ...options
  }: { pictures?: Pictures; hasFirstPicture?: boolean; notePrefix?: string } & Options = {},
): Promise<RenderedStory> {
  const { tree, ...story } = parseStory(markdown, options)
  const html = gfm()
    .use(remarkHtml, {
      handlers: {
        ...figureHandlers(pictures, hasFirstPicture),
        ...footnoteHandlers(notePrefix),
        ...LINK_HANDLERS,
        ...SCROLLING_HANDLERS,
        htmlElement: htmlElementHandler,
      },
      sanitize: SCHEMA,
    })
    .stringify(tree)
  return { ...story, html }
}

/** Parses the publisher's Markdown, and gives headings (and paragraphs) anchors. */
export function parseStory(
  markdown: string,
  { paragraphAnchors, language, publicFolder }: Options = {},
): ParsedStory {
  const tree = parseMarkdown(markdown)
  const droppedTags = convertHtml(tree)
  setEmoji(tree)
  resolveImages(tree)
  const slugger = anchorHeadings(tree)
  if (paragraphAnchors) anchorParagraphs(tree, slugger)
  // After the anchors, which are made of the words as they were typed.
  if (language) {
    setFrenchSpacesIn(tree, language)
    breakHeadings(tree, language)
  }
  const sections = sectionsOf(tree)
  const pictures: PictureInText[] = []
  visit(tree, 'image', (image, _, parent) => {
    const { url: written, position } = image
    const found = findPictureFile(written, publicFolder)
    image.url = found.address
    const isFigure = isFigureParagraph(parent)
    pictures.push({ written, found, line: position!.start.line, isFigure })
  })
  const dropCapital = findDropCapital(tree)
  return { tree, sections, pictures, droppedTags, dropCapital, ...markCallouts(tree) }
}

/**
 * Makes of the HTML of `renderMarkdown` what can be read without its style, for feeds and for listening: what
 * repeats other parts is left out (notes beside the text, pull quotes), and boxes are quotes.
 */
export function linearHtml(html: string): string {
  return html
    .replace(
      /<button\b.*?(?:<\/a>|$)|<aside (?:id="[^"<]*" popover|class="pull-quote" aria-hidden).*?(?:<\/aside>\n?|$)/gs,
      '',
    )
    .replace(/<(\/?)(?:aside|div)\b[^<>]*>/g, '<$1blockquote>')
}

/** Makes links that name their host, for print, and leaves the words of those that are not allowed. */
const LINK_HANDLERS: Handlers = {
  link: (state, link: Link) => finishLink(defaultHandlers.link(state, link), wordsOf(link)),
  linkReference: (state, link: LinkReference) =>
    finishLink(defaultHandlers.linkReference(state, link), wordsOf(link)),
}

/** Adds the host to a link, but not to a reference without an address, which is rendered as its text. */
function finishLink(content: ElementContent | ElementContent[], text: string) {
  if (!('properties' in content)) return content
  const address = String(content.properties.href)
  const scheme = schemeOf(address)
  if (scheme !== undefined && !LINK_SCHEMES.includes(scheme)) return content.children
  // The sanitizer knows schemes in small letters alone.
  const href = scheme === undefined ? address : scheme + address.slice(address.indexOf(':'))
  const dataHost = linkHost(href, text)
  return {
    ...content,
    properties: { ...content.properties, href, ...(dataHost !== undefined && { dataHost }) },
  }
}

const REFERENCES: Record<string, string> = {
  '&#x26;': '&',
  '&#x3C;': '<',
  '&amp;': '&',
  '&lt;': '<',
}

/**
 * Returns the text of HTML that `renderMarkdown` has made: without tags, and what is in it twice, such
 * as notes, once. Only the four character references that it writes are resolved.
 */
export function plainText(html: string): string {
  return linearHtml(html)
    .replace(/<[a-z/](?:"[^"]*"|[^">])*(?:>|$)/gi, '')
    .replace(/&(?:#x26|#x3C|amp|lt);/gi, (reference) => REFERENCES[reference] ?? reference)
    .trim()
}

const NOTES =
  /<sup\b[^<>]*class="footnote-reference".*?(?:<\/sup>|$)|<section class="footnotes">.*?(?:<\/section>|$)/gs

/** Returns the text of HTML that `renderMarkdown` has made on one line, without notes and their numbers. */
export function descriptionOf(html: string): string {
  return plainText(html.replace(NOTES, '')).replace(/\s+/g, ' ')
}

/** Parses Markdown without any change to the tree. */
export function parseMarkdown(markdown: string): Root {
  return parseBounded(markdown).tree
}

/**
 * Names headings as content. Firefox's reader mode takes one for an advertisement whose anchor has “promo”,
 * “related”, “comments” or the like in it, but for this class.
 */
const READABLE: [string, string] = ['className', 'content']

/** Allows, beyond the default schema, HTML that passes, figures, pull quotes, boxes, and notes beside the text. */
const SCHEMA: Schema = {
  ...defaultSchema,
  tagNames: [
    ...defaultSchema.tagNames!,
    ...['abbr', 'bdi', 'cite', 'mark', 'small', 'time', 'u', 'wbr'],
    ...['aside', 'button', 'figcaption', 'figure'],
  ],
  attributes: {
    ...defaultSchema.attributes,
    a: [...defaultSchema.attributes!.a!, 'dataHost'],
    aside: [
      ['className', 'footnote', 'pull-quote'],
      ['ariaHidden', 'true'],
      ['popover', 'auto'],
      ['role', 'note'],
    ],
    button: ['ariaDescribedBy', 'popoverTarget', ['type', 'button']],
    div: [['className', 'callout', 'key-points'], ['role', 'note'], 'ariaLabel'],
    h2: ['dataScript', READABLE],
    ...Object.fromEntries(['h3', 'h4', 'h5', 'h6'].map((name) => [name, [READABLE]])),
    img: [
      'src',
      ['className', 'transparent'],
      ['decoding', 'async'],
      ['fetchPriority', 'high'],
      ['loading', 'lazy'],
    ],
    p: ['dataScript'],
    source: ['sizes', 'srcSet', ['type', 'image/avif', 'image/webp']],
    td: [['className', 'words']],
    th: [['className', 'words']],
    sup: [['className', 'footnote-number', 'footnote-reference']],
  },
  protocols: { ...defaultSchema.protocols, href: LINK_SCHEMES },
  // The anchors are made here and kept clear of the page's own ids, so they need no prefix.
  clobberPrefix: '',
}

/** Replaces images that refer to a definition by images with its address. */
function resolveImages(tree: Root): void {
  const definitions = new Map<string, Definition>()
  visit(tree, 'definition', (definition) => {
    if (!definitions.has(definition.identifier)) definitions.set(definition.identifier, definition)
  })
  visit(tree, 'imageReference', (reference, index, parent) => {
    const { url, title } = definitions.get(reference.identifier) ?? {}
    if (url === undefined || index === undefined) return
    const { alt, position } = reference
    parent!.children[index] = { type: 'image', url, title, alt, position }
  })
}

/** Gives each heading an id; first-level headings become second-level ones. */
function anchorHeadings(tree: Root): GithubSlugger {
  const slugger = new GithubSlugger()
  for (const id of PAGE_IDS) slugger.slug(id)
  visit(tree, 'heading', (heading) => {
    // The headline is the page's only first-level heading.
    if (heading.depth === 1) heading.depth = 2
    const title = wordsOf(heading)
    // A heading of signs alone has no words to make an anchor of.
    const id = slugger.slug(slug(title) === '' ? 'section' : title)
    heading.data = { ...heading.data, hProperties: { id, className: [READABLE[1]] } }
  })
  return slugger
}

function sectionsOf(tree: Root): Section[] {
  const sections: Section[] = []
  visit(tree, 'heading', ({ depth, data, children }) => {
    const id = String(data?.hProperties?.id)
    if (depth === 2) sections.push({ id, title: wordsOf(children) })
  })
  return sections
}

/** Sets the spaces of texts and of captions, which are titles of pictures; code stays as it is. */
function setFrenchSpacesIn(tree: Root, language: string): void {
  visit(tree, (node) => {
    if (node.type === 'text') node.value = setFrenchSpaces(node.value, language)
    if (node.type === 'image' && node.title) node.title = setFrenchSpaces(node.title, language)
  })
}

/** Lets lines of headings end between words, in languages that have no spaces. */
function breakHeadings(tree: Root, language: string): void {
  visit(tree, 'heading', (heading) =>
    visit(heading, 'text', (text) => {
      text.value = breakBetweenWords(text.value, language)
    }),
  )
}

/**
 * Gives each paragraph an id made of its first words, so that links to it last when other paragraphs
 * are added or its end changes.
 */
function anchorParagraphs(tree: Root, slugger: GithubSlugger): void {
  for (const paragraph of tree.children) {
    if (paragraph.type !== 'paragraph') continue
    const beginning = toString(paragraph).slice(0, 40)
    const number = createHash('sha256').update(beginning).digest().readUInt16BE()
    paragraph.data = { hProperties: { id: slugger.slug(`p${number.toString(36)}`) } }
  }
}
