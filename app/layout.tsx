import './globals.css'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { loadContent } from '#lib/content.ts'

export const metadata: Metadata = {
  alternates: { types: { 'application/atom+xml': '/comments.atom' } },
  icons: '/icon.svg',
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { article } = await loadContent()
  return (
    <html lang={article.language}>
      <body>{children}</body>
    </html>
  )
}
