import { Island } from '#components/site/island.tsx'
import { Message } from '#components/ui/message.tsx'
import { Views } from '#components/story/views.tsx'
import type { Article } from '#lib/story/content.ts'
import { formatDay } from '#lib/i18n/dates.ts'
import { uiLanguage } from '#lib/i18n/messages.ts'
import { formatReadingTime } from '#lib/story/reading-time.ts'
import { langAttributesWithin } from '#lib/i18n/script.ts'
import messages from '#messages/story.json' with { type: 'json' }

/** Shows the headline, the categories and the byline: dates, reading time, author and views. */
export function ArticleHeader({ article }: { article: Article }) {
  const { title, categories, date, updated, corrections, author, language, minutes } = article
  const ours = langAttributesWithin(language, uiLanguage)
  const corrected = corrections
    .map(({ date }) => date)
    .sort()
    .at(-1)
  return (
    <header className="over-margin mx-auto max-w-[66rem] pt-4 text-center">
      <h1
        id="headline"
        className="text-[clamp(2.5rem,1.25rem+6vw,5.625rem)] leading-[1.04] font-bold tracking-[-0.022em] text-balance"
      >
        {title}
      </h1>
      <ul aria-label={messages.categories} className="categories mt-2 small-caps text-accent">
        {categories.map((category) => (
          <li key={category} className="inline">
            <span className="inline-block">{category}</span>
          </li>
        ))}
      </ul>
      {/* The byline is centred: painted in parts it would move, so the browser waits for its end. */}
      <link rel="expect" href="#byline" blocking="render" />
      <p
        id="byline"
        className="mx-auto flex max-w-(--measure) flex-wrap items-center justify-center gap-x-1 font-sans text-[0.9375rem] text-soft max-sm:text-sm max-sm:leading-2"
      >
        <time dateTime={date}>{formatDay(date, language)}</time>
        {updated && (
          <span {...ours}>
            <Message
              text={messages.updated}
              date={
                <time dateTime={updated} {...langAttributesWithin(uiLanguage, language)}>
                  {formatDay(updated, language)}
                </time>
              }
            />
          </span>
        )}
        {corrected && (
          <a href="#corrections" className="reach text-accent" {...ours}>
            <Message
              text={messages.corrected}
              date={
                <time dateTime={corrected} {...langAttributesWithin(uiLanguage, language)}>
                  {formatDay(corrected, language)}
                </time>
              }
            />
          </a>
        )}
        <span {...ours}>{formatReadingTime(minutes)}</span>
        <a href="#author" rel="author" className="reach text-ink">
          {author}
        </a>
        <Island name="views" of={Views} props={{ ...ours }} />
      </p>
    </header>
  )
}
