import { Message } from '#components/ui/message.tsx'
import type { LangAttributes } from '#lib/i18n/script.ts'
import messages from '#messages/story.json' with { type: 'json' }

/**
 * Shows how much of the story has been read, as a line along the top edge, and which story it is while the
 * reader scrolls back. `lib/browser/reading/follow-reading.ts` says when, and moves the line where the style
 * cannot.
 */
export function ReadingBar({
  title,
  storyLang,
}: {
  title: string
  storyLang?: LangAttributes | undefined
}) {
  return (
    <aside
      aria-label={messages.nowReading}
      className="reading-bar screen-only fixed inset-x-0 top-0 z-10"
    >
      <p className="truncate border-b border-rule bg-paper px-[max(1.40625rem,50vw-var(--sheet,var(--measure))/2)] font-sans text-sm leading-2 text-soft">
        <Message
          text={messages.nowReadingTitle}
          title={
            <bdi className="text-ink" {...storyLang}>
              {title}
            </bdi>
          }
        />
      </p>
    </aside>
  )
}
