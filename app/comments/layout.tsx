import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { SiteFooter } from '#components/site/site-footer.tsx'
import { Deferred } from '#components/site/deferred.tsx'
import { Island } from '#components/site/island.tsx'
import { Masthead } from '#components/site/masthead.tsx'
import { loadContent } from '#lib/story/content.ts'
import { fill, uiLanguage } from '#lib/i18n/messages.ts'
import { langAttributesWithin } from '#lib/i18n/script.ts'
import messages from '#messages/comments-page.json' with { type: 'json' }

export async function generateMetadata(): Promise<Metadata> {
  const { article } = await loadContent()
  return { title: fill(messages.title, { title: article.title }), robots: { index: false } }
}

/** The page of comments but for what is known at each request. */
export default async function CommentsLayout({ children }: { children: ReactNode }) {
  const { article, pages } = await loadContent()
  return (
    <>
      <Masthead />
      <main className="sheet pb-6">
        <div className="column">
          <h1 className="mt-3 text-[2rem]" {...langAttributesWithin(uiLanguage, article.language)}>
            <a href="/" className="-my-0.5 block py-0.5 no-underline hover:underline">
              {article.title}
            </a>
          </h1>
          {children}
        </div>
      </main>
      <SiteFooter pages={pages} language={article.language} />
      <Island name="deferred" of={Deferred} props={{}} />
    </>
  )
}
