import GithubSlugger, { slug } from 'github-slugger'
import { defaultSchema } from 'hast-util-sanitize'
import type { Root } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { remark } from 'remark'
import remarkGfm from 'remark-gfm'
import remarkHtml from 'remark-html'
import { visit } from 'unist-util-visit'

/** A part of the story under a second-level heading; `id` is its anchor. */
export type Section = { id: string; title: string }

/** Ids the page itself uses: a heading with the same words gets a number behind its anchor. */
const PAGE_IDS = [
  'top',
  'story',
  'headline',
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
  'footnote-label',
]

/** What `renderArticle` makes; `pictures` are the addresses of its pictures, as written. */
export type Rendered = { html: string; sections: Section[]; pictures: string[] }

/**
 * Renders the publisher's Markdown (GitHub-flavoured) to HTML that holds only what the sanitiser's
 * default schema allows: raw HTML, scripts and odd addresses do not come through.
 */
export async function renderArticle(markdown: string): Promise<Rendered> {
  const sections: Section[] = []
  const pictures: string[] = []
  const html = await remark()
    .use(remarkGfm)
    .use(() => (tree: Root) => {
      anchorHeadings(tree, sections)
      visit(tree, 'image', ({ url }) => void pictures.push(url))
      visit(tree, 'imageReference', ({ identifier }) =>
        visit(tree, 'definition', (definition) => {
          if (definition.identifier === identifier) pictures.push(definition.url)
        }),
      )
    })
    .use(remarkHtml, {
      // The anchors are made here and kept clear of the page's own ids, so they need no prefix.
      sanitize: { ...defaultSchema, clobberPrefix: '' },
    })
    .process(markdown)
  return { html: String(html), sections, pictures }
}

function anchorHeadings(tree: Root, sections: Section[]): void {
  const slugger = new GithubSlugger()
  for (const id of PAGE_IDS) slugger.slug(id)
  visit(tree, 'heading', (heading) => {
    // The headline is the page's only first-level heading.
    if (heading.depth === 1) heading.depth = 2
    const title = toString(heading)
    // A heading of signs alone has no words to make an anchor of.
    const id = slugger.slug(slug(title) === '' ? 'section' : title)
    heading.data = { ...heading.data, hProperties: { id } }
    if (heading.depth === 2) sections.push({ id, title })
  })
}
