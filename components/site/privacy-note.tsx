import { Message } from '#components/ui/message.tsx'
import words from '#messages/privacy.json' with { type: 'json' }

/** Stands by what readers fill in. */
export function PrivacyNote() {
  return (
    <p className="mt-1 font-sans text-sm text-soft">
      <Message text={words.note} page={<a href="/privacy">{words.page}</a>} />
    </p>
  )
}
