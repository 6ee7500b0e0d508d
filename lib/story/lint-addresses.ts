import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { visit } from 'unist-util-visit'
import type { MarkdownFile } from '#lib/story/front-matter.ts'
import { LINK_SCHEMES, schemeOf } from '#lib/story/link-schemes.ts'
import { parseMarkdown } from '#lib/story/markdown.ts'
import { pageName } from '#lib/story/own-pages.ts'

/** What the site answers at, for readers. */
export const PAGES = [
  ...['/', '/author', '/comments', '/moderation', '/offline', '/privacy'],
  ...['/comments.atom', '/feed.atom', '/feed.json', '/feed.rss', '/sitemap.xml'],
]

/**
 * Checks where the links of a text lead: their schemes, and that there is a page or a file.
 *
 * @param ownPages names of the publisher's own pages
 * @returns warnings, each beginning with a location such as `content/article.md:12`
 */
export function lintAddresses(
  { body, locateLine }: MarkdownFile,
  publicFolder = 'public',
  ownPages: string[] = [],
) {
  const pages = [...PAGES, ...ownPages.map((name) => `/${name}`)]
  const warnings: string[] = []
  visit(parseMarkdown(body), ['link', 'definition'], (node) => {
    if (!('url' in node) || typeof node.url !== 'string') return
    const problem = problemOf(node.url, pages, publicFolder)
    if (problem)
      warnings.push(
        `${locateLine(node.position?.start.line ?? 1)}: the link to ${node.url} ${problem}`,
      )
  })
  return warnings
}

/** Matches a name such as `example.org`, or the beginning of a path of it. */
const HOST = /^(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?=$|[/?#])/u
/** Endings of names of files that could be those of hosts. */
const FILE =
  /\.(?:atom|avif|csv|docx?|epub|gif|html?|jpe?g|json|md|mp[34]|odt|pdf|png|pptx?|rss|svg|txt|webm|webp|xlsx?|xml|zip)$/i

function problemOf(url: string, pages: string[], publicFolder: string): string | undefined {
  const scheme = schemeOf(url)
  if (scheme !== undefined)
    return LINK_SCHEMES.includes(scheme)
      ? undefined
      : `is left out, but its text stays: links cannot begin with "${scheme}:"; use ${LINK_SCHEMES.map((known) => `${known}:`).join(', ')}`
  if (url === '' || url.startsWith('#') || url.startsWith('//')) return
  if (/^[^/?#@]+@[^/?#@]+\.\p{L}{2,}$/u.test(url)) return 'is incomplete; write mailto: before it'
  const path = pathOf(url)
  if (path === undefined) return 'is not an address; copy it from the browser’s address bar'
  if (pages.includes(path) || existsSync(join(publicFolder, path))) return
  const page = `/${pageName(path.slice(1))}`
  if (pages.includes(page)) return `leads nowhere; use ${page}`
  const host = HOST.exec(url)?.[0]
  if (host !== undefined && (!FILE.test(host) || /^www\./i.test(host)))
    return 'is incomplete; write https:// before it'
  if (existsSync(join(publicFolder, path.replace(/^\/public\//, '/'))))
    return 'leads nowhere; leave out /public'
  return 'leads to no page or file of this site; put the file in public/, or write the full address, with https://'
}

/** Returns the path of an address of this site, seen from the story, without what is encoded in it. */
function pathOf(url: string): string | undefined {
  const resolved = URL.parse(url, 'https://site.invalid/')
  if (resolved?.host !== 'site.invalid') return
  try {
    return decodeURIComponent(resolved.pathname)
  } catch {}
}
