import { FORMATS, insertMarkdown } from '#lib/browser/insert-markdown.ts'
import messages from '#messages/formatting.json' with { type: 'json' }

const SIGNS = {
  bold: <b>B</b>,
  italic: <i>I</i>,
  quote: <b>”</b>,
  link: (
    <svg
      aria-hidden
      viewBox="0 0 24 24"
      width="20"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
    >
      <path d="M10 13a5 5 0 0 0 7 0l3-3a5 5 0 0 0-7-7M14 11a5 5 0 0 0-7 0l-3 3a5 5 0 0 0 7 7" />
    </svg>
  ),
}

/** Shows buttons that format what is selected in a text area, for readers who do not write Markdown. */
export function FormattingTools({ field }: { field: string }) {
  return (
    <div role="group" aria-label={messages.label} className="-me-[0.75rem] flex font-serif">
      {FORMATS.map((format) => (
        <button
          key={format}
          type="button"
          aria-label={messages[format]}
          title={messages[format]}
          onClick={() =>
            insertMarkdown(document.getElementById(field) as HTMLTextAreaElement, format)
          }
          className="grid size-touch place-items-center"
        >
          {SIGNS[format]}
        </button>
      ))}
    </div>
  )
}
