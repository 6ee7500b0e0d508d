import './globals.css'
import type { ReactNode } from 'react'
import { loadContent } from '#lib/content.ts'

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { article } = await loadContent()
  return (
    <html lang={article.language}>
      <body>{children}</body>
    </html>
  )
}
