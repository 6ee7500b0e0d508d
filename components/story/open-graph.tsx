import type { Article } from '#lib/story/content.ts'
import { SITE_NAME } from '#lib/metadata/site-name.ts'

/**
 * How a link to the story looks elsewhere: https://ogp.me. Next's own metadata would say all of it once
 * more for X, which reads this as well.
 * @param site where readers find it; addresses must be whole here, so without it there are none
 */
export function OpenGraph({ article, site }: { article: Article; site: string | undefined }) {
  return (
    <>
      <meta property="og:type" content="article" />
      <meta property="og:site_name" content={SITE_NAME} />
      <meta property="og:title" content={article.title} />
      <meta property="og:description" content={article.description} />
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
