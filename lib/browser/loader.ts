/**
 * All the script that a page carries until its reader does something. It counts the view, holds a form
 * that is sent before the islands answer, and at the first sign of intent loads their scripts and the
 * whole style, which what they add may need. `lib/publishing/prerendered-page.ts` puts it, minified, into every
 * page, with the addresses in `data-src`.
 */
interface Window {
  /** What stood in the islands when the page was read, in its order. */
  parts: NodeListOf<Element>
  /** The answer to the view counted here, for the component that shows it. */
  viewed?: Promise<{ views: number }>
  trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL(path: string): string | null },
    ): { createScriptURL(path: string): unknown }
  }
}

{
  // A name of one letter, once the build has made this small.
  const page = document
  const { src, view, now } = page.currentScript!.dataset
  const intents = ['pointerdown', 'pointermove', 'keydown', 'scroll', 'focusin']
  const sources = src!.split(' ')
  /** Forms sent before the islands answer, each with the button it was last sent by. */
  const held = new Map<HTMLFormElement, HTMLElement | null>()

  // What the build has made may run, and the workers for the proof of work and for no network.
  window.trustedTypes?.createPolicy('default', {
    createScriptURL: (path) => (/^\/(_next|proof|sw)/.test(path) ? path : null),
  })
  window.parts = page.querySelectorAll('x-island *')
  const make = (name: string, properties: object) =>
    Object.assign(page.createElement(name), properties)

  const load = () => {
    // Once: of what is taken out nothing is left.
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

  /** Now forms are the islands'; or, where these do not come, the browser's own. */
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
