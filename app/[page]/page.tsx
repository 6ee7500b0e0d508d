import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ArticleBody } from '#components/story/article-body.tsx'
import { Deferred } from '#components/site/deferred.tsx'
import { Island } from '#components/site/island.tsx'
import { Masthead } from '#components/site/masthead.tsx'
import { SiteFooter } from '#components/site/site-footer.tsx'
import { uiLanguage } from '#lib/i18n/messages.ts'
import { langAttributesWithin } from '#lib/i18n/script.ts'
import { canonicalUrl } from '#lib/metadata/canonical-url.ts'
import { FEED_LINKS } from '#lib/metadata/feed-links.ts'
import { SITE_NAME } from '#lib/metadata/site-name.ts'
import { loadContent } from '#lib/story/content.ts'

export const dynamic = 'force-static'

type Props = { params: Promise<{ page: string }> }

export async function generateStaticParams() {
  const { pages } = await loadContent()
  return pages.map(({ name }) => ({ page: name }))
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { page } = await loadPage(params)
  const { title, description, address, index } = page
  const url = canonicalUrl(address)
  return {
    title,
    description,
    alternates: { canonical: url, types: FEED_LINKS },
    ...(!index && { robots: { index: false } }),
    openGraph: { type: 'website', siteName: SITE_NAME, title, description, url },
    twitter: { card: 'summary' },
  }
}

/** Shows a page that the publisher has written beside the story, such as an imprint. */
export default async function PublisherPage({ params }: Props) {
  const { page, article, pages } = await loadPage(params)
  return (
    <>
      <Masthead />
      <main className="sheet pb-6" {...langAttributesWithin(uiLanguage, article.language)}>
        <div className="column">
          <h1 className="mt-3 wrap-anywhere" dir={page.dir}>
            {page.title}
          </h1>
          <ArticleBody html={page.html} dir={page.dir} className="mt-2" />
        </div>
      </main>
      <SiteFooter pages={pages} language={article.language} />
      <Island name="deferred" of={Deferred} props={{}} />
    </>
  )
}

async function loadPage(params: Props['params']) {
  const [{ page: name }, content] = await Promise.all([params, loadContent()])
  // Next gives letters beyond ASCII as they are in the address.
  const page = content.pages.find(({ address }) =>
    [encodeURIComponent(name), name].includes(address.slice(1)),
  )
  return { ...content, page: page ?? notFound() }
}
