import { MASTHEAD } from '#lib/masthead.ts'

/** The name of the sheet between its rules; the page's top, where To Top leads. */
export function Masthead({ home = false }: { home?: boolean }) {
  return (
    <header id="top" tabIndex={-1} className="mx-auto max-w-[72rem] px-1.5 pt-1.5 outline-none">
      <div className="double-rule">
        <p className="border-b border-ink py-1 text-center font-sans text-sm font-semibold tracking-[0.3em] uppercase">
          {home ? (
            MASTHEAD
          ) : (
            <a href="/" className="no-underline">
              {MASTHEAD}
            </a>
          )}
        </p>
      </div>
    </header>
  )
}
