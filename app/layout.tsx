import './globals.css'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { spoken } from '#lib/messages.ts'
import { writingOf } from '#lib/writing.ts'

export const metadata: Metadata = {
  alternates: { types: { 'application/atom+xml': '/comments.atom' } },
  icons: '/icon.svg',
}

/** In the language of the interface; what the publisher has written says its own where it is another. */
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/html-has-lang -- it is among these
    <html {...writingOf(spoken)}>
      <body>{children}</body>
    </html>
  )
}
