import type { Metadata } from 'next'
import { ArticleBody } from '#components/story/article-body.tsx'
import { AuthorPicture } from '#components/story/author-picture.tsx'
import { SiteFooter } from '#components/site/site-footer.tsx'
import { Deferred } from '#components/site/deferred.tsx'
import { Island } from '#components/site/island.tsx'
import { JsonLd } from '#components/story/json-ld.tsx'
import { Masthead } from '#components/site/masthead.tsx'
import { canonicalUrl } from '#lib/metadata/canonical-url.ts'
import { loadContent } from '#lib/story/content.ts'
import { formatDay } from '#lib/i18n/dates.ts'
import { FEED_LINKS } from '#lib/metadata/feed-links.ts'
import { SITE_NAME } from '#lib/metadata/site-name.ts'
import { fill, uiLanguage } from '#lib/i18n/messages.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { authorData } from '#lib/metadata/structured-data.ts'
import { descriptionOf } from '#lib/story/markdown.ts'
import { langAttributesWithin } from '#lib/i18n/script.ts'
import messages from '#messages/author.json' with { type: 'json' }

export const dynamic = 'force-static'

export async function generateMetadata(): Promise<Metadata> {
  const { author } = await loadContent()
  const title = fill(messages.title, { name: author.name })
  const description = descriptionOf(author.html)
  const url = canonicalUrl('/author')
  const { SITE_URL } = getSettings()
  return {
    title,
    description,
    alternates: { canonical: url, types: FEED_LINKS },
    openGraph: {
      type: 'profile',
      siteName: SITE_NAME,
      title,
      description,
      url,
      ...(SITE_URL &&
        author.avatar && { images: { url: SITE_URL + author.avatar, alt: author.name } }),
    },
    twitter: { card: 'summary' },
  }
}

export default async function AuthorPage() {
  const { article, author, pages } = await loadContent()
  const { title, description, date, language } = article
  return (
    <>
      <Masthead />
      <main className="sheet pb-6" {...langAttributesWithin(uiLanguage, article.language)}>
        <div className="column">
          <div className="mt-3 flex flex-wrap items-center gap-1.5">
            <AuthorPicture author={author} />
            <h1 className="flex-[1_1_min(12rem,100%)] wrap-anywhere">{author.name}</h1>
          </div>
          <ArticleBody html={author.html} dir={author.dir} className="mt-2" />
          <section className="mt-2 border-t border-rule pt-1">
            <h2 className="label" {...langAttributesWithin(language, uiLanguage)}>
              {messages.story}
            </h2>
            <p className="mt-0.5 text-xl font-bold text-balance">
              <a href="/" className="reach">
                {title}
              </a>
            </p>
            <p className="mt-0.5 text-base">{description}</p>
            <p className="mt-0.5 font-sans text-sm text-soft">
              <time dateTime={date}>{formatDay(date, language)}</time>
            </p>
          </section>
        </div>
      </main>
      <SiteFooter pages={pages} language={article.language} />
      <JsonLd data={authorData(author, article, getSettings().SITE_URL)} />
      <Island name="deferred" of={Deferred} props={{}} />
    </>
  )
}
