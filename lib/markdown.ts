import GithubSlugger from 'github-slugger'
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
const PAGE_IDS = ['top', 'story', 'headline', 'votes', 'author', 'comments', 'leave-a-reply']

/**
 * Renders the publisher's Markdown (GitHub-flavoured) to HTML that holds only what the sanitiser's
 * default schema allows: raw HTML, scripts and odd addresses do not come through.
 */
export async function renderArticle(
  markdown: string,
): Promise<{ html: string; sections: Section[] }> {
  const sections: Section[] = []
  const html = await remark()
    .use(remarkGfm)
    .use(() => (tree: Root) => anchorHeadings(tree, sections))
    .use(remarkHtml, {
      // The anchors are made here and kept clear of the page's own ids, so they need no prefix.
      sanitize: { ...defaultSchema, clobberPrefix: '' },
    })
    .process(markdown)
  return { html: String(html), sections }
}

function anchorHeadings(tree: Root, sections: Section[]): void {
  const slugger = new GithubSlugger()
  for (const id of PAGE_IDS) slugger.slug(id)
  visit(tree, 'heading', (heading) => {
    // The headline is the page's only first-level heading.
    if (heading.depth === 1) heading.depth = 2
    const title = toString(heading)
    const id = slugger.slug(title)
    heading.data = { ...heading.data, hProperties: { id } }
    if (heading.depth === 2) sections.push({ id, title })
  })
}
