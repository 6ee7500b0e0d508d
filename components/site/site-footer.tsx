import type { OwnPage } from '#lib/story/own-pages.ts'
import { langAttributesWithin } from '#lib/i18n/script.ts'
import { uiLanguage } from '#lib/i18n/messages.ts'
import messages from '#messages/colophon.json' with { type: 'json' }
import storyMessages from '#messages/story.json' with { type: 'json' }

const LINKS = {
  '/': messages.story,
  '/comments': messages.comments,
  '/author': messages.author,
  '/privacy': messages.privacy,
}

/**
 * Shows the foot of a page: the printer’s mark, and links to the site’s other pages and to the top.
 *
 * @param props.pages the publisher’s own
 * @param props.language theirs
 */
export function SiteFooter({ pages, language }: { pages: OwnPage[]; language: string }) {
  const titleLang = langAttributesWithin(uiLanguage, language)
  const links = [
    ...Object.entries(LINKS).map(([path, text]) => ({ path, text, lang: undefined })),
    ...pages.map(({ address, title }) => ({ path: address, text: title, lang: titleLang })),
    { path: '/feed.atom', text: messages.feed, lang: undefined },
    { path: '#top', text: storyMessages.toTop, lang: undefined },
  ]
  return (
    <footer className="screen-only sheet pb-6 font-sans text-sm">
      <svg
        aria-hidden
        viewBox="0 0 32 32"
        width="32"
        height="32"
        fill="currentColor"
        className="size-3"
      >
        <path d="M4 4h24v3H4zm0 4.5h24v1H4zm0 4h15v2.5H4zm0 5h24v1.5H4zm0 4h24V23H4zm0 4h15V27H4z" />
      </svg>
      <ul className="mt-0.5 flex flex-wrap gap-x-1">
        {links.map(({ path, text, lang }) => (
          <li key={path}>
            <a
              href={path}
              className="flex min-h-touch min-w-touch items-center wrap-anywhere"
              {...lang}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </footer>
  )
}
