import './globals.css'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { FEED_LINKS } from '#lib/metadata/feed-links.ts'
import { RESTORE_APPEARANCE } from '#lib/browser/reading/restore-appearance.ts'
import { uiLanguage } from '#lib/i18n/messages.ts'
import { langAttributes } from '#lib/i18n/script.ts'

export const metadata: Metadata = {
  alternates: { types: FEED_LINKS },
  icons: '/icon.svg',
}

/** In the language of the interface; what the publisher has written says its own where it is another. */
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/html-has-lang -- it is among these
    <html {...langAttributes(uiLanguage)} suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: RESTORE_APPEARANCE }} />
      </head>
      <body>{children}</body>
    </html>
  )
}
