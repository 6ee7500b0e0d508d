import { Icon } from '#components/ui/icon.tsx'
import messages from '#messages/page.json' with { type: 'json' }

/** Says that something is being loaded; nothing without script, which could not load it. */
export function Loading() {
  return (
    <p className="needs-script flex items-center gap-0.5 font-sans text-base text-soft">
      <Icon name="loading" className="size-icon motion-safe:animate-spin" />
      {messages.loading}
    </p>
  )
}
