import type { Article } from '#lib/story/content.ts'
import { uiLanguage } from '#lib/i18n/messages.ts'
import { langAttributesWithin } from '#lib/i18n/script.ts'

/** A list of titles and addresses under a heading; nothing when it is empty. */
export function References({
  heading,
  list,
  language,
}: {
  heading: string
  list: Article['sources']
  /** Of the titles. */
  language: string
}) {
  if (list.length === 0) return null
  return (
    <section className="mt-2 border-t border-rule pt-1">
      <h2 className="font-bold small-caps" {...langAttributesWithin(language, uiLanguage)}>
        {heading}
      </h2>
      <ul className="text-base">
        {list.map(({ title, address }) => (
          <li key={address}>
            <a href={address} className="flex min-h-touch w-fit items-center">
              {title}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
