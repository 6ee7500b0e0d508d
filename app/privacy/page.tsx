import type { Metadata } from 'next'
import { SiteFooter } from '#components/site/site-footer.tsx'
import { ErasureForm, ErasureResults } from '#components/site/erasure-form.tsx'
import { Deferred } from '#components/site/deferred.tsx'
import { Island } from '#components/site/island.tsx'
import { Masthead } from '#components/site/masthead.tsx'
import words from '#messages/privacy.json' with { type: 'json' }

export const dynamic = 'force-static'
export const metadata: Metadata = { title: words.title, description: words.description }

export default function PrivacyPage() {
  return (
    <>
      <Masthead />
      <main className="mx-auto max-w-column px-1.5 pb-6">
        <h1 className="mt-3 text-title leading-3 font-bold tracking-[-0.015em]">{words.title}</h1>
        <ErasureResults />
        <div className="prose mt-2">
          <p>{words.known}</p>
          <h2>{words.reading}</h2>
          <p>{words.views}</p>
          <p>{words.passages}</p>
          <h2>{words.voting}</h2>
          <p>{words.cookie}</p>
          <h2>{words.commenting}</h2>
          <p>{words.words}</p>
          <p>{words.browser}</p>
          <h2>{words.abuse}</h2>
          <p>{words.limits}</p>
          <p>{words.bans}</p>
          <h2>{words.never}</h2>
          <p>{words.address}</p>
          <h2>{words.gone}</h2>
          <p>{words.rights}</p>
        </div>
        <ErasureForm />
        <p className="mt-2">
          <a href="/" className="reach">
            {words.back}
          </a>
        </p>
      </main>
      <SiteFooter />
      <Island name="deferred" of={Deferred} props={{}} />
    </>
  )
}
