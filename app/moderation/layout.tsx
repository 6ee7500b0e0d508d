import './desk.css'
import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { Deferred } from '#components/site/deferred.tsx'
import { Island } from '#components/site/island.tsx'
import { Masthead } from '#components/site/masthead.tsx'
import messages from '#messages/desk.json' with { type: 'json' }

export const metadata: Metadata = {
  title: messages.title,
  robots: { index: false, follow: false },
}

/** A page for moderators but for what is known at each request. */
export default function ModerationLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <Masthead isModeration />
      <main className="mx-auto max-w-[48rem] px-1.5 pb-6">
        <h1 className="mt-3 text-[2rem] leading-2.5 font-bold tracking-[-0.015em]">
          {messages.title}
        </h1>
        {children}
      </main>
      <Island name="deferred" of={Deferred} props={{}} />
    </>
  )
}
