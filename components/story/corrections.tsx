import { Message } from '#components/ui/message.tsx'
import type { Article } from '#lib/story/content.ts'
import { PART } from '#components/story/references.tsx'
import { formatPublicationTime } from '#lib/i18n/dates.ts'
import { uiLanguage } from '#lib/i18n/messages.ts'
import { langAttributesWithin } from '#lib/i18n/script.ts'
import messages from '#messages/story.json' with { type: 'json' }

/** Lists the corrections of the story; nothing where there are none. */
export function Corrections({ article }: { article: Article }) {
  if (article.corrections.length === 0) return null
  return (
    <section id="corrections" tabIndex={-1} className={PART}>
      <h2 className="label" {...langAttributesWithin(article.language, uiLanguage)}>
        {messages.corrections}
      </h2>
      <ul>
        {article.corrections.map(({ date, text }) => (
          <li key={date + text} className="mt-0.5 text-base">
            <p>
              <Message
                text={messages.correction}
                date={
                  <time dateTime={date} className="text-soft">
                    {formatPublicationTime(date, article.language)}
                  </time>
                }
                correction={text}
              />
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
