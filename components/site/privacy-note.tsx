import { Message } from '#components/ui/message.tsx'
import messages from '#messages/privacy.json' with { type: 'json' }

/** Says what is stored of a comment, beside the form that readers fill in. */
export function PrivacyNote() {
  return (
    <p className="mt-1 font-sans text-sm text-soft">
      <Message text={messages.note} page={<a href="/privacy">{messages.page}</a>} />
    </p>
  )
}
