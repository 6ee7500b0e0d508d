import { Message } from '#components/ui/message.tsx'
import type { Article } from '#lib/story/content.ts'
import { formatPublicationTime } from '#lib/i18n/dates.ts'
import { uiLanguage } from '#lib/i18n/messages.ts'
import { isLater } from '#lib/story/publication-time.ts'
import { isLongHeadline } from '#lib/story/headline.ts'
import { formatReadingTime } from '#lib/story/reading-time.ts'
import { langAttributesWithin } from '#lib/i18n/script.ts'
import { breakBetweenWords } from '#lib/i18n/word-breaks.ts'
import messages from '#messages/story.json' with { type: 'json' }

/**
 * Shows the categories, the headline, the standfirst and the byline: author, dates and reading time. On wide
 * screens the byline stands beside the standfirst, in lines of its own.
 */
export function ArticleHeader({ article }: { article: Article }) {
  const { title, categories, date, updated, corrections, author, language, minutes } = article
  const ours = langAttributesWithin(language, uiLanguage)
  const corrected = corrections
    .map(({ date }) => date)
    .reduce<string | undefined>(
      (latest, date) => (latest === undefined || isLater(date, latest) ? date : latest),
      undefined,
    )
  const day = (date: string) => (
    <time dateTime={date} {...langAttributesWithin(uiLanguage, language)}>
      {formatPublicationTime(date, language)}
    </time>
  )
  return (
    <header className="opening">
      <ul aria-label={messages.categories}>
        {categories.map((category) => (
          <li key={category}>{category}</li>
        ))}
      </ul>
      <h1 id="headline" className={isLongHeadline(title) ? 'long' : undefined}>
        {breakBetweenWords(title, language)}
      </h1>
      {article.standfirst && <p className="standfirst">{article.description}</p>}
      <p id="byline">
        <span {...ours}>
          <Message
            text={messages.by}
            author={
              <a
                href="#author"
                rel="author"
                className="reach"
                {...langAttributesWithin(uiLanguage, language)}
              >
                {author}
              </a>
            }
          />
        </span>
        <Middot />
        <time dateTime={date}>{formatPublicationTime(date, language)}</time>
        {updated && (
          <>
            <Middot />
            <span {...ours}>
              <Message text={messages.updated} date={day(updated)} />
            </span>
          </>
        )}
        {corrected && (
          <>
            <Middot />
            <a href="#corrections" className="reach" {...ours}>
              <Message text={messages.corrected} date={day(corrected)} />
            </a>
          </>
        )}
        <Middot />
        <span {...ours}>{formatReadingTime(minutes)}</span>
      </p>
    </header>
  )
}

/** Parts two items of the byline where they share a line. */
function Middot() {
  return <i> · </i>
}
