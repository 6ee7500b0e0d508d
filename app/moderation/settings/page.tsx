import { headers } from 'next/headers'
import { Frame } from '#components/desk/frame.tsx'
import { loadContent } from '#lib/content.ts'
import { openDesk } from '#lib/desk-page.ts'
import { COMMENT_STATES, type CommentState } from '#lib/moderation.ts'
import { decodeRefusedForm, REFUSED_FORM_HEADER } from '#lib/refused-form.ts'

const STATES: Record<CommentState, string> = {
  article: 'As the article says',
  open: 'Open: published at once, unless something speaks against it',
  held: 'Held: each waits for approval',
  closed: 'Closed: nobody may write',
}

const SAVED: Record<string, string> = {
  comments: 'It is set, for everyone and at once.',
  words: 'The list is saved, and holds for what is written from now on.',
}

export default async function SettingsPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const [{ article }, query, request] = await Promise.all([loadContent(), searchParams, headers()])
  const saved = Object.hasOwn(SAVED, String(query.saved)) && SAVED[String(query.saved)]
  const desk = await openDesk(request.get('cookie'), (store) => store.readDeskSettings())
  const refused = decodeRefusedForm(request.get(REFUSED_FORM_HEADER))
  if (desk.state !== 'open') return <Frame state={desk.state} refused={refused} />
  const { comments } = desk.data
  const words = desk.data.words.join('\n')
  const typed = refused?.values.act === 'words' ? refused.values : undefined
  return (
    <Frame state="open" at="settings" moderator={desk.moderator.name} refused={refused}>
      {saved && !refused && (
        <p id="saved" role="status" tabIndex={-1} className="mt-1.5 font-semibold outline-none">
          {saved}
        </p>
      )}
      <form method="post" action="/api/moderation/settings" className="mt-1.5">
        <input type="hidden" name="act" value="comments" />
        <fieldset>
          <legend className="text-[1.3125rem] font-bold">Comments</legend>
          {COMMENT_STATES.map((state) => (
            <label
              key={state}
              className="flex min-h-[2.8125rem] items-center gap-[0.46875rem] font-sans text-base"
            >
              <input
                type="radio"
                name="comments"
                value={state}
                defaultChecked={state === comments}
              />
              {STATES[state]}
              {state === 'article' && ` (${article.comments})`}
            </label>
          ))}
        </fieldset>
        <button className="press mt-1">Set</button>
      </form>
      <form method="post" action="/api/moderation/settings" className="mt-3">
        <input type="hidden" name="act" value="words" />
        {/* Only what is changed here is changed there: another moderator may write at the same time. */}
        <textarea name="before" defaultValue={typed?.before ?? words} hidden readOnly />
        <label htmlFor="words" className="block text-[1.3125rem] font-bold">
          Words that let a comment wait
        </label>
        <p id="words-help" className="small-print mt-[0.25rem]">
          One a line, words or phrases, besides those in the article.
        </p>
        <textarea
          id="words"
          name="words"
          rows={6}
          dir="auto"
          aria-describedby="words-help"
          defaultValue={typed?.words ?? words}
          className="ruled-paper mt-[0.46875rem] block field-sizing-content max-h-[30rem] min-h-[11.25rem] w-full border border-rule px-[0.25rem]"
        />
        <button className="press mt-1">Save the list</button>
      </form>
    </Frame>
  )
}
