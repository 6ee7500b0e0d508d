import type { NewsArticle, ProfilePage, WithContext } from 'schema-dts'
import type { Article, Author } from '#lib/story/content.ts'
import { linearHtml } from '#lib/story/markdown.ts'
import { MASTHEAD } from '#lib/metadata/site-name.ts'
import type { Tally } from '#lib/votes.ts'

const CONTEXT = 'https://schema.org'

/**
 * What the story says of itself to programs: https://schema.org/NewsArticle
 *
 * @param site where readers find it; without it addresses are relative to the page
 */
export function storyData(article: Article, site = ''): WithContext<NewsArticle> {
  const { title, description, author, date, categories, language, image } = article
  const { corrections, sources, inspiredBy } = article
  return {
    '@context': CONTEXT,
    '@type': 'NewsArticle',
    '@id': `${site}/`,
    mainEntityOfPage: `${site}/`,
    headline: title,
    description,
    image: [...(image ? [site + image.src] : []), `${site}/card.png`],
    datePublished: date,
    dateModified: lastChange(article),
    author: { '@type': 'Person', name: author, url: `${site}/author` },
    publisher: { '@type': 'Organization', name: MASTHEAD, url: `${site}/` },
    inLanguage: language,
    articleSection: categories,
    keywords: categories,
    wordCount: countWords(article),
    isAccessibleForFree: true,
    // There, of the same `@id`, are the counts: here they would be those of the build.
    discussionUrl: `${site}/comments`,
    ...(corrections.length > 0 && {
      correction: corrections.map(({ date, text }) => ({
        '@type': 'CorrectionComment' as const,
        datePublished: date,
        text,
      })),
    }),
    ...(sources.length > 0 && { citation: sources.map(workOf) }),
    ...(inspiredBy.length > 0 && { isBasedOn: inspiredBy.map(workOf) }),
  }
}

/** Says of the story what readers have made of it, as the page of comments knows it at each request. */
export function countsData(
  { tally, views, total }: { tally: Tally; views: number; total: number },
  site = '',
): WithContext<NewsArticle> {
  return {
    '@context': CONTEXT,
    '@type': 'NewsArticle',
    '@id': `${site}/`,
    commentCount: total,
    interactionStatistic: [
      counter('LikeAction', tally.up),
      counter('DislikeAction', tally.down),
      counter('CommentAction', total),
      counter('ReadAction', views),
    ],
  }
}

/** Who wrote it: https://schema.org/ProfilePage */
export function authorData(author: Author, article: Article, site = ''): WithContext<ProfilePage> {
  return {
    '@context': CONTEXT,
    '@type': 'ProfilePage',
    url: `${site}/author`,
    mainEntity: {
      '@type': 'Person',
      '@id': `${site}/author`,
      name: author.name,
      description: textOf(author.html),
      ...(author.avatar && { image: site + author.avatar }),
    },
    hasPart: {
      '@type': 'NewsArticle',
      '@id': `${site}/`,
      headline: article.title,
      url: `${site}/`,
      datePublished: article.date,
      author: { '@id': `${site}/author` },
    },
  }
}

/** The day of the last update or correction. */
export function lastChange({ date, updated, corrections }: Article): string {
  return [date, updated ?? date, ...corrections.map((correction) => correction.date)].sort().at(-1)!
}

function workOf({ title, address }: Article['sources'][number]) {
  return { '@type': 'CreativeWork' as const, name: title, url: address }
}

function counter(type: 'LikeAction' | 'DislikeAction' | 'CommentAction' | 'ReadAction', n: number) {
  return {
    '@type': 'InteractionCounter' as const,
    interactionType: { '@type': type },
    userInteractionCount: n,
  }
}

/** As the story's language parts them. */
function countWords({ html, language }: Article): number {
  const segments = new Intl.Segmenter(language, { granularity: 'word' }).segment(textOf(html))
  return [...segments].filter(({ isWordLike }) => isWordLike).length
}

const SIGNS: Record<string, string> = { '&#x26;': '&', '&#x3C;': '<', '&amp;': '&', '&lt;': '<' }

/** The words of HTML that our Markdown step has made, which writes no other references: each once. */
export function textOf(html: string): string {
  return linearHtml(html)
    .replace(/<[a-z/](?:"[^"]*"|[^">])*>/gi, '')
    .replace(/&(?:#x26|#x3C|amp|lt);/gi, (sign) => SIGNS[sign] ?? sign)
    .trim()
}
