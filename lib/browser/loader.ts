/**
 * Is all the script that a page has until its reader does something. It counts the view, holds forms that are
 * sent before the islands are hydrated, and at the first sign of intent loads the islands’ scripts and the
 * whole stylesheet. `lib/publishing/prerendered-page.ts` inlines it, minified, into every page, with the addresses
 * to load in `data-src`; its limit is in `scripts/size.ts`.
 */
interface Window {
  /** The elements of the islands when the page was parsed, in document order. */
  parts: NodeListOf<Element>
  /** The answer to the view that was counted here, for the component that shows it. */
  viewed?: Promise<{ views: number }>
  trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL(path: string): string | null },
    ): { createScriptURL(path: string): unknown }
  }
}

{
  // A variable, because minified it is one letter.
  const page = document
  const { src, view, now } = page.currentScript!.dataset
  const intents = ['pointerdown', 'pointermove', 'keydown', 'scroll', 'focusin']
  const sources = src!.split(' ')
  /** Forms sent before the islands are hydrated, each with the button that it was last sent with. */
  const held = new Map<HTMLFormElement, HTMLElement | null>()

  // Allows scripts of the build, and the workers for the proof of work and for offline use.
  window.trustedTypes?.createPolicy('default', {
    createScriptURL: (path) => (/^\/(_next|proof|sw)/.test(path) ? path : null),
  })
  window.parts = page.querySelectorAll('x-island *')
  const make = (name: string, properties: object) =>
    Object.assign(page.createElement(name), properties)

  const load = () => {
    // splice() empties the list, so that nothing is loaded twice.
    for (const path of sources.splice(0))
      page.head.append(
        /css$/.test(path)
          ? make('link', { rel: 'stylesheet', href: path })
          : make('script', { type: 'module', src: path, onerror: release }),
      )
  }

  const hold = (event: SubmitEvent) => {
    event.preventDefault()
    held.set(event.target as HTMLFormElement, event.submitter)
    load()
    setTimeout(release, 5_000)
  }

  /** Hands held forms to the islands, or to the browser where these cannot be loaded. */
  const release = () => {
    removeEventListener('submit', hold, true)
    held.forEach((submitter, form) => form.requestSubmit(submitter))
    held.clear()
  }

  for (const intent of intents) addEventListener(intent, load)
  addEventListener('submit', hold, true)
  addEventListener('hydrated', release)
  addEventListener('error', release)
  // Load at once where the address may lead to votes or comments, and on pages that cannot wait.
  if (now || /^#[vcl]/.test(location.hash)) load()
  if (view)
    (window.viewed = fetch('/api/views', { method: 'POST' }).then((answer) => answer.json())).catch(
      () => {},
    )
}
