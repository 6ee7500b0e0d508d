import type { ReactNode } from 'react'
import { SignInForm } from '#components/moderation/sign-in-form.tsx'
import { Message } from '#components/ui/message.tsx'
import type { ModerationPage } from '#lib/moderation/moderation-pages.ts'
import messages from '#messages/desk.json' with { type: 'json' }

const PAGES = {
  queue: { path: '/moderation', title: messages.queue },
  log: { path: '/moderation/log', title: messages.log },
  bans: { path: '/moderation/bans', title: messages.bans },
  settings: { path: '/moderation/settings', title: messages.settings },
} as const

/**
 * Shows a page for moderators: who is signed in, links to the other pages, and why a form was rejected. To a
 * visitor who is not signed in it shows the form to do so.
 *
 * @param at which of the pages it is; none for the page of one comment
 * @param children draws the data of the page
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
  const { state, rejected } = page
  return (
    <>
      {state === 'open' && (
        <div className="mt-1 flex flex-wrap items-center justify-between gap-x-1.5 border-b border-rule">
          <nav aria-label={messages.pages}>
            <ul className="flex flex-wrap gap-x-1.5 font-sans text-base font-semibold">
              {Object.entries(PAGES).map(([name, { path, title }]) => (
                <li key={name}>
                  <a
                    href={path}
                    aria-current={name === at ? 'page' : undefined}
                    className="flex min-h-3 min-w-touch items-center justify-center border-b-2 border-transparent no-underline hover:border-rule aria-[current]:border-ink"
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
            <button name="act" value="sign-out" className="min-h-3 underline hover:decoration-2">
              {messages.signOut}
            </button>
          </form>
        </div>
      )}
      {rejected && (
        <p
          role="alert"
          // Sticky: it stays in sight while the moderator scrolls the queue.
          className="sticky top-0 z-10 problem mt-1 bg-paper py-0.5 wrap-anywhere whitespace-pre-line"
        >
          {rejected.message}
        </p>
      )}
      {state === 'off' && <Off />}
      {state === 'unavailable' && (
        <p role="alert" className="problem mt-1.5">
          {messages.unavailable}
        </p>
      )}
      {state !== 'open' && rejected && <Typed values={rejected.values} />}
      {state === 'signed-out' && <SignInForm rejected={rejected} />}
      {state === 'open' && children(page.data)}
    </>
  )
}

function Off() {
  return (
    <p className="mt-1.5">
      <Message
        text={messages.off}
        variable={<code>MODERATOR_PASSWORD</code>}
        file={<code>.env</code>}
        command={<code>npm run moderate</code>}
      />
    </p>
  )
}

/** Shows what was typed in a rejected form that cannot be shown just now. */
function Typed({ values }: { values: Record<string, string> }) {
  const typed = values.text ?? values.words
  if (!typed) return null
  return (
    <div className="mt-1.5">
      <p className="font-sans text-base font-semibold">{messages.typed}</p>
      <p className="mt-hair wrap-anywhere whitespace-pre-wrap" dir="auto">
        {typed}
      </p>
    </div>
  )
}
