import { Deferred } from '#components/site/deferred.tsx'
import { Island } from '#components/site/island.tsx'
import { Masthead } from '#components/site/masthead.tsx'
import messages from '#messages/offline.json' with { type: 'json' }

export const dynamic = 'force-static'
export const metadata = { title: messages.title, robots: { index: false } }

/** Kept by the service worker for when a page cannot be had, or a form not sent. */
export default function OfflinePage() {
  return (
    <>
      <Masthead />
      <main className="sheet py-3">
        <div className="column">
          <h1>{messages.title}</h1>
          <p className="mt-2">{messages.why}</p>
          <p className="mt-1">
            <a href="/" className="reach">
              {messages.here}
            </a>
          </p>
          <p className="mt-1">{messages.notSent}</p>
        </div>
      </main>
      <Island name="deferred" of={Deferred} props={{}} />
    </>
  )
}
