import { SITE_NAME } from '#lib/metadata/site-name.ts'
import messages from '#messages/comforts.json' with { type: 'json' }

/**
 * Shows the site’s name at the top of a page, where To Top leads.
 *
 * @param home whether this is the story’s page, which needs no link to it
 * @param isModeration whether the page is for moderators, who get no reading tools
 */
export function Masthead({
  home = false,
  isModeration = false,
}: {
  home?: boolean
  isModeration?: boolean
}) {
  return (
    <header id="top" tabIndex={-1} className="sheet pt-1 outline-none">
      <div className="relative double-rule">
        <p className="nameplate">
          {home ? (
            <bdi>{SITE_NAME}</bdi>
          ) : (
            <a href="/" className="-my-0.5 block py-0.5 no-underline">
              <bdi>{SITE_NAME}</bdi>
            </a>
          )}
        </p>
        {!isModeration && (
          <>
            {/* The browser opens it, `ReadingTools` fills it. In pixels: larger text takes no more width. */}
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
