import type { ReactNode } from 'react'
import { SignInForm } from '#components/moderation/sign-in-form.tsx'
import { Message } from '#components/ui/message.tsx'
import type { ModerationPage } from '#lib/moderation/moderation-pages.ts'
import words from '#messages/desk.json' with { type: 'json' }

const PAGES = {
  queue: { path: '/moderation', title: words.queue },
  log: { path: '/moderation/log', title: words.log },
  bans: { path: '/moderation/bans', title: words.bans },
  settings: { path: '/moderation/settings', title: words.settings },
} as const

/**
 * Shows a page for moderators: who is signed in, the way to the others, and what went wrong.
 *
 * @param at which of them it is; none for a comment's
 * @param children shows what was loaded
 */
export function ModerationLayout<Data>({
  at,
  page,
  children,
}: {
  at?: keyof typeof PAGES
  page: ModerationPage<Data>
  children: (data: Data) => ReactNode
}) {
  const { state, refused } = page
  return (
    <>
      {state === 'open' && (
        <div className="mt-1 flex flex-wrap items-center justify-between gap-x-1.5 border-b border-rule">
          <nav aria-label={words.pages}>
            <ul className="flex flex-wrap gap-x-1.5 font-sans text-base font-semibold">
              {Object.entries(PAGES).map(([name, { path, title }]) => (
                <li key={name}>
                  <a
                    href={path}
                    aria-current={name === at ? 'page' : undefined}
                    className="flex min-h-3 min-w-touch items-center justify-center border-b-2 border-transparent no-underline hover:border-accent aria-[current]:border-ink"
                  >
                    {title}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <form method="post" action="/api/moderation/session" className="small-print">
            <span className="wrap-anywhere" dir="auto">
              {page.moderator}
            </span>{' '}
            <button name="act" value="sign-out" className="min-h-3 underline hover:text-accent">
              {words.signOut}
            </button>
          </form>
        </div>
      )}
      {refused && (
        <p
          role="alert"
          // In sight also where the queue goes on below it.
          className="sticky top-0 z-10 mt-1 border-b border-rule bg-paper py-0.5 font-sans text-base font-semibold wrap-anywhere text-accent"
        >
          {refused.message}
        </p>
      )}
      {state === 'off' && <Off />}
      {state === 'unavailable' && (
        <p role="alert" className="mt-1.5 font-sans text-base font-semibold text-accent">
          {words.unavailable}
        </p>
      )}
      {state !== 'open' && refused && <Typed values={refused.values} />}
      {state === 'signed-out' && <SignInForm refused={refused} />}
      {state === 'open' && children(page.data)}
    </>
  )
}

function Off() {
  return (
    <p className="mt-1.5">
      <Message
        text={words.off}
        variable={<code>MODERATOR_PASSWORD</code>}
        file={<code>.env</code>}
        command={<code>npm run moderate</code>}
      />
    </p>
  )
}

/** What was written in a form that cannot be shown just now. */
function Typed({ values }: { values: Record<string, string> }) {
  const typed = values.text ?? values.words
  if (!typed) return null
  return (
    <div className="mt-1.5">
      <p className="font-sans text-base font-semibold">{words.typed}</p>
      <p className="mt-hair wrap-anywhere whitespace-pre-wrap" dir="auto">
        {typed}
      </p>
    </div>
  )
}
