import type { NewsArticle, ProfilePage, WithContext } from 'schema-dts'
import { type Article, type Author, dateModified } from '#lib/story/content.ts'
import { descriptionOf, plainText } from '#lib/story/markdown.ts'
import { countWords } from '#lib/story/reading-time.ts'
import { SITE_NAME } from '#lib/metadata/site-name.ts'

const CONTEXT = 'https://schema.org'

/**
 * Describes the story for search engines: https://schema.org/NewsArticle
 *
 * @param site the site's origin; without it URLs are relative to the page
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
    dateModified: dateModified(article),
    author: { '@type': 'Person', name: author, url: `${site}/author` },
    publisher: { '@type': 'Organization', name: SITE_NAME, url: `${site}/` },
    inLanguage: language,
    articleSection: categories,
    keywords: categories,
    wordCount: countWords(plainText(article.html), language),
    isAccessibleForFree: true,
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

/** Describes the author and the author's page: https://schema.org/ProfilePage */
export function authorData(author: Author, article: Article, site = ''): WithContext<ProfilePage> {
  return {
    '@context': CONTEXT,
    '@type': 'ProfilePage',
    url: `${site}/author`,
    mainEntity: {
      '@type': 'Person',
      '@id': `${site}/author`,
      name: author.name,
      description: descriptionOf(author.html),
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

function workOf({ title, address }: Article['sources'][number]) {
  return { '@type': 'CreativeWork' as const, name: title, url: address }
}
