import { createHash } from 'node:crypto'
import GithubSlugger, { slug } from 'github-slugger'
import { defaultSchema, type Schema } from 'hast-util-sanitize'
import type { Definition, Root } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { remark } from 'remark'
import remarkGfm from 'remark-gfm'
import remarkHtml from 'remark-html'
import { visit } from 'unist-util-visit'
import { figureHandlers, holdsOne } from '#lib/story/figures.ts'
import { footnoteHandlers } from '#lib/story/footnotes.ts'
import { setFrenchSpaces } from '#lib/story/french-spaces.ts'
import type { Pictures } from '#lib/story/pictures.ts'
import { type PullQuote, takePullQuotes } from '#lib/story/pull-quotes.ts'

/** A part of the story under a second-level heading; `id` is its anchor. */
export type Section = { id: string; title: string }

/** Ids the page itself uses: a heading with the same words gets a number behind its anchor. */
export const PAGE_IDS = [
  'top',
  'comforts',
  'network',
  'story',
  'headline',
  'byline',
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

/** A picture in a text, and the line it is written on. */
type PictureInText = { url: string; line: number; isFigure: boolean }

/** The publisher's Markdown as it is understood: `text` is its words. */
export type Story = {
  tree: Root
  sections: Section[]
  pictures: PictureInText[]
  quotes: PullQuote[]
  text: string
}

export type Rendered = Omit<Story, 'tree'> & { html: string }

type Options = {
  /** Whether its paragraphs have anchors, so that a link may lead to each. */
  links?: boolean
  /** The text's, whose spaces are set where it has its own. */
  language?: string | undefined
}

const gfm = remark().use(remarkGfm)

/**
 * Renders the publisher's Markdown (GitHub-flavoured) to HTML that holds only what the sanitiser's
 * default schema allows, and what is made here: raw HTML, scripts and odd addresses do not come through.
 *
 * @param made what the build has made of pictures
 * @param first whether the first picture in the text is the first of the page
 * @param notes what the ids of footnotes begin with
 */
export async function renderArticle(
  markdown: string,
  {
    made = {},
    first = true,
    notes = 'Note',
    ...options
  }: { made?: Pictures; first?: boolean; notes?: string } & Options = {},
): Promise<Rendered> {
  const { tree, ...story } = readStory(markdown, options)
  const html = gfm()
    .use(remarkHtml, {
      handlers: { ...figureHandlers(made, first), ...footnoteHandlers(notes) },
      sanitize: SCHEMA,
    })
    .stringify(tree)
  return { ...story, html }
}

export function readStory(markdown: string, { links, language }: Options = {}): Story {
  const tree = parseMarkdown(markdown)
  resolveImages(tree)
  const slugger = anchorHeadings(tree)
  if (links) anchorParagraphs(tree, slugger)
  // Behind the anchors, which last when a space becomes another.
  if (language) setSpaces(tree, language)
  const sections = sectionsOf(tree)
  const pictures: PictureInText[] = []
  visit(tree, 'image', ({ url, position }, _, parent) => {
    pictures.push({ url, line: position!.start.line, isFigure: holdsOne(parent) })
  })
  return { tree, sections, pictures, ...takePullQuotes(tree) }
}

/**
 * The HTML of a text as it is read from beginning to end, such as in feeds: its notes stand at the end
 * alone, and no pull quote says a thing again.
 */
export function linearHtml(html: string): string {
  return html.replace(
    /<button\b[^>]*>.*?<\/button>|<div id="[^"]*" popover.*?<\/div>|<aside class="pull-quote" aria-hidden.*?<\/aside>\n?/gs,
    '',
  )
}

const REFERENCES: Record<string, string> = {
  '&#x26;': '&',
  '&#x3C;': '<',
  '&amp;': '&',
  '&lt;': '<',
}

/**
 * Returns the text of HTML that `renderArticle` has made: without tags, and what is in it twice, such
 * as notes, once. Only the four character references that it writes are resolved.
 */
export function plainText(html: string): string {
  return linearHtml(html)
    .replace(/<[a-z/](?:"[^"]*"|[^">])*>/gi, '')
    .replace(/&(?:#x26|#x3C|amp|lt);/gi, (reference) => REFERENCES[reference] ?? reference)
    .trim()
}

/** The tree as it was written. */
export function parseMarkdown(markdown: string): Root {
  return gfm.parse(markdown)
}

/** Beyond the default: figures, pull quotes, and notes that open beside the text. */
const SCHEMA: Schema = {
  ...defaultSchema,
  tagNames: [...defaultSchema.tagNames!, 'aside', 'button', 'figcaption', 'figure', 'small'],
  attributes: {
    ...defaultSchema.attributes,
    aside: [
      ['className', 'pull-quote'],
      ['ariaHidden', 'true'],
    ],
    button: ['ariaDescribedBy', 'popoverTarget', ['type', 'button']],
    div: [
      ['className', 'footnote'],
      ['popover', 'auto'],
    ],
    h2: ['dataScript'],
    img: ['src', ['decoding', 'async'], ['fetchPriority', 'high'], ['loading', 'lazy']],
    source: ['sizes', 'srcSet', ['type', 'image/avif', 'image/webp']],
    sup: [['className', 'footnote-reference']],
  },
  // The anchors are made here and kept clear of the page's own ids, so they need no prefix.
  clobberPrefix: '',
}

/** Images that name their address elsewhere, as if it stood with them. */
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

function anchorHeadings(tree: Root): GithubSlugger {
  const slugger = new GithubSlugger()
  for (const id of PAGE_IDS) slugger.slug(id)
  visit(tree, 'heading', (heading) => {
    // The headline is the page's only first-level heading.
    if (heading.depth === 1) heading.depth = 2
    const title = toString(heading)
    // A heading of signs alone has no words to make an anchor of.
    const id = slugger.slug(slug(title) === '' ? 'section' : title)
    heading.data = { ...heading.data, hProperties: { id } }
  })
  return slugger
}

function sectionsOf(tree: Root): Section[] {
  const sections: Section[] = []
  visit(tree, 'heading', ({ depth, data, children }) => {
    const id = String(data?.hProperties?.id)
    if (depth === 2) sections.push({ id, title: toString(children) })
  })
  return sections
}

/** Those of what is read: code stays as it is, and a picture's title is its caption. */
function setSpaces(tree: Root, language: string): void {
  visit(tree, (node) => {
    if (node.type === 'text') node.value = setFrenchSpaces(node.value, language)
    if (node.type === 'image' && node.title) node.title = setFrenchSpaces(node.title, language)
  })
}

/**
 * Made of how a paragraph begins, so that a link to it lasts when others come before it or its end
 * changes.
 */
function anchorParagraphs(tree: Root, slugger: GithubSlugger): void {
  for (const paragraph of tree.children) {
    if (paragraph.type !== 'paragraph') continue
    const beginning = toString(paragraph).slice(0, 40)
    const number = createHash('sha256').update(beginning).digest().readUInt16BE()
    paragraph.data = { hProperties: { id: slugger.slug(`p${number.toString(36)}`) } }
  }
}
