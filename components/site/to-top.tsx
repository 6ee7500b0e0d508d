import { Icon } from '#components/ui/icon.tsx'
import messages from '#messages/story.json' with { type: 'json' }

/**
 * Links to the top. It appears after 300 px; its ring fills with the share of the page that was scrolled. CSS
 * does both.
 */
export function ToTop() {
  return (
    <a
      href="#top"
      className="to-top screen-only fixed end-1 bottom-1 z-10 flex size-button items-center justify-center rounded-full bg-paper"
    >
      <svg
        aria-hidden
        viewBox="0 0 48 48"
        width="48"
        height="48"
        className="absolute inset-0 -rotate-90"
        fill="none"
      >
        <path d="M24 1.5a22.5 22.5 0 1 0 .01 0" className="stroke-rule" />
        <circle cx="24" cy="24" r="22.5" pathLength="1" strokeWidth="3" className="stroke-ink" />
      </svg>
      <Icon name="up" className="size-icon" />
      <span className="sr-only">{messages.toTop}</span>
    </a>
  )
}
