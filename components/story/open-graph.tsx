import type { Article } from '#lib/story/content.ts'
import { dateModified } from '#lib/story/content.ts'
import { SITE_NAME } from '#lib/metadata/site-name.ts'

/**
 * Describes the story for links to it on other sites: https://ogp.me. It is not done with Next’s metadata,
 * which repeats everything for X, and X reads this as well.
 *
 * @param site the origin of the site; without it there are no addresses, which must be absolute here
 */
export function OpenGraph({ article, site }: { article: Article; site: string | undefined }) {
  return (
    <>
      <meta property="og:type" content="article" />
      <meta property="og:site_name" content={SITE_NAME} />
      <meta property="og:title" content={article.title} />
      <meta property="og:description" content={article.description} />
      <meta property="article:published_time" content={article.date} />
      <meta property="article:modified_time" content={dateModified(article)} />
      {site && (
        <>
          <meta property="og:url" content={`${site}/`} />
          <meta property="og:image" content={`${site}/card.png`} />
          <meta property="og:image:width" content="1200" />
          <meta property="og:image:height" content="630" />
          <meta property="og:image:alt" content={article.title} />
        </>
      )}
      <meta name="twitter:card" content="summary_large_image" />
    </>
  )
}
