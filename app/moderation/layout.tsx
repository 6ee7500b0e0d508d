import './desk.css'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'

export const metadata: Metadata = {
  title: 'Moderation',
  robots: { index: false, follow: false },
}

export default function DeskLayout({ children }: { children: ReactNode }) {
  return (
    // The desk speaks English, whatever the site does.
    <div lang="en" dir="ltr">
      {children}
    </div>
  )
}
