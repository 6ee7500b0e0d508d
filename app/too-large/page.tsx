import { Deferred } from '#components/site/deferred.tsx'
import { Island } from '#components/site/island.tsx'
import { Masthead } from '#components/site/masthead.tsx'
import refusals from '#messages/refusals.json' with { type: 'json' }
import messages from '#messages/too-large.json' with { type: 'json' }

export const dynamic = 'force-static'
export const metadata = { title: messages.title, robots: { index: false } }

/** The answer to a form that is too large to be shown again: what was typed is still in the browser. */
export default function TooLargePage() {
  return (
    <>
      <Masthead />
      <main className="mx-auto max-w-column px-1.5 py-6 text-center">
        <h1 className="text-title leading-3 font-bold text-balance">{messages.title}</h1>
        <p className="mt-2 text-balance">{refusals.tooLarge}</p>
        <p className="mt-1 text-balance">{messages.back}</p>
      </main>
      <Island name="deferred" of={Deferred} props={{}} />
    </>
  )
}
