import type { Article } from '#lib/story/content.ts'
import { langAttributesWithin } from '#lib/i18n/script.ts'
import { breakBetweenWords } from '#lib/i18n/word-breaks.ts'
import { uiLanguage } from '#lib/i18n/messages.ts'
import messages from '#messages/page.json' with { type: 'json' }
import storyMessages from '#messages/story.json' with { type: 'json' }

/**
 * Shows links to the story, its sections and the top: beside the text where there is a column for them, else
 * in a panel that the browser opens above a round button. `lib/browser/reading/follow-reading.ts` marks the
 * section on screen.
 */
export function QuickNavigation({
  article: { title, sections, language },
}: {
  article: Pick<Article, 'title' | 'sections' | 'language'>
}) {
  const link = (id: string, text: string) => (
    <a href={`#${id}`} className="block py-touch-line">
      {text}
    </a>
  )
  return (
    <nav
      aria-label={messages.quickNavigation}
      className="quick-navigation screen-only"
      {...langAttributesWithin(language, uiLanguage)}
    >
      <button popoverTarget="contents" aria-label={messages.quickNavigation}>
        <svg aria-hidden viewBox="0 0 48 48" fill="none" stroke="currentColor" strokeWidth="2">
          <path d="M20 18h14M20 24h14M20 30h14M14 18h2M14 24h2M14 30h2" />
          <path pathLength="1" strokeWidth="3" d="M24 1.5a22.5 22.5 0 1 1-.01 0" />
        </svg>
      </button>
      <div id="contents" popover="">
        <p className="font-semibold">{messages.quickNavigation}</p>
        <ol className="list-decimal" {...langAttributesWithin(uiLanguage, language)}>
          <li>
            {link('story', breakBetweenWords(title, language))}
            <ol>
              {sections.map(({ id, title }) => (
                <li key={id}>{link(id, title)}</li>
              ))}
            </ol>
          </li>
        </ol>
        {link('top', storyMessages.toTop)}
      </div>
    </nav>
  )
}
