import { useEffect, useState } from 'react'
import { Message } from '#components/ui/message.tsx'
import { type StoryChanges, dismissChanges, recordVisit } from '#lib/browser/reading/last-visit.ts'
import { withLatinDigits } from '#lib/i18n/formatters.ts'
import { plural, uiLanguage } from '#lib/i18n/messages.ts'
import messages from '#messages/editions.json' with { type: 'json' }

/**
 * Tells returning readers what has changed since their last visit: marks the new passages and links to them.
 * It covers the page’s top, so that nothing moves.
 */
export function ChangesSinceVisit() {
  const [changes, setChanges] = useState<StoryChanges>()
  useEffect(() => {
    const found = recordVisit(Date.now())
    const show = () => {
      setChanges(found)
      found?.passages.forEach((passage, index) => {
        passage.id ||= `changed-${index + 1}`
        passage.classList.add('changed')
      })
    }
    show()
    return () => unmark(found)
  }, [])
  const close = () => {
    dismissChanges()
    unmark(changes)
    setChanges(undefined)
  }
  return (
    // It is there before its text, so that screen readers read that out.
    <div role="status" className="screen-only">
      {changes && <Notice changes={changes} close={close} />}
    </div>
  )
}

function unmark(changes: StoryChanges | undefined): void {
  changes?.passages.forEach(({ classList }) => classList.remove('changed'))
}

function Notice({ changes, close }: { changes: StoryChanges; close: () => void }) {
  const { since, passages, removed, corrections } = changes
  const date = new Date(since).toLocaleDateString(withLatinDigits(uiLanguage), {
    dateStyle: 'long',
  })
  const counts = [
    passages.length > 0 && plural(messages.passages, passages.length),
    removed > 0 && plural(messages.removed, removed),
    corrections > 0 && plural(messages.corrections, corrections),
  ].filter((count) => count !== false)
  return (
    <div className="notice fixed inset-x-0 top-0 z-20 flex items-start justify-center gap-1 border-b border-ink bg-paper px-1.5 font-sans text-sm leading-small">
      <details className="max-w-column min-w-0 flex-1 py-touch-line">
        <summary className="cursor-pointer">
          <Message
            text={messages.since}
            date={date}
            changes={new Intl.ListFormat(uiLanguage).format(counts)}
          />
        </summary>
        <ol className="mt-0.5 max-h-[60dvh] list-decimal overflow-y-auto ps-1.5">
          {passages.map((passage) => (
            <li key={passage.id}>
              <a href={`#${passage.id}`} className="block truncate py-touch-line">
                {passage.textContent}
              </a>
            </li>
          ))}
          {corrections > 0 && (
            <li>
              <a href="#corrections" className="block py-touch-line">
                {plural(messages.corrections, corrections)}
              </a>
            </li>
          )}
        </ol>
      </details>
      <button type="button" onClick={close} className="min-h-touch shrink-0 px-0.5 underline">
        {messages.close}
      </button>
    </div>
  )
}
