import type { MetadataRoute } from 'next'
import { loadContent } from '#lib/story/content.ts'
import { SITE_NAME } from '#lib/metadata/site-name.ts'
import { fill } from '#lib/i18n/messages.ts'
import { langAttributes } from '#lib/i18n/script.ts'
import messages from '#messages/story.json' with { type: 'json' }

export const dynamic = 'force-static'

/** https://www.w3.org/TR/appmanifest/ */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const { title, description, language } = (await loadContent()).article
  const { lang, dir } = langAttributes(language)
  return {
    id: '/',
    name: fill(messages.siteTitle, { site: SITE_NAME, title }),
    short_name: SITE_NAME,
    description,
    lang,
    dir,
    start_url: '/',
    scope: '/',
    display: 'minimal-ui',
    background_color: '#fbf9f4',
    theme_color: '#fbf9f4',
    categories: ['news'],
    icons: [
      { src: '/icons/192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
    ],
  }
}
