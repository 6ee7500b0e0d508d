import '#app/link/link.css'
import type { Metadata } from 'next'
import { loadContent } from '#lib/story/content.ts'
import { getSettings } from '#lib/settings/settings.ts'
import { langAttributes } from '#lib/i18n/script.ts'

export const dynamic = 'force-dynamic'
export const metadata: Metadata = { title: 'A link to the story' }

/** For the publisher, in `npm run dev` alone: how a link to the story looks where it is shared. */
export default async function LinkPage() {
  const { article } = await loadContent()
  const { SITE_URL } = getSettings()
  const host = SITE_URL ? new URL(SITE_URL).host : 'example.org'
  const storyLang = langAttributes(article.language)
  const picture = (
    // eslint-disable-next-line @next/next/no-img-element -- as others show it
    <img src="/card.png" width="1200" height="630" alt={article.title} />
  )
  return (
    <main lang="en" dir="ltr" className="links">
      <h1>A link to the story</h1>
      <p>
        This is about how it looks where it is shared; each place cuts long words in its own way.
      </p>
      {!SITE_URL && (
        <p role="note">
          SITE_URL is not set: links will show no picture, which needs the whole address.
        </p>
      )}
      <section>
        <h2>In a chat, as in WhatsApp or Signal</h2>
        <div className="chat" {...storyLang}>
          {picture}
          <strong>{article.title}</strong>
          <p>{article.description}</p>
          <small dir="ltr">{host}</small>
        </div>
      </section>
      <section>
        <h2>At work, as in Slack or Discord</h2>
        <div className="work" {...storyLang}>
          <small dir="ltr">{host}</small>
          <strong>{article.title}</strong>
          <p>{article.description}</p>
          {picture}
        </div>
      </section>
      <section>
        <h2>In a feed, as on X or Mastodon</h2>
        <div className="feed" {...storyLang}>
          {picture}
          <strong>{article.title}</strong>
        </div>
        <small>From {host}</small>
      </section>
      <section>
        <h2>Without a picture, as in a search</h2>
        <div className="search" {...storyLang}>
          <small dir="ltr">{host}</small>
          <strong>{article.title}</strong>
          <p>{article.description}</p>
        </div>
      </section>
    </main>
  )
}
