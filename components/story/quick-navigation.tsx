'use client'

import { useEffect, useRef, useState } from 'react'
import { Icon } from '#components/ui/icon.tsx'
import type { Section } from '#lib/story/markdown.ts'
import type { LangAttributes } from '#lib/i18n/script.ts'
import messages from '#messages/page.json' with { type: 'json' }

/** Links to the story and its sections, and marks the one on screen; on wide screens in the margin. */
export function QuickNavigation({
  title,
  sections,
  ...langAttributes
}: { title: string; sections: Section[] } & Partial<LangAttributes>) {
  const details = useRef<HTMLDetailsElement>(null)
  const current = useCurrent(['story', ...sections.map(({ id }) => id)])
  const fold = () => details.current?.removeAttribute('open')
  useEffect(() => {
    const foldOnEscape = ({ key }: KeyboardEvent) => {
      const list = details.current!
      if (key !== 'Escape' || !list.open) return
      if (list.contains(document.activeElement)) list.querySelector('summary')!.focus()
      fold()
    }
    addEventListener('keydown', foldOnEscape)
    return () => removeEventListener('keydown', foldOnEscape)
  }, [])
  const link = (id: string, text: string) => (
    <a
      href={`#${id}`}
      aria-current={current === id ? 'location' : undefined}
      onClick={fold}
      className="block py-touch-line no-underline hover:underline aria-[current]:text-accent aria-[current]:underline"
    >
      {text}
    </a>
  )
  return (
    // It grows upwards while the page is loaded: it is invisible until something follows it.
    <nav
      aria-label={messages.quickNavigation}
      className="screen-only fixed end-[4.75rem] bottom-1 z-10 max-w-[min(20rem,calc(100vw-6.5rem))] font-sans text-sm leading-small xl:sticky xl:top-2 xl:z-1 xl:max-w-none xl:self-start [x-island:not(:has(+*))>&]:invisible"
    >
      <details
        ref={details}
        className="margin-open flex flex-col-reverse bg-paper open:rounded-none max-xl:rounded-[1.5rem] max-xl:border max-xl:border-ink"
      >
        <summary className="flex min-h-[2.875rem] cursor-pointer items-center gap-0.5 px-[0.8125rem]">
          <Icon name="list" className="size-icon" />
          <span className="max-sm:sr-only">{messages.quickNavigation}</span>
        </summary>
        <ol
          className="max-h-[calc(100dvh-8rem)] list-decimal overflow-y-auto overscroll-contain ps-2 pe-1 pb-1 marker:text-soft xl:py-0 xl:ps-[1.25rem] xl:pe-0"
          {...langAttributes}
        >
          <li>
            {link('story', title)}
            <ol className="border-s border-rule ps-0.5">
              {sections.map((section) => (
                <li key={section.id}>{link(section.id, section.title)}</li>
              ))}
            </ol>
          </li>
        </ol>
      </details>
    </nav>
  )
}

/** Returns which of these elements is read: the last whose top has passed the upper third of the screen. */
function useCurrent(ids: string[]): string | undefined {
  const [current, setCurrent] = useState(ids[0])
  const key = ids.join(' ')
  useEffect(() => {
    const parts = key.split(' ').flatMap((id) => document.getElementById(id) ?? [])
    if (!parts[0]) return
    const update = () => {
      const line = innerHeight / 3
      // The comments below the story are not a part of it.
      const left = parts[0]!.getBoundingClientRect().bottom < line
      const passed = parts.findLast((part) => part.getBoundingClientRect().top < line)
      setCurrent(left ? undefined : (passed ?? parts[0]!).id)
    }
    update()
    addEventListener('scroll', update, { passive: true })
    return () => removeEventListener('scroll', update)
  }, [key])
  return current
}
