import type { Metadata } from 'next'
import { SiteFooter } from '#components/site/site-footer.tsx'
import { ErasureForm, ErasureResults } from '#components/site/erasure-form.tsx'
import { Deferred } from '#components/site/deferred.tsx'
import { Island } from '#components/site/island.tsx'
import { Masthead } from '#components/site/masthead.tsx'
import { loadContent } from '#lib/story/content.ts'
import messages from '#messages/privacy.json' with { type: 'json' }

export const dynamic = 'force-static'
export const metadata: Metadata = { title: messages.title, description: messages.description }

export default async function PrivacyPage() {
  const { article, pages } = await loadContent()
  return (
    <>
      <Masthead />
      <main className="sheet pb-6">
        <div className="column">
          <h1 className="mt-3">{messages.title}</h1>
          <ErasureResults />
          <div className="prose mt-2">
            <p>{messages.known}</p>
            <h2>{messages.reading}</h2>
            <p>{messages.views}</p>
            <p>{messages.passages}</p>
            <h2>{messages.voting}</h2>
            <p>{messages.cookie}</p>
            <h2>{messages.commenting}</h2>
            <p>{messages.words}</p>
            <p>{messages.browser}</p>
            <h2>{messages.abuse}</h2>
            <p>{messages.limits}</p>
            <p>{messages.bans}</p>
            <h2>{messages.never}</h2>
            <p>{messages.address}</p>
            <h2>{messages.gone}</h2>
            <p>{messages.rights}</p>
          </div>
          <ErasureForm />
          <p className="mt-2">
            <a href="/" className="reach">
              {messages.back}
            </a>
          </p>
        </div>
      </main>
      <SiteFooter pages={pages} language={article.language} />
      <Island name="deferred" of={Deferred} props={{}} />
    </>
  )
}
