import { Message } from '#components/ui/message.tsx'
import type { LangAttributes } from '#lib/i18n/script.ts'
import messages from '#messages/story.json' with { type: 'json' }

/** Shows which story is on screen and, as a line, how much of it has been read; moved by CSS alone. */
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
      className="reading-bar screen-only fixed inset-x-0 top-0 z-10 bg-paper"
    >
      <div className="reading-line border-t-3 border-accent" />
      <p className="truncate border-b border-rule px-1.5 font-sans text-sm leading-2 text-soft">
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
