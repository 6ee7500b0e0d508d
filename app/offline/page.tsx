import { Deferred } from '#components/site/deferred.tsx'
import { Island } from '#components/site/island.tsx'
import { Masthead } from '#components/site/masthead.tsx'
import words from '#messages/offline.json' with { type: 'json' }

export const dynamic = 'force-static'
export const metadata = { title: words.title, robots: { index: false } }

/** Kept by the service worker for when a page cannot be had, or a form not sent. */
export default function OfflinePage() {
  return (
    <>
      <Masthead />
      <main className="mx-auto max-w-column px-1.5 py-6 text-center">
        <h1 className="text-title leading-3 font-bold text-balance">{words.title}</h1>
        <p className="mt-2 text-balance">{words.why}</p>
        <p className="mt-1">
          <a href="/" className="reach">
            {words.here}
          </a>
        </p>
        <p className="mt-1 text-balance">{words.notSent}</p>
      </main>
      <Island name="deferred" of={Deferred} props={{}} />
    </>
  )
}
