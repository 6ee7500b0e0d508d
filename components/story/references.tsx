import type { Article } from '#lib/story/content.ts'
import { uiLanguage } from '#lib/i18n/messages.ts'
import { linkHost } from '#lib/story/link-host.ts'
import { langAttributesWithin } from '#lib/i18n/script.ts'

/**
 * Class of the text and of what stands below it. Firefox's reader mode takes parts that are named alike for one
 * story, if there are paragraphs in them; a list that is named it takes for links to elsewhere.
 */
export const PART = 'content'

/** Lists titles with their links under a heading; nothing where the list is empty. */
export function References({
  heading,
  list,
  language,
}: {
  heading: string
  list: Article['sources']
  /** The language of the titles, a BCP 47 tag. */
  language: string
}) {
  if (list.length === 0) return null
  return (
    <section className={PART}>
      <h2 className="label" {...langAttributesWithin(language, uiLanguage)}>
        {heading}
      </h2>
      <ul>
        {list.map(({ title, address }) => (
          <li key={address} className="text-base">
            <p>
              <a
                href={address}
                data-host={linkHost(address, title)}
                className="block w-fit py-[0.625rem]"
              >
                {title}
              </a>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
