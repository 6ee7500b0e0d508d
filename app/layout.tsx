import './globals.css'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { FEEDS } from '#lib/feeds.ts'
import { RESTORE_LOOK } from '#lib/restore-look.ts'
import { spoken } from '#lib/messages.ts'
import { writingOf } from '#lib/writing.ts'

export const metadata: Metadata = {
  alternates: { types: FEEDS },
  icons: '/icon.svg',
}

/** In the language of the interface; what the publisher has written says its own where it is another. */
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/html-has-lang -- it is among these
    <html {...writingOf(spoken)} suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: RESTORE_LOOK }} />
      </head>
      <body>{children}</body>
    </html>
  )
}
