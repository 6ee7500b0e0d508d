import './desk.css'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import words from '#messages/desk.json' with { type: 'json' }

export const metadata: Metadata = {
  title: words.title,
  robots: { index: false, follow: false },
}

export default function DeskLayout({ children }: { children: ReactNode }) {
  return children
}
