import { ModerationLayout } from '#components/moderation/moderation-layout.tsx'
import { COMMENT_STATES } from '#lib/moderation/moderation.ts'
import type { ModerationPage, SettingsForm } from '#lib/moderation/moderation-pages.ts'
import type { RejectedForm } from '#lib/rejected-form.ts'
import messages from '#messages/desk-settings.json' with { type: 'json' }

const ARTICLE_STATES = {
  open: 'articleOpen',
  held: 'articleHeld',
  closed: 'articleClosed',
} as const
const SAVED: Record<string, string> = {
  comments: messages.isSet,
  words: messages.saved,
}

/**
 * Shows the settings that moderators can change: whether comments are open, and the words that hold a comment
 * back.
 */
export function SettingsPage(page: ModerationPage<SettingsForm>) {
  return (
    <ModerationLayout at="settings" page={page}>
      {(settings) => <Forms {...settings} rejected={page.rejected} />}
    </ModerationLayout>
  )
}

function Forms({
  comments,
  heldWords,
  articleState,
  saved,
  rejected,
}: SettingsForm & { rejected: RejectedForm | undefined }) {
  const message = saved && Object.hasOwn(SAVED, saved) && SAVED[saved]
  const list = heldWords.join('\n')
  const typed = rejected?.values.act === 'words' ? rejected.values : undefined
  return (
    <>
      {message && !rejected && (
        <p id="saved" role="status" tabIndex={-1} className="mt-1.5 font-semibold outline-none">
          {message}
        </p>
      )}
      <form method="post" action="/api/moderation/settings" className="mt-1.5">
        <input type="hidden" name="act" value="comments" />
        <fieldset>
          <legend className="text-heading font-bold">{messages.comments}</legend>
          {COMMENT_STATES.map((state) => (
            <label key={state} className="flex min-h-3 items-center gap-0.5 font-sans text-base">
              <input
                type="radio"
                name="comments"
                value={state}
                defaultChecked={state === comments}
              />
              {messages[state === 'article' ? ARTICLE_STATES[articleState] : state]}
            </label>
          ))}
        </fieldset>
        <button className="press mt-1">{messages.set}</button>
      </form>
      <form method="post" action="/api/moderation/settings" className="mt-3">
        <input type="hidden" name="act" value="words" />
        {/* The server changes only what differs from this: another moderator may edit the list meanwhile. */}
        <textarea name="before" defaultValue={typed?.before ?? list} hidden readOnly />
        <label htmlFor="words" className="block text-heading font-bold">
          {messages.words}
        </label>
        <p id="words-help" className="small-print mt-hair">
          {messages.wordsHelp}
        </p>
        <textarea
          id="words"
          name="words"
          rows={6}
          dir="auto"
          aria-describedby="words-help"
          defaultValue={typed?.words ?? list}
          className="ruled-paper mt-0.5 block field-sizing-content max-h-32 min-h-12 w-full border border-rule px-hair"
        />
        <button className="press mt-1">{messages.save}</button>
      </form>
    </>
  )
}
