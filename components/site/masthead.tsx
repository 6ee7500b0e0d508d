import { SITE_NAME } from '#lib/metadata/site-name.ts'
import messages from '#messages/comforts.json' with { type: 'json' }

/**
 * The name of the sheet between its rules; the page's top, where To Top leads.
 *
 * @param desk a page that nobody reads for pleasure
 */
export function Masthead({
  home = false,
  desk: isModeration = false,
}: {
  home?: boolean
  desk?: boolean
}) {
  return (
    <header id="top" tabIndex={-1} className="mx-auto max-w-[72rem] px-1.5 pt-1.5 outline-none">
      <div className="relative double-rule">
        <p className="nameplate">
          {home ? (
            SITE_NAME
          ) : (
            <a href="/" className="-my-1 block py-1 no-underline">
              {SITE_NAME}
            </a>
          )}
        </p>
        {!isModeration && (
          <>
            {/* Opened by the browser itself, and filled by `Comforts`. In pixels: larger text takes no more width. */}
            <button
              popoverTarget="comforts"
              aria-label={messages.open}
              className="needs-script absolute end-0 bottom-0 h-button w-[48px]"
            >
              Aa
            </button>
            <div id="comforts" popover="" />
          </>
        )}
      </div>
    </header>
  )
}
